#include "vm/store/code_files.hpp"

#include <algorithm>
#include <cerrno>

#include "base/hex.hpp"
#include "crypto/blake3.hpp"

namespace dusk::vm {

std::filesystem::path CodeFiles::path_of(const Hash& hash) const { return folder_ / (to_hex(hash) + ".wasm"); }

Result<void, StoreFailure> CodeFiles::prepare() {
    if (const auto made = system_.make_folder(folder_); !made) {
        return fail(system_failure(folder_.string(), made.error()));
    }
    return {};
}

Result<void, StoreFailure> CodeFiles::write(const Hash& hash, ByteView bytecode, bool sync) {
    const auto path = path_of(hash);
    const auto written = [&]() -> Result<void, SystemError> {
        const auto there = system_.open(path, FileSystem::Open::read);
        if (!there && there.error() != ENOENT) return fail(there.error());
        if (there) {
            // Also one that a damaged disk cut short is written again.
            const auto size = (*there)->size();
            if (size && *size == bytecode.size()) return {};
        }
        auto temporary = path;
        temporary += ".new";
        const auto file = system_.open(temporary, FileSystem::Open::replace);
        if (!file) return fail(file.error());
        auto done = (*file)->write_at({&bytecode, 1}, 0);
        if (done && sync) done = (*file)->sync();
        if (done) done = system_.rename(temporary, path);
        if (done && sync) done = system_.sync_folder(folder_);
        return done;
    }();
    if (!written) return fail(system_failure(path.string(), written.error()));
    return {};
}

Result<Bytes, StoreFailure> CodeFiles::read(const Hash& hash) const {
    const auto path = path_of(hash);
    const auto file = system_.open(path, FileSystem::Open::read);
    if (!file && file.error() == ENOENT) {
        return fail(StoreFailure{.kind = StoreError::unknown_bytecode, .file = path.string()});
    }
    if (!file) return fail(system_failure(path.string(), file.error()));
    auto content = read_whole(**file, kLargest);
    if (!content) return fail(system_failure(path.string(), content.error()));
    if (crypto::blake3(*content) != hash) {
        return fail(StoreFailure{.kind = StoreError::damaged_bytecode, .file = path.string()});
    }
    return {std::move(*content)};
}

Result<std::size_t, StoreFailure> CodeFiles::keep_only(const std::set<Hash>& hashes) {
    const auto names = system_.list(folder_);
    if (!names) return fail(system_failure(folder_.string(), names.error()));
    std::set<std::string> kept;
    for (const Hash& hash : hashes) kept.insert(path_of(hash).filename().string());
    std::size_t removed = 0;
    for (const std::string& name : *names) {
        if (kept.contains(name)) continue;
        if (const auto gone = system_.remove(folder_ / name); !gone) {
            return fail(system_failure((folder_ / name).string(), gone.error()));
        }
        ++removed;
    }
    return removed;
}

}  // namespace dusk::vm
