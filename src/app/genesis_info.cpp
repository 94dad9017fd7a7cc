#include <fmt/core.h>
#include <stdlib.h>

#include <limits>

#include "app/db_store.hpp"
#include "app/genesis_commands.hpp"
#include "app/genesis_file.hpp"
#include "base/archive.hpp"
#include "crypto/blake3.hpp"
#include "ledger/dusk_amount.hpp"
#include "ledger/stake_contract.hpp"
#include "ledger/transfer_contract.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;
using ledger::Lux;

struct Holdings {
    std::size_t accounts = 0;
    Lux public_balance{};
    std::uint64_t notes = 0;
    std::optional<Lux> shielded{};  // unknown in a state: the owners know
    std::size_t stakes = 0;
    Lux staked{};
};

// Sums for people stop at the largest number.
void add_to(Lux& sum, Lux more) {
    sum = checked_add(sum, more).value_or(Lux{std::numeric_limits<std::uint64_t>::max()});
}

Holdings holdings_of(const ledger::GenesisSnapshot& snapshot) {
    Holdings out{.accounts = snapshot.moonlight_accounts.size(), .shielded = Lux{}, .stakes = snapshot.stakes.size()};
    for (const auto& account : snapshot.moonlight_accounts) add_to(out.public_balance, account.balance);
    for (const auto& balance : snapshot.phoenix_balances) {
        out.notes += balance.notes.size();
        for (const Lux note : balance.notes) add_to(*out.shielded, note);
    }
    for (const auto& stake : snapshot.stakes) add_to(out.staked, stake.amount);
    return out;
}

void describe_holdings(const Holdings& holdings, Outcome& outcome) {
    outcome.json["accounts"] = {{"count", holdings.accounts}, {"lux", holdings.public_balance.value}};
    outcome.json["notes"] = {{"count", holdings.notes}};
    if (holdings.shielded) outcome.json["notes"]["lux"] = holdings.shielded->value;
    outcome.json["stakes"] = {{"count", holdings.stakes}, {"lux", holdings.staked.value}};
    outcome.text +=
        fmt::format("  accounts  {} with {} DUSK\n", holdings.accounts, format_dusk(holdings.public_balance));
    outcome.text += fmt::format("  notes     {}{}\n", holdings.notes,
                                holdings.shielded ? fmt::format(" with {} DUSK", format_dusk(*holdings.shielded)) : "");
    outcome.text += fmt::format("  stakes    {} with {} DUSK\n", holdings.stakes, format_dusk(holdings.staked));
}

class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string name = (fs::temp_directory_path() / "dusk-genesis-XXXXXX").string();
        if (::mkdtemp(name.data()) != nullptr) path_ = name;
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }  // empty: none could be made

  private:
    fs::path path_;
};

CommandResult file_info(const GenesisInfo& command, Executor& executor) {
    const auto network = find_network(command.network);
    if (!network) return fail(network.error());
    const auto genesis = read_genesis_file(command.path);
    if (!genesis) return fail(genesis.error());
    const TemporaryFolder folder;
    if (folder.path().empty()) {
        return fail(failure_of(FileError{.kind = FileError::Kind::unwritable, .path = fs::temp_directory_path()}));
    }
    vm::StoreOptions options = db_options(executor);
    options.durability = vm::Durability::process;
    const auto root = make_genesis_store(folder.path(), **network, genesis->snapshot, options);
    if (!root) return fail(root.error());

    const ledger::AccountKey owner = genesis->snapshot.owner.value_or(ledger::dusk_key());
    Outcome outcome;
    outcome.json = {{"file", command.path.string()},
                    {"network", command.network},
                    {"root", hex_of(root->bytes)},
                    {"owner", owner.to_base58()}};
    outcome.text = fmt::format("Genesis file {}\n  root      {} (on {})\n  owner     {}\n", command.path.string(),
                               hex_of(root->bytes), command.network, owner.to_base58());
    describe_holdings(holdings_of(genesis->snapshot), outcome);
    warn_of_unknown_keys(*genesis, outcome);
    return outcome;
}

// Queries of the genesis contracts; the first that fails is the error.
class Queries {
  public:
    explicit Queries(vm::Session& session) : session_(&session) {}

