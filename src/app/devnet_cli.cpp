#include "app/devnet_cli.hpp"

#include <memory>

#include "app/devnet_load.hpp"
#include "app/devnet_run.hpp"

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
  dusk devnet --keep --folder my-net      one that is there tomorrow
  dusk devnet load --count 200            transfers between the test wallets of the devnet that runs)";

void add_load_command(CLI::App& devnet, Chosen& chosen) {
    CLI::App* load = devnet.add_subcommand("load", "Send transfers to a devnet that runs, and follow them");
    const auto options = std::make_shared<DevnetLoad>();
    load->add_option("--folder", options->folder, "The devnet's folder")->type_name("DIR")->capture_default_str();
    load->add_option("--count", options->count, "Transfers")->type_name("N")->capture_default_str();
    load->add_option("--rate", options->rate, "Transfers a second")
        ->type_name("N")
        ->check(CLI::Range(0.01, 10000.0))
        ->capture_default_str();
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

}  // namespace

void add_devnet_commands(CLI::App& dusk, Chosen& chosen) {
    CLI::App* devnet = dusk.add_subcommand("devnet", "A network of provisioners on this machine");
    const auto options = std::make_shared<DevnetOptions>();
    devnet->add_option("--folder", options->folder, "Where everything is kept")
        ->type_name("DIR")
        ->capture_default_str();
    devnet->add_option("-n,--nodes", options->nodes, "Provisioners (4)")->type_name("N")->check(CLI::Range(1u, 100u));
    devnet->add_option("--block-time", options->block_time, "Seconds from block to block, at least (3)")
        ->type_name("SECONDS")
        ->check(CLI::Range(1u, 3600u));
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
    devnet->add_option("--log-filter", options->log_filter, "Levels of the nodes' logs: \"info,consensus=debug\"")
        ->type_name("LEVELS");
    devnet->add_flag("--plain", options->plain, "Lines instead of a picture, on a terminal too");
    devnet->add_flag("--json", chosen.json, "Print errors as one JSON object");
    devnet->require_subcommand(0, 1);
    devnet->callback([devnet, &chosen, options] {
        if (devnet->get_subcommands().empty()) chosen.command = [options] { return run_devnet(*options); };
    });
    add_load_command(*devnet, chosen);
    devnet->footer(kFooter);
}

}  // namespace dusk::app
