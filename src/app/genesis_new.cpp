#include <fmt/core.h>

#include "app/genesis_commands.hpp"
#include "app/genesis_file.hpp"
#include "app/public_files.hpp"
#include "app/test_wallets.hpp"
#include "ledger/dusk_amount.hpp"

namespace dusk::app {
namespace {

using ledger::Lux;

// "KEY=DUSK" of a kind of key.
template <class Key>
Result<std::pair<Key, Lux>, Failure> parse_entry(const std::string& entry, std::string_view kind) {
    const std::size_t sign = entry.find('=');
    if (sign == std::string::npos) {
        return usage("bad_entry", fmt::format("\"{}\" is not {}=DUSK", entry, kind));
    }
    auto key = Key::from_base58(std::string_view(entry).substr(0, sign));
    if (!key) return usage("bad_key", fmt::format("\"{}\" does not begin with an {} in base58", entry, kind));
    const auto amount = ledger::parse_dusk(std::string_view(entry).substr(sign + 1));
    if (!amount) return usage("bad_amount", fmt::format("\"{}\": {}", entry, to_string(amount.error())));
    return std::pair(*std::move(key), *amount);
}

// Calls `add(key, amount)` for each entry.
template <class Key, class Add>
Result<void, Failure> add_entries(const std::vector<std::string>& entries, std::string_view kind, Add add) {
    for (const std::string& entry : entries) {
        const auto parsed = parse_entry<Key>(entry, kind);
        if (!parsed) return fail(parsed.error());
        add(parsed->first, parsed->second);
    }
    return {};
}

Result<ledger::GenesisSnapshot, Failure> listed(const GenesisNew& command) {
    using ledger::AccountKey;
    ledger::GenesisSnapshot out;
    if (!command.owner.empty()) {
        const auto owner = AccountKey::from_base58(command.owner);
        if (!owner) return usage("bad_key", fmt::format("the owner \"{}\" is no account", command.owner));
        out.owner = *owner;
    }
    auto done = add_entries<AccountKey>(command.accounts, "ACCOUNT", [&](const AccountKey& key, Lux amount) {
        out.moonlight_accounts.push_back({key, amount});
    });
    if (!done) return fail(done.error());
    // Each its own seed: notes of one owner and one seed would share their randomness.
    done = add_entries<phoenix::PublicKey>(command.notes, "ADDRESS", [&](const phoenix::PublicKey& key, Lux amount) {
        out.phoenix_balances.push_back({key, out.phoenix_balances.size(), {amount}});
    });
    if (!done) return fail(done.error());
    done = add_entries<AccountKey>(command.stakes, "ACCOUNT", [&](const AccountKey& key, Lux amount) {
        out.stakes.push_back({.account = key, .amount = amount});
    });
    if (!done) return fail(done.error());
    return out;
}

ledger::GenesisSnapshot funded(const std::vector<TestWallet>& wallets, std::size_t provisioners) {
    ledger::GenesisSnapshot out;
    for (std::size_t i = 0; i < wallets.size(); ++i) {
        fund(out, wallets[i].profile);
        if (i < provisioners) {
            out.stakes.push_back({.account = wallets[i].profile.bls.public_key(), .amount = kTestFunds});
        }
    }
    return out;
}

void describe_wallets(const std::vector<TestWallet>& wallets, std::size_t provisioners, Outcome& outcome) {
    auto& list = outcome.json["test_wallets"] = nlohmann::ordered_json::array();
    outcome.text += "\nTest wallets, each with 1000000 DUSK public and 1000000 DUSK shielded:\n";
    for (std::size_t i = 0; i < wallets.size(); ++i) {
        list.push_back({{"phrase", wallets[i].phrase},
                        {"account", wallets[i].profile.account()},
                        {"address", wallets[i].profile.address()},
                        {"provisioner", i < provisioners}});
        outcome.text += fmt::format("  {}. {}{}\n", i, wallets[i].phrase, i < provisioners ? "  (stakes 1000000)" : "");
    }
    outcome.warnings.emplace_back("everybody knows the phrases of the test wallets: for development only");
}

std::string content_of(const ledger::GenesisSnapshot& snapshot, std::string_view network) {
    return fmt::format(
        "# The first state of a network: dusk genesis build FILE STATE --network {}\n"
        "# Amounts are lux: 1 DUSK is 1_000_000_000.\n\n{}",
        network, ledger::genesis_toml(snapshot).value_or(std::string()));
}

}  // namespace

CommandResult new_genesis(const GenesisNew& command) {
    const auto network = find_network(command.network);
    if (!network) return fail(network.error());
    if (const auto is_free = require_free(command.file, command.overwrite); !is_free) return fail(is_free.error());
    const auto entries = listed(command);
    if (!entries) return fail(entries.error());

    const bool is_default = *entries == ledger::GenesisSnapshot{};
    const bool is_devnet = *network == &ledger::devnet();
    const auto wallets = is_default && is_devnet ? test_wallets() : std::vector<TestWallet>();
    const auto snapshot = wallets.empty() ? *entries : funded(wallets, command.provisioners);
    if (const auto text = ledger::genesis_toml(snapshot); !text) {
        return usage("bad_amount", "an amount of more than 9223372036.854775807 DUSK cannot be written");
    }
    const std::string content = is_default && !is_devnet ? std::string(execution::official_localnet_snapshot())
                                                         : content_of(snapshot, command.network);
    if (const auto written = write_public_file(command.file, as_bytes(content), command.overwrite); !written) {
        return fail(written.error());
    }
    const auto made = ledger::parse_genesis(content).value().snapshot;
    Outcome outcome;
    outcome.json = {{"file", command.file.string()},
                    {"network", command.network},
                    {"accounts", made.moonlight_accounts.size()},
                    {"phoenix_balances", made.phoenix_balances.size()},
                    {"stakes", made.stakes.size()}};
    outcome.text = fmt::format("Genesis file {}\n  network   {}\n  accounts  {}\n  shielded  {}\n  stakes    {}\n",
                               command.file.string(), command.network, made.moonlight_accounts.size(),
                               made.phoenix_balances.size(), made.stakes.size());
    if (!wallets.empty()) describe_wallets(wallets, command.provisioners, outcome);
    if (made.stakes.empty()) {
        outcome.warnings.emplace_back("nobody has a stake: a network with this genesis makes no blocks");
    }
    return outcome;
}

}  // namespace dusk::app
