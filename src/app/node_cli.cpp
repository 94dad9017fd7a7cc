#include "app/node_cli.hpp"

#include <memory>

#include "app/node_doctor.hpp"
#include "app/node_run.hpp"

namespace dusk::app {
namespace {

constexpr const char* kFooter =
    R"(A node needs a folder, the first state of its network and, to produce blocks, the keys of a provisioner
with a stake. Without keys it follows the chain.

  [chain]
  db_path = "/var/lib/dusk"
  consensus_keys_path = "/etc/dusk/consensus.keys"
  genesis_file = "/etc/dusk/genesis.toml"

The password of the keys is taken from DUSK_CONSENSUS_KEYS_PASS. The keys of the released node's
configuration work; docs/operators/node.md explains all of them. The command line counts more than the
environment, and that more than the file.

How much of the past is kept is said by chain.mode:
  "full"     every block, and the contents of blobs for 86400 blocks (blob.expire_after); unless you say otherwise
  "archive"  every block and every blob
  "pruned"   the last chain.keep_blocks blocks behind the last final one (86400; at least 2160)

SIGINT and SIGTERM stop the node; a crash or a kill at any instant loses nothing that was final, and the
next start goes on by itself. SIGHUP reads the levels of the log again.

Exit status: 0 stopped as asked, 2 wrong usage, 3 wrong password, 4 damaged keys or configuration,
5 the folder or disk is missing, in use, damaged or full)";

void add_options(CLI::App& app, NodeOptions& options) {
    app.add_option("-c,--config", options.config, "The configuration file")
        ->type_name("FILE")
        ->envname("RUSK_CONFIG_TOML");
    app.add_option("--log-level", options.log_level, "trace, debug, info, warn, error, off")->type_name("LEVEL");
    app.add_option("--log-type", options.log_type, "coloured, plain or json")
        ->type_name("TYPE")
        ->check(CLI::IsMember({"coloured", "plain", "json"}));
    app.add_option("--log-filter", options.log_filter, "Levels of modules: \"consensus=debug,http=off\"")
        ->type_name("LEVELS");
    app.add_option("--db-path", options.db_path, "The folder of the node")->type_name("DIR");
    app.add_option("--consensus-keys-path", options.consensus_keys_path, "The keys of the provisioner")
        ->type_name("FILE");
    app.add_option("--http-listen-addr", options.http_listen_addr, "Where HTTP is served")->type_name("ADDRESS");
    app.add_option("--kadcast-public-address", options.kadcast_public_address, "What others reach the node by")
        ->type_name("ADDRESS");
    app.add_option("--kadcast-listen-address", options.kadcast_listen_address, "Where it listens, if elsewhere")
        ->type_name("ADDRESS");
    app.add_option("--kadcast-bootstrap", options.kadcast_bootstrap, "Nodes to begin with")->type_name("ADDRESS...");
}

}  // namespace

void add_node_commands(CLI::App& dusk, Chosen& chosen) {
    CLI::App* node = dusk.add_subcommand("node", "Run a node: a provisioner, or one that follows");
    const auto options = std::make_shared<NodeOptions>();
    add_options(*node, *options);
    node->add_flag("--json", chosen.json, "Print errors as one JSON object");
    node->require_subcommand(0, 1);
    node->callback([node, &chosen, options] {
        if (node->get_subcommands().empty()) chosen.command = [options] { return run_node(*options); };
    });
    CLI::App* doctor = node->add_subcommand("doctor", "Look whether everything that a node needs is in order");
    const auto doctor_options = std::make_shared<NodeOptions>();
    add_options(*doctor, *doctor_options);
    doctor->add_flag("--json", chosen.json, "Print one JSON object");
    doctor->callback(
        [&chosen, doctor_options] { chosen.command = [doctor_options] { return examine_node(*doctor_options); }; });
    node->footer(kFooter);
}

}  // namespace dusk::app
