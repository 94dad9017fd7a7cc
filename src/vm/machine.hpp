// The contract VM: an engine, a store of states, host queries, and compiled contracts.
//
//     auto machine = Machine::open(folder);
//     auto genesis = (*machine)->genesis_session(chain_id);
//     … deploy, call …
//     Hash root = *genesis->commit();
//     auto next = (*machine)->session(root, chain_id, block_height);
//
// Thread-safe; sessions on several threads share one machine.
#pragma once

#include <filesystem>
#include <memory>

#include "vm/engine.hpp"
#include "vm/module_cache.hpp"
#include "vm/queries/host_queries.hpp"
#include "vm/session.hpp"
#include "vm/store/store.hpp"

namespace dusk::vm {

struct MachineLimits {
    // Pages of 64 KiB that one session may write or remember: 8 GiB. Beyond it the session is lost.
    std::size_t most_session_pages = 131'072;
    // Bytes that the events of a session take until a receipt hands them out (event_list.hpp): 1.5 GiB. The gas of a
    // block, 3,000,000,000, does not pay for as many. Beyond it the session is lost.
    std::uint64_t most_event_bytes = std::uint64_t{3} << 29;
    // Bytes of a bytecode that is deployed. A block has at most 1 MiB (spec/consensus.md §1), so no valid block holds a
    // larger one; time and memory of the compiler grow with it (docs/design/vm-limits.md).
    std::size_t most_bytecode_bytes = std::size_t{1} << 20;
    // Of bytecode that may take long to compile (compile_effort.hpp). Beyond it nothing is known of the module, and the
    // session is lost.
    CompileLimits compiling{};
};

struct MachineOptions {
    StoreOptions store{};
    HostQueryOptions queries{};
    MachineLimits limits{};
    // Compiled contracts are kept on disk below the folder of the machine.
    bool keep_modules = true;
};

enum class MachineError : std::uint8_t { engine, store };
struct MachineFailure {
    MachineError kind;
    std::string text;  // what is wrong, for people
};

class Machine : public std::enable_shared_from_this<Machine> {
  public:
    static Result<std::shared_ptr<Machine>, MachineFailure> open(const std::filesystem::path& folder,
                                                                 const MachineOptions& options = {});

    // A session on the empty state. Contracts see a block height of four zero bytes (spec/vm.md §7.9).
    [[nodiscard]] std::unique_ptr<Session> genesis_session(std::uint8_t chain_id) const;
    // A session on a commit.
    [[nodiscard]] Result<std::unique_ptr<Session>, StoreFailure> session(const Hash& commit, std::uint8_t chain_id,
                                                                         std::uint64_t block_height) const;

    [[nodiscard]] Store& store() const { return *store_; }
    [[nodiscard]] const HostQueries& queries() const { return queries_; }
    [[nodiscard]] const MachineLimits& limits() const { return limits_; }

    // The compiled form of bytecode that comes from outside. Errors: too_large, runtime (not a valid module),
    // compile_limit, session_lost.
    [[nodiscard]] CallResult<Module> compile(ByteView bytecode) const;
    // The compiled form of a stored contract.
    [[nodiscard]] CallResult<Module> module_of(const ContractRecord& contract) const;

  private:
    Machine(Engine engine, std::unique_ptr<Store> store, const std::filesystem::path& folder,
            const MachineOptions& options);

    std::unique_ptr<Store> store_;
    mutable ModuleCache modules_;
    HostQueries queries_;
    MachineLimits limits_;
};

}  // namespace dusk::vm
