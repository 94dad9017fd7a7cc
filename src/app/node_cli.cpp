#include "app/node_cli.hpp"

#include <memory>

#include "app/node_doctor.hpp"
#include "app/node_health.hpp"
#include "app/node_run.hpp"
#include "app/node_snapshot.hpp"
#include "node/thread_pool.hpp"

namespace dusk::app {
namespace {

constexpr const char* kFooter =
    R"(A node needs a folder, the first state of its network and, to produce blocks, the keys of a provisioner
with a stake. Without keys it follows the chain.

  [chain]
  db_path = "/var/lib/dusk/node"
  consensus_keys_path = "/etc/dusk/consensus.keys"
  genesis_file = "/etc/dusk/genesis.toml"

The password of the keys is taken from DUSK_CONSENSUS_KEYS_PASS. The keys of the released node's
configuration work; docs/operate/node.md explains all of them. The command line counts more than the
environment, and that more than the file.

How much of the past is kept is said by chain.mode:
  "full"     every block, and the contents of blobs for 86400 blocks (blob.expire_after); unless you say otherwise
  "archive"  every block and every blob
  "pruned"   the last chain.keep_blocks blocks behind the last final one (86400; at least 2160)

SIGINT and SIGTERM stop the node; a crash or a kill at any instant loses nothing that was final, and the
next start goes on by itself. SIGHUP reads the levels of the log and the certificate again.

Examples:
  dusk node doctor --config node.toml              look first: folder, keys, ports, clock
  dusk node --config node.toml                     run it until SIGINT or SIGTERM
  dusk node --config node.toml --log-level debug   the same, and tell more
  dusk node health --ready                         whether a running one is in step with the chain

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
    app.add_flag("--no-archive-backfill", options.no_archive_backfill,
                 "The archive leaves blocks from before it was enabled alone instead of executing them anew");
}

// What says where the node is.
void add_folder_options(CLI::App& app, NodeOptions& options, Chosen& chosen) {
    app.add_option("-c,--config", options.config, "The configuration file of the node")
        ->type_name("FILE")
        ->envname("RUSK_CONFIG_TOML");
    app.add_option("--db-path", options.db_path, "The folder of the node")->type_name("DIR");
    app.add_flag("--json", chosen.json, "Print one JSON object, errors too");
}

constexpr const char* kSnapshotFooter =
    R"(A snapshot is the state of a node at its last final block, so that another node begins there instead of executing
the chain from its first block. It has an epoch of headers and no transactions.

  dusk node snapshot export state.snap --config node.toml                on a node that was stopped
  dusk node snapshot info state.snap                                     which block it is of
  dusk node snapshot import state.snap --config node.toml --trusted-block HASH
                                                                         into a folder that is not there yet, or empty

The import checks all that the file can show: checksums, hashes, that the state has the root of its block, network and
first block, and that the stakes in the state have attested the block. Stakes that somebody made up attest as well:
--trusted-block names the hash of the block, which you ask of a node or explorer that you trust. docs/operate/node.md
says more.

Exit status: as for `dusk node`; 4: the file is damaged, of another network, or not of the trusted block)";

void add_snapshot_commands(CLI::App& parent, Chosen& chosen) {
    CLI::App* snapshot = parent.add_subcommand("snapshot", "The state of a node as a file, to begin another one with");
    snapshot->require_subcommand(1);

    const auto exported = std::make_shared<SnapshotExport>();
    CLI::App* app = snapshot->add_subcommand("export", "Write the state at the last final block");
    app->add_option("FILE", exported->file, "The file to write")->required()->type_name("");
    app->add_flag_callback(
        "--force", [exported] { exported->overwrite = Overwrite::allow; }, "Replace an existing file");
    add_folder_options(*app, exported->node, chosen);
    app->callback([&chosen, exported] {
        chosen.command = [exported] {
            node::ThreadPool threads;
            return export_snapshot(*exported, threads);
        };
    });

    const auto imported = std::make_shared<SnapshotImport>();
    app = snapshot->add_subcommand("import", "Make the folder of a new node of it");
    app->add_option("FILE", imported->file, "The snapshot")->required()->type_name("");
    app->add_option("--trusted-block", imported->trusted_block, "The hash that its block must have")->type_name("HASH");
    add_folder_options(*app, imported->node, chosen);
    app->callback([&chosen, imported] {
        chosen.command = [imported] {
            node::ThreadPool threads;
            return import_snapshot(*imported, threads);
        };
    });

    const auto file = std::make_shared<std::filesystem::path>();
    app = snapshot->add_subcommand("info", "Say which block a snapshot is of");
    app->add_option("FILE", *file, "The snapshot")->required()->type_name("");
    app->add_flag("--json", chosen.json, "Print one JSON object, errors too");
    app->callback([&chosen, file] { chosen.command = [file] { return snapshot_info(*file); }; });
    snapshot->footer(kSnapshotFooter);  // after the commands, which would inherit it
}

void add_health_command(CLI::App& node, Chosen& chosen) {
    CLI::App* app = node.add_subcommand("health", "Ask a running node whether it works: exit status 0, else 1");
    const auto command = std::make_shared<NodeHealth>();
    app->add_option("--node", command->node, "HTTP address of the node")->type_name("URL")->capture_default_str();
    app->add_option("--ca", command->authorities,
                    "Certificates (PEM) that https is trusted by, instead of the system's")
        ->type_name("FILE")
        ->check(CLI::ExistingFile);
    app->add_flag("--ready", command->ready, "Only well when it is in step with the chain");
    app->add_flag("--json", chosen.json, "Print one JSON object, errors too");
    app->callback([&chosen, command] { chosen.command = [command] { return ask_health(*command); }; });
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
    add_health_command(*node, chosen);
    add_snapshot_commands(*node, chosen);
    node->footer(kFooter);
}

}  // namespace dusk::app
