#include "app/genesis_file.hpp"

#include <fmt/core.h>

#include "app/db_store.hpp"
#include "app/public_files.hpp"

namespace dusk::app {
namespace {

Failure state_failure(std::string text) {
    return {.exit = ExitCode::file, .code = "state", .message = std::move(text)};
}

Failure failure_of(const execution::GenesisStateFailure& failure) {
    if (failure.kind == execution::GenesisStateError::call) return state_failure(failure.text);
    return {.exit = ExitCode::bad_input, .code = "bad_genesis", .message = failure.text};
}

}  // namespace

Result<ledger::ParsedGenesis, Failure> read_genesis_file(const std::filesystem::path& path) {
    const auto content = read_public_file(path);
    if (!content) return fail(content.error());
    if (content->size() > kLargestGenesisFile) {
        return fail(Failure{.exit = ExitCode::file,
                            .code = "file_too_large",
                            .message = fmt::format("{} is larger than any genesis file", path.string())});
    }
    auto genesis = ledger::parse_genesis({reinterpret_cast<const char*>(content->data()), content->size()});
    if (genesis) return *std::move(genesis);
    return fail(Failure{.exit = ExitCode::bad_input,
                        .code = "bad_genesis",
                        .message = fmt::format("{}, {}", path.string(), describe(genesis.error()))});
}

void warn_of_unknown_keys(const ledger::ParsedGenesis& genesis, Outcome& outcome) {
    for (const auto& unknown : genesis.unknown_keys) {
        outcome.warnings.push_back(fmt::format("line {}: {} means nothing here", unknown.line, unknown.key));
    }
}

Result<const ledger::Network*, Failure> find_network(const std::string& name) {
    if (const ledger::Network* network = ledger::network_named(name)) return network;
    return fail(Failure{.exit = ExitCode::usage,
                        .code = "unknown_network",
                        .message = fmt::format("there is no network \"{}\": devnet or rusk", name)});
}

Result<ledger::StateRoot, Failure> make_genesis_store(const std::filesystem::path& folder,
                                                      const ledger::Network& network,
                                                      const ledger::GenesisSnapshot& snapshot,
                                                      const vm::StoreOptions& options, GenesisForm form) {
    const auto machine = vm::Machine::open(folder, {.store = options});
    if (!machine) return fail(state_failure(machine.error().text));
    const auto state = execution::build_genesis_state(**machine, execution::genesis_contracts(network), snapshot);
    if (!state) return fail(failure_of(state.error()));
    vm::Store& store = (*machine)->store();
    if (form == GenesisForm::main) {
        if (const auto done = store.finalize(state->root.bytes); !done) return fail(failure_of(done.error()));
    }
    // What it was made from is of no more use.
    if (state->empty != state->root) {
        if (const auto done = store.remove(state->empty.bytes); !done) return fail(failure_of(done.error()));
    }
    return state->root;
}

}  // namespace dusk::app