    // `take` gets each reported value.
    template <class T, class Take>
    void each(const ledger::ContractId& contract, std::string_view function, ByteView argument, Take take) {
        if (error_) return;
        const auto done =
            session_->feeder_call(contract.bytes, function, argument, kUnlimited, [&](const Bytes& archive) {
                const auto value = archive_read<T>(archive);
                if (value) return take(*value);
                error_ = fmt::format("{} reports what is no value: {}", function, describe(value.error()));
            });
        if (!done) error_ = fmt::format("{}: {}", function, describe(done.error()));
    }
    template <class T>
    T value(const ledger::ContractId& contract, std::string_view function) {
        if (error_) return {};
        const auto done = session_->call(contract.bytes, function, {}, kUnlimited);
        if (!done) {
            error_ = fmt::format("{}: {}", function, describe(done.error()));
            return {};
        }
        const auto value = archive_read<T>(done->data);
        if (!value) error_ = fmt::format("{} returns what is no value: {}", function, describe(value.error()));
        return value.value_or(T{});
    }
    [[nodiscard]] const std::optional<std::string>& error() const { return error_; }

  private:
    static constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();
    vm::Session* session_;
    std::optional<std::string> error_;
};

Holdings holdings_of(Queries& queries) {
    using ledger::kStakeContract;
    using ledger::kTransferContract;
    Holdings out;
    const auto all = archive_write(ledger::SyncRange{0, std::numeric_limits<std::uint32_t>::max()});
    queries.each<ledger::AccountEntry>(kTransferContract, "sync_accounts", all, [&](const auto& entry) {
        ++out.accounts;
        add_to(out.public_balance, entry.data.balance);
    });
    out.notes = queries.value<std::uint64_t>(kTransferContract, "num_notes");
    // The Dusk key has an entry for its rewards, and no stake.
    queries.each<ledger::StakeEntry>(kStakeContract, "stakes", {}, [&](const auto& entry) {
        if (!entry.data.amount) return;
        ++out.stakes;
        add_to(out.staked, entry.data.amount->value);
        add_to(out.staked, entry.data.amount->locked);
    });
    return out;
}

// By its transfer contract.
std::string network_of(const vm::State& state) {
    const vm::ContractRecord* transfer = state.find(ledger::kTransferContract.bytes);
    for (const ledger::Network& network : ledger::networks()) {
        const bool same = transfer != nullptr && transfer->deployment->bytecode ==
                                                     crypto::blake3(execution::genesis_contracts(network).transfer);
        if (same) return std::string(network.name);
    }
    return "unknown";
}

Failure no_state(const fs::path& folder) {
    return {.exit = ExitCode::bad_input,
            .code = "no_main_state",
            .message =
                fmt::format("the store in {} has no main state (`dusk db stats` shows what it has)", folder.string())};
}

CommandResult state_info(const GenesisInfo& command, Executor& executor) {
    if (const auto there = require_store(command.path); !there) return fail(there.error());
    const auto machine = vm::Machine::open(command.path, {.store = db_options(executor)});
    if (!machine) {
        return fail(Failure{.exit = ExitCode::file, .code = "state", .message = machine.error().text});
    }
    const vm::StatePtr state = (*machine)->store().main();
    if (!state) return fail(no_state(command.path));
    vm::Session session(*machine, state);
    session.set_metadata("chain_id", archive_write(static_cast<std::uint8_t>(ledger::kGenesisChainId)));
    session.set_metadata("block_height", archive_write(std::uint64_t{0}));
    Queries queries(session);
    const Holdings holdings = holdings_of(queries);
    if (queries.error()) {
        return fail(Failure{.exit = ExitCode::bad_input,
                            .code = "not_a_chain_state",
                            .message = fmt::format("the state in {} does not answer as one of a network does: {}",
                                                   command.path.string(), *queries.error())});
    }
    Outcome outcome;
    outcome.json = {
        {"folder", command.path.string()}, {"network", network_of(*state)}, {"root", hex_of(state->root())}};
    outcome.text = fmt::format("State in {}\n  root      {}\n  network   {}\n", command.path.string(),
                               hex_of(state->root()), network_of(*state));
    describe_holdings(holdings, outcome);
    return outcome;
}

}  // namespace

CommandResult genesis_info(const GenesisInfo& command, Executor& executor) {
    std::error_code ignored;
    return fs::is_directory(command.path, ignored) ? state_info(command, executor) : file_info(command, executor);
}

}  // namespace dusk::app
