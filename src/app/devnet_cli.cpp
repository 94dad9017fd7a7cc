#include "app/devnet_cli.hpp"

#include <memory>

#include "app/devnet_activity.hpp"
#include "app/devnet_faucet.hpp"
#include "app/devnet_load.hpp"
#include "app/devnet_run.hpp"
#include "crypto/os_random.hpp"
#include "node/thread_pool.hpp"

namespace dusk::app {
namespace {

constexpr const char* kFooter =
    R"(A devnet is a whole network on this machine: real nodes, each a process with keys, a stake of
1 000 000 DUSK and a folder of its own. Its first state also funds test wallets, whose recovery phrases
are printed and stand in docs/genesis.md.

Without --keep everything goes when it stops. With --keep the folder stays, and the next start with
--keep goes on where it was; the time of its first block and the block time stay as they were.

Examples:
  dusk devnet                             four nodes, a block every three seconds
  dusk devnet --nodes 7 --block-time 1    seven nodes, as fast as blocks may be
  dusk devnet --instant                   for contract developers: each transaction is final at once
  dusk devnet --keep --folder my-net      one that is there tomorrow
  dusk devnet faucet ADDRESS              1000 DUSK for an account or a shielded address
  dusk devnet --archive --prover --activity   something to see: history, proofs, people who pay
  dusk devnet load --count 200            transfers between the test wallets of the devnet that runs)";

constexpr const char* kFaucetFooter =
    R"(The faucet is an account of the devnet's first state with 10 000 000 DUSK in public and as much in notes. It pays an
address at most 10 000 DUSK in ten minutes, and all together 100 000; what it paid is kept in the folder of the devnet,
and a refusal says how long to wait. Whoever reads that folder has the faucet's phrase: the limits keep scripts from
emptying it, not people.

A shielded address is paid by notes with a proof, which takes seconds, and half a minute more the first time.

Examples:
  curl http://127.0.0.1:8080/faucet -d '{"address": "ADDRESS"}'      over HTTP, from a node of the devnet
  dusk devnet faucet ACCOUNT
  dusk devnet faucet ADDRESS --amount 50 --folder my-net)";

void add_load_command(CLI::App& devnet, Chosen& chosen) {
    CLI::App* load = devnet.add_subcommand("load", "Send transfers to a devnet that runs, and follow them");
    const auto options = std::make_shared<DevnetLoad>();
    load->add_option("--folder", options->folder, "The devnet's folder")->type_name("DIR")->capture_default_str();
    load->add_option("--count", options->count, "Transfers")->type_name("N")->capture_default_str();
    load->add_option("--blocks", options->blocks, "End sooner, when so many blocks in a row had transactions")
        ->type_name("N");
    auto* rate = load->add_option("--rate", options->rate, "Transfers a second");
    rate->type_name("N")->check(CLI::Range(0.01, 10000.0))->capture_default_str();
    load->add_flag("--in-turn", options->in_turn, "Each when the one before is final, instead of a rate")
        ->excludes(rate);
    load->add_option("--accounts", options->accounts, "Test wallets that take part")
        ->type_name("N")
        ->check(CLI::Range(std::size_t{2}, std::size_t{1000}))
        ->capture_default_str();
    load->add_option("--patience", options->patience, "Seconds that the last transfer may take")
        ->type_name("SECONDS")
        ->capture_default_str();
    load->add_flag("--json", chosen.json, "Print one JSON object");
    load->callback([&chosen, options] { chosen.command = [options] { return load_devnet(*options); }; });
}

void add_activity_command(CLI::App& devnet, Chosen& chosen) {
    CLI::App* activity = devnet.add_subcommand("activity", "Let test wallets of a devnet that runs do what people do");
    const auto options = std::make_shared<DevnetActivity>();
    activity->add_option("--folder", options->folder, "The devnet's folder")->type_name("DIR")->capture_default_str();
    activity->add_option("--pace", options->pace, "Seconds between public transactions, on average")
        ->type_name("SECONDS")
        ->check(CLI::Range(0.1, 86400.0))
        ->capture_default_str();
    activity
        ->add_option("--private-pace", options->private_pace, "The same of shielded ones, which take a proof; 0: none")
        ->type_name("SECONDS")
        ->check(CLI::Range(0.0, 86400.0))
        ->capture_default_str();
    activity->add_option("--prover", options->prover, "host:port of a `dusk prover` (this process proves)")
        ->type_name("ADDRESS");
    activity->add_option("--count", options->count, "End after so many (when it is stopped)")->type_name("N");
    activity->add_flag("--json", chosen.json, "Print errors as one JSON object");
    activity->callback([&chosen, options] { chosen.command = [options] { return run_devnet_activity(*options); }; });
}

