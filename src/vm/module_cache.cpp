#include "vm/module_cache.hpp"

#include <unistd.h>

#include <fstream>
#include <random>

#include "base/hex.hpp"
#include "crypto/blake3.hpp"
#include "vm/compile_effort.hpp"

namespace dusk::vm {

ModuleCache::ModuleCache(Engine engine, std::filesystem::path folder, CompileLimits limits)
    : engine_(std::move(engine)), limits_(std::move(limits)) {
    if (!folder.empty()) folder_ = folder / to_hex(crypto::blake3(as_bytes(engine_.fingerprint())));
}

CallResult<Module> ModuleCache::get(const Hash& hash, const std::function<CallResult<Bytes>()>& bytecode) {
    if (auto module = remembered(hash)) return *std::move(module);
    if (auto module = load(hash)) {
        remember(hash, *module);
        return *std::move(module);
    }
    auto code = bytecode();
    if (!code) return fail(std::move(code).error());
    auto module = compile(*code);
    if (!module) return module;
    store(hash, *module);
    remember(hash, *module);
    return *std::move(module);
}

CallResult<Module> ModuleCache::compile(ByteView bytecode) const {
    const auto refused = [](CallErrorKind kind, std::string text) {
        return fail(CallError{kind, Trap::none, std::move(text)});
    };
    if (const auto effort = compile_effort(bytecode); effort && effort->is_ordinary()) {
        auto module = engine_.compile(bytecode);
        if (module) return *std::move(module);
        const bool is_ours = module.error().error == ModuleError::engine;  // says nothing of the module
        return refused(is_ours ? CallErrorKind::session_lost : CallErrorKind::runtime, module.error().text);
    }
    auto module = compile_apart(engine_, bytecode, limits_);
    if (module) return *std::move(module);
    switch (module.error().kind) {
        case CompileFailure::Kind::invalid:
            return refused(CallErrorKind::runtime, module.error().text);
        case CompileFailure::Kind::limit:
            return refused(CallErrorKind::compile_limit, module.error().text);
        case CompileFailure::Kind::system:
            break;
    }
    return refused(CallErrorKind::session_lost, module.error().text);
}

std::optional<Module> ModuleCache::remembered(const Hash& hash) {
    const std::scoped_lock lock(mutex_);
    const auto at = index_.find(hash);
    if (at == index_.end()) return std::nullopt;
    recent_.splice(recent_.begin(), recent_, at->second);
    return at->second->second;
}

void ModuleCache::remember(const Hash& hash, const Module& module) {
    const std::scoped_lock lock(mutex_);
    if (index_.contains(hash)) return;
    recent_.emplace_front(hash, module);
    index_[hash] = recent_.begin();
    if (recent_.size() > kKept) {
        index_.erase(recent_.back().first);
        recent_.pop_back();
    }
}

std::filesystem::path ModuleCache::file_of(const Hash& hash) const { return folder_ / to_hex(hash); }

std::optional<Module> ModuleCache::load(const Hash& hash) const {
    if (folder_.empty()) return std::nullopt;
    std::ifstream file(file_of(hash), std::ios::binary);
    if (!file) return std::nullopt;
    const Bytes bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    Hash digest{};
    if (bytes.size() < digest.size()) return std::nullopt;
    const ByteView code = ByteView(bytes).subspan(digest.size());
    std::copy_n(bytes.begin(), digest.size(), digest.begin());
    if (crypto::blake3(code) != digest) return std::nullopt;
    auto module = engine_.deserialize(code);
    if (!module) return std::nullopt;
    return *std::move(module);
}

// A cache that cannot be written costs time at the next start, nothing else.
void ModuleCache::store(const Hash& hash, const Module& module) const {
    if (folder_.empty()) return;
    const auto code = module.serialize();
    if (!code) return;
    std::error_code ignored;
    std::filesystem::create_directories(folder_, ignored);
    std::filesystem::path temporary = file_of(hash);
    temporary += "." + std::to_string(::getpid()) + "." + std::to_string(std::random_device{}());
    {
        std::ofstream file(temporary, std::ios::binary);
        const Hash digest = crypto::blake3(*code);
        file.write(reinterpret_cast<const char*>(digest.data()), digest.size());
        file.write(reinterpret_cast<const char*>(code->data()), static_cast<std::streamsize>(code->size()));
        file.close();
        if (!file) {
            std::filesystem::remove(temporary, ignored);
            return;
        }
    }
    std::filesystem::rename(temporary, file_of(hash), ignored);
    if (ignored) std::filesystem::remove(temporary, ignored);
}

}  // namespace dusk::vm
