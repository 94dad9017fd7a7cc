// The words of `dusk wallet` that make transactions.
#include "app/wallet_cli.hpp"
#include "app/wallet_pay.hpp"
#include "app/wallet_words.hpp"

namespace dusk::app {
namespace {

void add_yes(CLI::App& app, SendOptions& send) {
    app.add_flag("--yes", send.yes, "Do not ask before it is done");
    app.add_flag("--dry-run", send.dry_run, "Only show what would be done");
}

void add_sending(CLI::App& app, SendOptions& send) {
    add_yes(app, send);
    app.add_flag_callback("--no-wait", [&send] { send.wait = false; }, "Do not wait until it is in a block");
    app.add_option("--patience", send.patience, "Seconds to wait for that")->type_name("S")->capture_default_str();
}

void add_proving(CLI::App& app, SendOptions& send) {
    app.add_option("--prover", send.prover, "Who makes the proof; it learns what is paid to whom (this machine)")
        ->type_name("URL");
}

void add_output(CLI::App& app, SendOptions& send) {
    app.add_option("--out", send.out, "Write the signed transaction to this file, and do not send it")
        ->type_name("FILE");
    app.add_flag_callback("--force", [&send] { send.overwrite = Overwrite::allow; }, "Replace an existing file");
}

// What every transaction has.
void add_paying(CLI::App& app, WalletPay& command) {
    add_profile_option(app, command.order.profile);
    app.add_option("--gas-limit", command.order.tx.gas_limit, "Gas at most (what is usual)")->type_name("N");
    app.add_option("--gas-price", command.order.tx.gas_price, "Lux for each gas (the median of what waits)")
        ->type_name("LUX");
    add_sending(app, command.send);
    add_proving(app, command.send);
    add_output(app, command.send);
    app.add_option("--order", command.send.order, "Write an order to be signed where the keys are")->type_name("FILE");
    app.add_option("--nonce", command.order.tx.nonce,
                   "Of the public account, instead of asking the node; with --out or --order none is asked at all")
        ->type_name("N");
}

void add_from(CLI::App& app, WalletPay& command, const std::string& what) {
    app.add_option_function<std::string>(
           "--from",
           [&command](const std::string& place) {
               command.from = place == "shielded" ? PayFrom::notes : PayFrom::account;
           },
           what)
        ->type_name("PLACE")
        ->check(CLI::IsMember({"public", "shielded"}));
}

template <class Describe>
void add_pay(CLI::App& wallet, Chosen& chosen, const std::string& name, const std::string& what, Describe describe) {
    add_wallet_command<WalletPay>(
        wallet, chosen, name, what,
        [&](CLI::App& app, WalletPay& command) {
            command.order.action = name;
            command.order.tx.value.clear();
            describe(app, command);
            add_paying(app, command);
        },
        wallet_pay);
}

void add_amount(CLI::App& app, std::string& amount, const std::string& what, bool is_required = true) {
    app.add_option("AMOUNT", amount, what)->required(is_required)->type_name("");
}

template <class Kind>
Kind& kind_of(WalletPay& command) {
    return command.order.tx.kind.emplace<Kind>();
}

void add_payments(CLI::App& wallet, Chosen& chosen) {
    add_pay(wallet, chosen, "send", "Pay somebody", [](CLI::App& app, WalletPay& command) {
        app.add_option("TO", command.to, "A contact, an address of either kind, or a request for payment (dusk:…)")
            ->required()
            ->type_name("");
        add_amount(app, command.order.tx.value, "DUSK; may be missing where the request says it", false);
        app.add_option("--memo", command.memo, "At most 512 bytes; everybody can read it")->type_name("TEXT");
        add_from(app, command, "public or shielded (as the address is)");
    });
    add_pay(wallet, chosen, "shield", "From the public account to a shielded note of the profile",
            [](CLI::App& app, WalletPay& command) { add_amount(app, kind_of<BuildConvert>(command).amount, "DUSK"); });
    add_pay(wallet, chosen, "unshield", "From shielded notes to the public account of the profile",
            [](CLI::App& app, WalletPay& command) { add_amount(app, kind_of<BuildConvert>(command).amount, "DUSK"); });
}

void add_stake(CLI::App& wallet, Chosen& chosen, const std::string& name, const std::string& what,
               BuildStake::Action action) {
    add_pay(wallet, chosen, name, what, [action](CLI::App& app, WalletPay& command) {
        BuildStake& stake = kind_of<BuildStake>(command);
        stake.action = action;
        const bool puts_in = action == BuildStake::Action::stake;
        add_amount(app, stake.amount, puts_in ? "DUSK" : "DUSK (everything)", puts_in);
        add_from(app, command, "What pays: public or shielded (public)");
        if (puts_in) return;
        app.add_option_function<std::string>(
               "--to",
               [&stake](const std::string& place) {
                   stake.paid_to = place == "shielded" ? BuildStake::PaidTo::notes : BuildStake::PaidTo::account;
               },
               "Where it goes: public or shielded (as what pays)")
            ->type_name("PLACE")
            ->check(CLI::IsMember({"public", "shielded"}));
    });
}

void add_contracts(CLI::App& wallet, Chosen& chosen) {
    add_pay(wallet, chosen, "call", "Call a contract", [](CLI::App& app, WalletPay& command) {
        BuildCall& call = kind_of<BuildCall>(command);
        app.add_option("CONTRACT", call.contract, "Its id, 64 hexadecimal digits")->required()->type_name("");
        app.add_option("FUNCTION", call.function, "What to call")->required()->type_name("");
        auto* bytes = app.add_option("--arg-hex", call.arguments, "The argument's bytes (none)")->type_name("HEX");
        app.add_option("--arg", command.argument, "The argument in JSON, for the data driver of the contract")
            ->type_name("JSON")
            ->excludes(bytes);
        app.add_option("--driver", command.driver, "The driver (that of this program, or of the node)")
            ->type_name("FILE");
        app.add_option("--deposit", call.deposit, "What the contract may take, in DUSK (0)")->type_name("DUSK");
        add_from(app, command, "What pays: public or shielded (public)");
    });
    add_pay(wallet, chosen, "deploy", "Put a contract on the chain", [](CLI::App& app, WalletPay& command) {
        BuildDeploy& deploy = kind_of<BuildDeploy>(command);
        app.add_option("BYTECODE", command.bytecode, "The module, a file")->required()->type_name("");
        app.add_option("--owner-hex", deploy.owner, "Its owner (the public account of the profile)")->type_name("HEX");
        app.add_option("--init-hex", deploy.init, "The argument of its init")->type_name("HEX");
        app.add_option("--deploy-nonce", deploy.nonce, "For another id of the same contract (0)")->type_name("N");
        add_from(app, command, "What pays: public or shielded (public)");
    });
}

void add_blobs(CLI::App& wallet, Chosen& chosen) {
    add_pay(wallet, chosen, "blob", "Publish blobs: the chain orders them and keeps their hashes",
            [](CLI::App& app, WalletPay& command) {
                BuildBlobs& blobs = kind_of<BuildBlobs>(command);
                app.add_option("BLOB", blobs.contents,
                               "Up to six files of 131072 bytes: 4096 big-endian numbers of 32 bytes")
                    ->required()
                    ->type_name("");
                app.add_option("--setup", blobs.setup, "The file trusted_setup.txt of Ethereum's KZG libraries")
                    ->required()
                    ->type_name("FILE");
                add_from(app, command, "What pays: public or shielded (public)");
            });
}

void add_again(CLI::App& wallet, Chosen& chosen, const std::string& name, const std::string& what,
               WalletAgain::How how) {
    add_wallet_command<WalletAgain>(
        wallet, chosen, name, what,
        [how](CLI::App& app, WalletAgain& command) {
            command.how = how;
            app.add_option("ID", command.id, "Of the transaction, or its first digits")->required()->type_name("");
            if (how == WalletAgain::How::resend) return;
            app.add_option("--gas-price", command.gas_price, "Lux for each gas (a tenth more)")->type_name("LUX");
            add_sending(app, command.send);
            add_proving(app, command.send);
        },
        wallet_again);
}

}  // namespace

void add_wallet_pay_commands(CLI::App& wallet, Chosen& chosen) {
    add_payments(wallet, chosen);
    add_stake(wallet, chosen, "stake", "Stake, to take part in consensus; adds to a stake", BuildStake::Action::stake);
    add_stake(wallet, chosen, "unstake", "Take out of the stake", BuildStake::Action::unstake);
    add_stake(wallet, chosen, "claim", "Take out the rewards of the stake", BuildStake::Action::withdraw);
    add_contracts(wallet, chosen);
    add_blobs(wallet, chosen);
    using How = WalletAgain::How;
    add_again(wallet, chosen, "replace", "Offer a higher fee for a transaction that is pending", How::replace);
    add_again(wallet, chosen, "cancel", "Put a payment of nothing to yourself in its place", How::cancel);
    add_again(wallet, chosen, "resend", "Hand it to the node again", How::resend);
    add_wallet_command<WalletSign>(
        wallet, chosen, "sign", "Sign an order that was made elsewhere; no node is asked",
        [](CLI::App& app, WalletSign& command) {
            app.add_option("ORDER", command.order, "The file")->required()->type_name("");
            add_yes(app, command.send);
            add_proving(app, command.send);
            add_output(app, command.send);
        },
        wallet_sign);
    add_wallet_command<WalletSubmit>(
        wallet, chosen, "submit", "Send a signed transaction",
        [](CLI::App& app, WalletSubmit& command) {
            app.add_option("TRANSACTION", command.transaction, "A file, or hexadecimal digits")
                ->required()
                ->type_name("");
            add_sending(app, command.send);
        },
        [](const WalletSubmit& command, RandomSource& /*random*/, Executor& /*executor*/) {
            return wallet_submit(command);
        });
}

}  // namespace dusk::app
