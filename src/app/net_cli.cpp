#include "app/net_cli.hpp"

#include <memory>

#include "app/net_commands.hpp"

namespace dusk::app {
namespace {

constexpr const char* kFooter =
    R"(Nodes speak Kadcast over UDP. `ping` speaks it itself, to any node of the network; the other commands ask a running
node of this program over HTTP what it sees, by default the one at 127.0.0.1:8080.

Examples:
  dusk net ping node.example:9000 --network rusk    does it answer, how fast, and what is it
  dusk net peers --node 127.0.0.1:8081              whom a node knows
  dusk net table                                    how they fill its buckets
  dusk net traffic                                  what came and went, and what was dropped
  dusk net trace                                    messages as they come and go
  dusk net trace --devnet dusk-devnet               the way of each message through a devnet

docs/operate/network.md explains ports, firewalls, NAT and the counters.

Exit status: 0 well, 1 no answer or not a node, 2 wrong usage)";

constexpr const char* kPingFooter =
    R"(Makes an identity for an address of this machine (0.1 s of work), sends Kadcast pings and waits for the answers. The
node sees the address and may keep it in its table for a short while.

A node answers only to who is of its network (--network), to the address that the question names. So the answer needs a
way in: on a machine with a firewall open a UDP port and name it with --listen; behind NAT forward it and name the
address that others see with --public as well.

Examples:
  dusk net ping 127.0.0.1:9100                                  a node of a devnet on this machine
  dusk net ping node.example:9000 --network 1                   any network by its number
  dusk net ping 203.0.113.7:9000 --listen 0.0.0.0:9009 --public 198.51.100.4:9009

Exit status: 0 it answered, 1 it did not (what to look at is printed), 2 wrong usage)";

constexpr const char* kTraceFooter =
    R"(With one node a line is one message as it saw it: when its first part came, its kind, the beginning of its ray id (by
which it is the same everywhere), its size; who sent the part that completed it and with which height (0: to this node
alone), how many parts were needed and in which time, and how many came when nobody needed them any more.

With several nodes (--node more than once, or --devnet) a line is a message on its way: how many nodes had it after which
time, and for each node the time after the first, and its parts. A message is shown a second after it was heard of.

Times are UTC. Those of several machines compare as well as their clocks.

Examples:
  dusk net trace --node 127.0.0.1:8080 --kind candidate
  dusk net trace --devnet dusk-devnet --seconds 30 --json > trace.jsonl)";

void add_where(CLI::App& app, NetNodes& nodes, bool several) {
    auto* node = app.add_option(
        "--node", nodes.http,
        several ? "HTTP address of a node; may come again" : "HTTP address of the node (127.0.0.1:8080)");
    node->type_name("ADDRESS")->expected(several ? -1 : 1);
    app.add_option("--devnet", nodes.devnet,
                   several ? "All nodes of the devnet in this folder" : "The first node of the devnet in this folder")
        ->type_name("DIR")
        ->excludes(node);
}

void add_ping(CLI::App& net, Chosen& chosen) {
    CLI::App* app = net.add_subcommand("ping", "Ask a node for a sign of life, over Kadcast");
    const auto options = std::make_shared<NetPing>();
    app->add_option("ADDRESS", options->address, "Public address of the node, or a name, with its port")
        ->required()
        ->type_name("");
    app->add_option("--network", options->network, "devnet, rusk, or the number of a network")
        ->type_name("NETWORK")
        ->capture_default_str();
    app->add_option("--count", options->count, "Pings")
        ->type_name("N")
        ->check(CLI::Range(1U, 1000U))
        ->capture_default_str();
    app->add_option("--patience", options->patience, "Milliseconds to wait for each answer")
        ->type_name("MS")
        ->check(CLI::Range(1U, 60'000U))
        ->capture_default_str();
    app->add_option("--listen", options->listen_address, "Where the answer comes in (a free port)")
        ->type_name("ADDRESS");
    app->add_option("--public", options->public_address, "What the node reaches that by, behind NAT")
        ->type_name("ADDRESS");
    app->add_flag("--json", chosen.json, "Print one JSON object, errors too");
    app->footer(kPingFooter);
    app->callback([&chosen, options] { chosen.command = [options] { return ping(*options); }; });
}

void add_views(CLI::App& net, Chosen& chosen) {
    const auto nodes = std::make_shared<NetNodes>();
    const auto with_silent = std::make_shared<bool>(false);
    CLI::App* peers = net.add_subcommand("peers", "The nodes that a node knows, and how far they are");
    add_where(*peers, *nodes, false);
    peers->add_flag("--all", *with_silent, "Those that were not heard for a while as well");
    peers->add_flag("--json", chosen.json, "Print one JSON object, errors too");
    peers->callback([&chosen, nodes, with_silent] {
        chosen.command = [nodes, with_silent] { return show_peers(*nodes, *with_silent); };
    });

    const auto table_nodes = std::make_shared<NetNodes>();
    CLI::App* table = net.add_subcommand("table", "The buckets of a node's routing table");
    add_where(*table, *table_nodes, false);
    table->add_flag("--json", chosen.json, "Print one JSON object, errors too");
    table->callback([&chosen, table_nodes] { chosen.command = [table_nodes] { return show_table(*table_nodes); }; });

    const auto traffic_nodes = std::make_shared<NetNodes>();
    CLI::App* traffic = net.add_subcommand("traffic", "What a node received, sent and dropped since its start");
    add_where(*traffic, *traffic_nodes, false);
    traffic->add_flag("--json", chosen.json, "Print one JSON object, errors too");
    traffic->callback(
        [&chosen, traffic_nodes] { chosen.command = [traffic_nodes] { return show_traffic(*traffic_nodes); }; });
}

void add_trace(CLI::App& net, Chosen& chosen) {
    CLI::App* app = net.add_subcommand("trace", "Messages as they come, go, and spread over nodes");
    const auto options = std::make_shared<NetTrace>();
    add_where(*app, options->nodes, true);
    app->add_option("--kind", options->kind,
                    "One kind only: candidate, validation, ratification, quorum, transaction ...")
        ->type_name("KIND");
    app->add_option("--seconds", options->seconds, "End after so long (runs until Ctrl-C)")
        ->type_name("SECONDS")
        ->check(CLI::Range(0.1, 1e9));
    app->add_option("--count", options->count, "End after so many messages")->type_name("N");
    app->add_flag("--past", options->past, "Begin with what the nodes remember");
    app->add_flag("--json", options->json, "A JSON object in each line");
    app->footer(kTraceFooter);
    app->callback([&chosen, options] {
        chosen.command = [&chosen, options] {
            auto result = trace_network(*options);
            chosen.json = options->json && !result;  // what was traced is printed already
            return result;
        };
    });
}

}  // namespace

void add_net_commands(CLI::App& dusk, Chosen& chosen) {
    CLI::App* net = dusk.add_subcommand("net", "Look at the network of nodes: ping, peers, table, traffic, trace");
    net->require_subcommand(1);
    add_ping(*net, chosen);
    add_views(*net, chosen);
    add_trace(*net, chosen);
    net->footer(kFooter);  // after the commands, which would inherit it
}

}  // namespace dusk::app
