// Compiled contracts, in memory and on disk. Compiling takes milliseconds to seconds, loading microseconds.
//
// A file `<engine>/<bytecode hash>` holds BLAKE3 of what follows it, so that damage is found; it is not proof against
// somebody who may write in the folder, as the folder of the program is not. `engine` names everything that compiled
// code depends on: versions, settings, features of the CPU. Files that do not fit are made anew.
#pragma once

#include <filesystem>
#include <functional>
#include <list>
#include <mutex>
#include <unordered_map>

#include "vm/compile_apart.hpp"
#include "vm/contract_id.hpp"
#include "vm/engine.hpp"
#include "vm/error.hpp"

namespace dusk::vm {

// Thread-safe. Two threads that ask for the same contract at once may both compile it.
class ModuleCache {
  public:
    // An empty folder: nothing is kept on disk. `limits`: of modules that may take long to compile, which is done in a
    // process of its own.
    ModuleCache(Engine engine, std::filesystem::path folder, CompileLimits limits);

    // The module of the bytecode with this BLAKE3 hash, which `bytecode` gives when it has to be compiled. A
    // `runtime` error: no valid module; `compile_limit`: not known within the limits; `session_lost`: the engine has no
    // memory or threads.
    CallResult<Module> get(const Hash& hash, const std::function<CallResult<Bytes>()>& bytecode);

  private:
    struct HashOfHash {
        std::size_t operator()(const Hash& hash) const { return load_le<std::uint64_t>(hash.data()); }
    };
    using Entry = std::pair<Hash, Module>;
    static constexpr std::size_t kKept = 512;  // modules in memory

    [[nodiscard]] CallResult<Module> compile(ByteView bytecode) const;
    [[nodiscard]] std::optional<Module> remembered(const Hash& hash);
    void remember(const Hash& hash, const Module& module);
    [[nodiscard]] std::optional<Module> load(const Hash& hash) const;
    void store(const Hash& hash, const Module& module) const;
    [[nodiscard]] std::filesystem::path file_of(const Hash& hash) const;

    Engine engine_;
    std::filesystem::path folder_;
    CompileLimits limits_;
    std::mutex mutex_;
    std::list<Entry> recent_;  // latest first
    std::unordered_map<Hash, std::list<Entry>::iterator, HashOfHash> index_;
};

}  // namespace dusk::vm
