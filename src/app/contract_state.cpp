#include "app/contract_state.hpp"

#include <fmt/core.h>

#include "base/archive.hpp"

namespace dusk::app {
namespace {

Failure store_failure(std::string text) {
    return {.exit = ExitCode::file, .code = "state", .message = std::move(text)};
}

}  // namespace

Result<void, Failure> apply_setting(vm::Session& session, const CallSetting& setting) {
    std::optional<crypto::BlsPublicKey> sender;
    if (!setting.sender.empty()) {
        auto key = parse_public_key(setting.sender);
        if (!key) return fail(Failure{.exit = ExitCode::usage, .code = "bad_key", .message = key.error()});
        sender = *std::move(key);
    }
    session.set_metadata("chain_id", archive_write(setting.chain_id));
    session.set_metadata("block_height", archive_write(setting.block_height));
    session.set_metadata("public_sender", archive_of_sender(sender));
    return {};
}

Result<ContractState, Failure> ContractState::open(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        return fail(
            failure_of(FileError{.kind = FileError::Kind::unwritable, .path = folder, .system_error = error.value()}));
    }
    auto machine = vm::Machine::open(folder);
    if (!machine) return fail(store_failure(machine.error().text));
    const vm::Store& store = (*machine)->store();
    vm::StatePtr head = store.main();
    if (!head) {
        const auto commits = store.commits();
        if (commits.size() > 1) {
            return fail(Failure{.exit = ExitCode::usage,
                                .code = "which_state",
                                .message = fmt::format("{} holds several commits, and none of them is the main state: "
                                                       "copy the one that is meant (dusk db export --state, import)",
                                                       folder.string())});
        }
        head = store.genesis();
        if (commits.size() == 1) {
            auto only = store.state(commits.front());
            if (!only) return fail(store_failure(describe(only.error())));
            head = *std::move(only);
        }
    }
    return ContractState(*std::move(machine), std::move(head));
}

std::optional<Bytes> ContractState::bytecode(const vm::ContractId& contract) const {
    const vm::ContractRecord* const record = head_->find(contract);
    if (record == nullptr) return {};
    auto bytes = machine_->store().bytecode(record->deployment->bytecode);
    if (!bytes) return {};
    return *std::move(bytes);
}

Result<vm::Hash, Failure> ContractState::keep(vm::Session& session) {
    auto root = session.root();
    if (!root) return fail(store_failure(describe(root.error())));
    // What changed nothing is not stored again.
    if (machine_->store().main() && *root == machine_->store().main()->root()) return *root;
    root = session.commit();
    if (!root) return fail(store_failure(describe(root.error())));
    if (const auto kept = machine_->store().finalize(*root); !kept) return fail(store_failure(describe(kept.error())));
    head_ = machine_->store().main();
    return *root;
}

}  // namespace dusk::app