void add_faucet_command(CLI::App& devnet, Chosen& chosen) {
    CLI::App* faucet = devnet.add_subcommand("faucet", "Pay somebody out of the faucet of a devnet that runs");
    const auto options = std::make_shared<DevnetFaucet>();
    faucet->add_option("address", options->address, "A public account, or a shielded address")
        ->required()
        ->type_name("ADDRESS");
    faucet->add_option("--amount", options->amount, "How much, in DUSK")->type_name("DUSK")->capture_default_str();
    faucet->add_option("--folder", options->folder, "The devnet's folder")->type_name("DIR")->capture_default_str();
    faucet->add_option("--patience", options->patience, "Seconds until the payment must be final")
        ->type_name("SECONDS")
        ->capture_default_str();
    faucet->add_flag("--json", chosen.json, "Print one JSON object, errors too");
    faucet->callback([&chosen, options] {
        chosen.command = [options] {
            crypto::OsRandom random;
            node::ThreadPool threads;
            return pay_from_faucet(*options, random, threads);
        };
    });
    faucet->footer(kFaucetFooter);
}

}  // namespace

void add_devnet_commands(CLI::App& dusk, Chosen& chosen) {
    CLI::App* devnet = dusk.add_subcommand("devnet", "A network of provisioners on this machine");
    const auto options = std::make_shared<DevnetOptions>();
    devnet->add_option("--folder", options->folder, "Where everything is kept")
        ->type_name("DIR")
        ->capture_default_str();
    auto* nodes = devnet->add_option("-n,--nodes", options->nodes, "Provisioners (4)");
    nodes->type_name("N")->check(CLI::Range(1u, 100u));
    auto* pace = devnet->add_option("--block-time", options->block_time, "Seconds from block to block, at least (3)");
    pace->type_name("SECONDS")->check(CLI::Range(1u, 3600u));
    devnet->add_flag("--instant", options->instant, "One node: a block at once for each transaction, else none")
        ->excludes(nodes)
        ->excludes(pace);
    devnet->add_option("--accounts", options->accounts, "Test wallets with funds (10)")
        ->type_name("N")
        ->check(CLI::Range(1u, 1000u));
    devnet->add_flag("--keep", options->keep, "Keep the folder, and go on with one that was kept");
    devnet->add_flag("--fresh", options->fresh, "Replace what was kept");
    devnet->add_option("--port-base", options->port_base, "Port of the first node, the others follow")
        ->type_name("PORT")
        ->capture_default_str();
    devnet->add_option("--http-port-base", options->http_port_base, "The same for HTTP")
        ->type_name("PORT")
        ->capture_default_str();
    devnet->add_flag("--archive", options->archive,
                     "Nodes answer questions about the past: history of accounts, events");
    devnet->add_flag("--prover", options->prover, "A process that proves for clients, with low priority");
    devnet->add_flag("--activity", options->activity, "Test wallets pay each other, stake and call a contract");
    devnet->add_option("--log-filter", options->log_filter, "Levels of the nodes' logs: \"info,consensus=debug\"")
        ->type_name("LEVELS");
    devnet->add_flag("--plain", options->plain, "Lines instead of a picture, on a terminal too");
    devnet->add_flag("--json", chosen.json, "Print errors as one JSON object");
    devnet->require_subcommand(0, 1);
    devnet->callback([devnet, &chosen, options] {
        if (devnet->get_subcommands().empty()) chosen.command = [options] { return run_devnet(*options); };
    });
    add_load_command(*devnet, chosen);
    add_activity_command(*devnet, chosen);
    add_faucet_command(*devnet, chosen);
    devnet->footer(kFooter);
}

}  // namespace dusk::app
