#include "app/wallet_cli.hpp"

#include "app/wallet_setup.hpp"
#include "app/wallet_ui/wallet_ui.hpp"
#include "app/wallet_view.hpp"
#include "app/wallet_words.hpp"

namespace dusk::app {
namespace {

constexpr const char* kFooter =
    R"(A wallet is a folder. Every profile of it has a shielded address and a public account.

Examples:
  dusk wallet create                              a new wallet in ~/.dusk/wallet
  dusk wallet restore --birthday 2100000          from its words; no note is in an earlier block
  dusk wallet open ~/.dusk/rusk-wallet/wallet.dat the wallet of another program
  dusk wallet ui                                  all of it on the whole terminal
  dusk wallet balance                             public and shielded
  dusk wallet receive --amount 12.5               a request for payment, with a QR code
  dusk wallet send alice 12.5 --memo "thank you"  to a contact, an address or a request for payment
  dusk wallet shield 100                          from the public account to a shielded note
  dusk wallet stake 1000                          1000 at least; then `stake-info`, `claim`, `unstake`
  dusk wallet pending                             what is in no block yet; `replace`, `cancel`, `resend`
  dusk wallet send ADDRESS 1 --order a.order      to be signed elsewhere: `sign a.order --out a.tx`, `submit a.tx`

Amounts are DUSK, exact to the ninth decimal. Before anything is sent the amounts and the highest fee are
shown and a person is asked; --yes does not ask, --dry-run only shows. docs/wallet.md says more.

Exit status:
  0 done                      5 a file is missing, unreadable, in the way or cannot be written
  1 something else failed     6 a node or prover does not answer, or not in time
  2 wrong usage               7 the network does not take it, it failed in its block, or funds do not suffice
  3 wrong password            8 nobody agreed, or nobody could be asked
  4 a file, phrase or order is damaged or of another kind)";

void add_place(CLI::App& app, WalletPlace& place, bool has_birthday) {
    app.add_option("--network", place.network, "devnet or rusk")->type_name("NAME")->capture_default_str();
    app.add_option("--chain-id", place.chain_id, "Another chain id than that of the network")
        ->type_name("N")
        ->check(CLI::Range(0u, 255u));
    app.add_option("--default-node", place.node, "The node that the wallet asks from now on")
        ->type_name("URL")
        ->capture_default_str();
    if (!has_birthday) return;
    app.add_option("--birthday", place.birthday, "No note of the wallet is in a block below (0)")->type_name("HEIGHT");
}

void add_cost(CLI::App& app, wallet::KeystoreCost& cost) {
    app.add_option("--kdf-memory", cost.memory_mib, "Memory that guessing the password costs, in MiB")
        ->type_name("MIB")
        ->check(CLI::Range(8u, wallet::kHighestCost.memory_mib))
        ->capture_default_str();
    app.add_option("--kdf-passes", cost.passes, "Passes over that memory")
        ->type_name("N")
        ->check(CLI::Range(1u, wallet::kHighestCost.passes))
        ->capture_default_str();
}

void add_count(CLI::App& app, std::uint8_t& profiles) {
    app.add_option("--profiles", profiles, "How many profiles (1)")->type_name("N")->check(CLI::Range(1, 255));
}

template <class Run>
auto with_random(Run run) {
    return [run](const auto& command, RandomSource& random, Executor& /*executor*/) { return run(command, random); };
}
template <class Run>
auto with_threads(Run run) {
    return [run](const auto& command, RandomSource& /*random*/, Executor& executor) { return run(command, executor); };
}
template <class Run>
auto alone(Run run) {
    return [run](const auto& command, RandomSource& /*random*/, Executor& /*executor*/) { return run(command); };
}

void add_setup(CLI::App& wallet, Chosen& chosen) {
    add_wallet_command<WalletCreate>(
        wallet, chosen, "create", "A new wallet, from nothing but chance",
        [](CLI::App& app, WalletCreate& command) {
            app.add_option("--words", command.words, "Length of the recovery phrase")
                ->type_name("N")
                ->check(CLI::IsMember({12, 15, 18, 21, 24}))
                ->capture_default_str();
            add_count(app, command.profiles);
            add_place(app, command.place, true);
            add_cost(app, command.cost);
        },
        with_random(wallet_create));
    add_wallet_command<WalletRestore>(
        wallet, chosen, "restore", "A wallet again, from its recovery phrase (asked for, or on the standard input)",
        [](CLI::App& app, WalletRestore& command) {
            add_password_options(app, command.phrase, "phrase", "recovery phrase");
            add_count(app, command.profiles);
            add_place(app, command.place, true);
            add_cost(app, command.cost);
        },
        with_random(wallet_restore));
    add_wallet_command<WalletOpen>(
        wallet, chosen, "open", "A wallet from a file of dusk or any wallet.dat, under the same password",
        [](CLI::App& app, WalletOpen& command) {
            app.add_option("FILE", command.from, "It stays as it is")->required()->type_name("");
            add_place(app, command.place, true);
            add_cost(app, command.cost);
        },
        with_random(wallet_open));
    add_wallet_command<WalletWatch>(
        wallet, chosen, "watch", "A wallet that only sees what a profile receives, by its view key",
        [](CLI::App& app, WalletWatch& command) {
            app.add_option("--address", command.address, "The shielded address")->required()->type_name("ADDRESS");
            app.add_option("--account", command.account, "The public account")->required()->type_name("ACCOUNT");
            add_password_options(app, command.view_key, "view-key", "view key");
            add_place(app, command.place, true);
        },
        alone(wallet_watch));
    add_wallet_command<WalletProfiles>(
        wallet, chosen, "profiles", "Addresses of the wallet",
        [](CLI::App& app, WalletProfiles& command) {
            app.add_option("--add", command.add, "Add so many profiles")->type_name("N")->check(CLI::Range(1, 254));
        },
        with_random(wallet_profiles));
    add_wallet_command<WalletViewKey>(
        wallet, chosen, "view-key", "Print the key that sees what a profile receives, for `dusk wallet watch`",
        [](CLI::App& app, WalletViewKey& command) { add_profile_option(app, command.profile); },
        alone(wallet_view_key));
    add_wallet_command<WalletSettingsChange>(
        wallet, chosen, "settings", "Show or change whom the wallet asks",
        [](CLI::App& app, WalletSettingsChange& command) {
            app.add_option("--network", command.network, "devnet or rusk")->type_name("NAME");
            app.add_option("--chain-id", command.chain_id, "Another chain id than that of the network")
                ->type_name("N")
                ->check(CLI::Range(0u, 255u));
            app.add_option("--default-node", command.node, "The node")->type_name("URL");
            app.add_option("--prover", command.prover, "Who makes proofs; empty: this machine")->type_name("URL");
            app.add_option("--birthday", command.birthday, "No note of the wallet is in a block below")
                ->type_name("HEIGHT");
        },
        alone(wallet_settings));
}

void add_contacts(CLI::App& wallet, Chosen& chosen) {
    CLI::App* contacts = wallet.add_subcommand("contacts", "The address book");
    contacts->require_subcommand(1);
    using What = WalletContacts::What;
    const auto add = [&](const char* name, const char* what, What kind) {
        add_wallet_command<WalletContacts>(
            *contacts, chosen, name, what,
            [kind](CLI::App& app, WalletContacts& command) {
                command.what = kind;
                if (kind != What::list) {
                    app.add_option("NAME", command.name, "What you call it")->required()->type_name("");
                }
                if (kind != What::add) return;
                app.add_option("ADDRESS", command.address, "An address of either kind")->required()->type_name("");
            },
            alone(wallet_contacts));
    };
    add("list", "All names", What::list);
    add("add", "Give an address a name, or a name another address", What::add);
    add("remove", "Forget a name", What::remove);
}

void add_views(CLI::App& wallet, Chosen& chosen) {
    add_wallet_command<WalletBalance>(
        wallet, chosen, "balance", "What the profiles have",
        [](CLI::App& app, WalletBalance& command) {
            app.add_option("--profile", command.profile, "Only this one")->type_name("I")->check(CLI::Range(0, 254));
            app.add_flag("--public", command.is_public, "Only public accounts: asks for no password");
            app.add_flag("--cached", command.cached, "Shielded notes as they were known last: asks for no password");
        },
        with_threads(wallet_balance));
    add_wallet_command<WalletSync>(
        wallet, chosen, "sync", "Read the chain on, and look for notes",
        [](CLI::App& app, WalletSync& command) {
            app.add_flag("--anew", command.anew, "From the birthday of the wallet");
        },
        with_threads(wallet_sync));
    add_wallet_command<WalletHistory>(
        wallet, chosen, "history", "What this wallet sent and received",
        [](CLI::App& app, WalletHistory& command) {
            app.add_option("--profile", command.profile, "Only this one")->type_name("I")->check(CLI::Range(0, 254));
            app.add_flag("--offline", command.offline, "What is written down, without asking a node");
        },
        alone(wallet_history));
    add_wallet_command<WalletUi>(
        wallet, chosen, "ui", "All of it on the whole terminal: balances, history, payments, live",
        [](CLI::App& app, WalletUi& command) {
            app.add_option("--prover", command.prover,
                           "Who makes proofs; it learns what is paid to whom (this machine)")
                ->type_name("URL");
        },
        wallet_ui);
    struct Pending {
        WalletOptions wallet{};
    };
    add_wallet_command<Pending>(
        wallet, chosen, "pending", "What is in no block yet", [](CLI::App& /*app*/, Pending& /*command*/) {},
        alone([](const Pending& command) { return wallet_pending(command.wallet); }));
    add_wallet_command<WalletReceive>(
        wallet, chosen, "receive", "The address to be paid at, or a request for payment, with a QR code",
        [](CLI::App& app, WalletReceive& command) {
            add_profile_option(app, command.profile);
            app.add_flag("--public", command.is_public, "The public account, not the shielded address");
            app.add_option("--amount", command.amount, "How much is asked for")->type_name("DUSK");
            app.add_option("--label", command.label, "Who asks")->type_name("TEXT");
            app.add_option("--memo", command.memo, "What the payment is to carry")->type_name("TEXT");
            app.add_flag_callback("--no-qr", [&command] { command.qr = false; }, "Without the QR code");
        },
        alone(wallet_receive));
    add_wallet_command<WalletStakeInfo>(
        wallet, chosen, "stake-info", "The stake of a profile, its rewards and faults",
        [](CLI::App& app, WalletStakeInfo& command) { add_profile_option(app, command.profile); },
        alone(wallet_stake_info));
    add_wallet_command<WalletQuery>(
        wallet, chosen, "query", "Ask a contract on the last state; costs nothing",
        [](CLI::App& app, WalletQuery& command) {
            app.add_option("CONTRACT", command.contract, "Its id, 64 hexadecimal digits")->required()->type_name("");
            app.add_option("FUNCTION", command.function, "What to ask")->required()->type_name("");
            auto* bytes = app.add_option("--arg-hex", command.bytes, "The argument's bytes (none)")->type_name("HEX");
            app.add_option("--arg", command.argument, "The argument in JSON, for the data driver of the contract")
                ->type_name("JSON")
                ->excludes(bytes);
            app.add_option("--driver", command.driver, "The driver (that of this program, or of the node)")
                ->type_name("FILE");
        },
        alone(wallet_query));
}

}  // namespace

void add_wallet_commands(CLI::App& dusk, Chosen& chosen) {
    CLI::App* wallet = dusk.add_subcommand("wallet", "Hold, send, receive, stake");
    wallet->require_subcommand(1);
    add_setup(*wallet, chosen);
    add_contacts(*wallet, chosen);
    add_views(*wallet, chosen);
    add_wallet_pay_commands(*wallet, chosen);
    wallet->footer(kFooter);  // after the commands, which would inherit it
}

}  // namespace dusk::app
