#include "vm/machine.hpp"

#include "base/archive.hpp"
#include "crypto/blake3.hpp"
#include "vm/imports.hpp"
#include "vm/page_faults.hpp"

namespace dusk::vm {

Result<std::shared_ptr<Machine>, MachineFailure> Machine::open(const std::filesystem::path& folder,
                                                               const MachineOptions& options) {
    auto engine = Engine::create();
    if (!engine) return fail(MachineFailure{MachineError::engine, "the WASM engine does not start on this machine"});
    install_page_fault_handler();  // in front of the engine's own
    auto store = Store::open(folder, options.store);
    if (!store) return fail(MachineFailure{MachineError::store, describe(store.error())});
    return std::shared_ptr<Machine>(new Machine(*std::move(engine), *std::move(store), folder, options));
}

Machine::Machine(Engine engine, std::unique_ptr<Store> store, const std::filesystem::path& folder,
                 const MachineOptions& options)
    : store_(std::move(store)),
      modules_(std::move(engine), options.keep_modules ? folder / "modules" : "", options.limits.compiling),
      queries_(options.queries),
      limits_(options.limits) {}

std::unique_ptr<Session> Machine::genesis_session(std::uint8_t chain_id) const {
    auto session = std::make_unique<Session>(shared_from_this(), store_->genesis());
    session->set_metadata("chain_id", archive_write(chain_id));
    session->set_metadata("block_height", archive_write(std::int32_t{0}));
    return session;
}

Result<std::unique_ptr<Session>, StoreFailure> Machine::session(const Hash& commit, std::uint8_t chain_id,
                                                                std::uint64_t block_height) const {
    auto state = store_->state(commit);
    if (!state) return fail(state.error());
    auto session = std::make_unique<Session>(shared_from_this(), *std::move(state));
    session->set_metadata("chain_id", archive_write(chain_id));
    session->set_metadata("block_height", archive_write(block_height));
    return session;
}

CallResult<Module> Machine::compile(ByteView bytecode) const {
    if (bytecode.size() > limits_.most_bytecode_bytes) {
        return fail(CallError{CallErrorKind::too_large, Trap::none,
                              "the bytecode has " + std::to_string(bytecode.size()) + " bytes, at most " +
                                  std::to_string(limits_.most_bytecode_bytes) + " are compiled"});
    }
    return modules_.get(crypto::blake3(bytecode), [&]() -> CallResult<Bytes> { return to_vector(bytecode); });
}

CallResult<Module> Machine::module_of(const ContractRecord& contract) const {
    const Hash& hash = contract.deployment->bytecode;
    return modules_.get(hash, [&]() -> CallResult<Bytes> {
        auto bytecode = store_->bytecode(hash);
        if (!bytecode) return fail(CallError{CallErrorKind::persistence, Trap::none, describe(bytecode.error())});
        return *std::move(bytecode);
    });
}

}  // namespace dusk::vm
