#include "app/db_cli.hpp"

#include <memory>

#include "app/archive_backfill.hpp"
#include "app/db_archive.hpp"
#include "app/db_chain.hpp"
#include "app/db_commands.hpp"
#include "node/thread_pool.hpp"

namespace dusk::app {
namespace {

constexpr const char* kChainFooter =
    R"(DIR is the folder of the node: that of chain.db_path. Stop the node first; nothing in the folder is changed.

  dusk db chain info DIR                      tip, last final block, what is kept, sizes
  dusk db chain check DIR                     reads every block and compares hashes, roots and indexes
  dusk db chain export DIR blocks.jsonl       blocks for `dusk chain exec`, which executes all of them again:
  dusk chain exec --genesis genesis.toml --blocks blocks.jsonl

Exit status: as for `dusk db`; 4: something is not as it was written.)";

constexpr const char* kFooter =
    R"(A node keeps the state of its contracts in a folder of its own: a log of commits, files of pages and the
bytecodes. One program has it open at a time, so stop the node before you use these commands.

What was committed is there after a crash, a kill or a loss of power. When a disk fails:
  1. dusk db check DIR        reads everything and says what is damaged, changing nothing
  2. copy the folder          repairing changes it
  3. dusk db repair DIR       keeps every commit that is whole, with its root and all its contents, and says
                              which ones it had to drop. A node fetches from its peers what it lacks then

The chain itself, blocks and what belongs to them, lies beside it: `dusk db chain --help`. To begin with the state
of another node, see `dusk node snapshot --help`. What contracts reported: `dusk db archive --help`.

To move a state to another machine, or to keep a copy:
  dusk db stats DIR                        the main state and the commits
  dusk db export DIR state.zst             the main state as one compressed file
  dusk db export DIR state.zst --state HEX another one
  dusk db import DIR state.zst             into a store, which is made where there is none. A file that is
                                           damaged, cut short or does not have its root changes nothing

Exit status:
  0 done                    4 a store or file is damaged, refused, or of another kind
  1 something else failed   5 a file is missing, unreadable, in use or cannot be written
  2 wrong usage)";

void add_path(CLI::App& app, std::filesystem::path& path, const std::string& name, const std::string& what) {
    app.add_option(name, path, what)->required()->type_name("");
}

// `run` gets the command and all threads of the machine.
template <class Command, class Describe, class Run>
void add_command(CLI::App& db, Chosen& chosen, const std::string& name, const std::string& what, Describe describe,
                 Run run, const std::string& folder = "The folder of the state store") {
    CLI::App* app = db.add_subcommand(name, what);
    const auto command = std::make_shared<Command>();
    add_path(*app, command->folder, "DIR", folder);
    describe(*app, *command);
    app->add_flag("--json", chosen.json, "Print one JSON object, errors too");
    app->callback([&chosen, command, run] {
        chosen.command = [command, run] {
            node::ThreadPool threads;
            return run(*command, threads);
        };
    });
}

void add_commands_of_chain(CLI::App& db, Chosen& chosen) {
    CLI::App* chain = db.add_subcommand("chain", "The blocks of a node: what is there, check, export");
    chain->require_subcommand(1);
    const std::string folder = "The folder of the node";
    add_command<DbChain>(
        *chain, chosen, "info", "Show tip, last final block, what is kept and how much room it takes",
        [](CLI::App&, DbChain&) {}, chain_info, folder);
    add_command<DbChainCheck>(
        *chain, chosen, "check", "Read every block and compare hashes, roots and indexes",
        [](CLI::App& app, DbChainCheck& command) {
            app.add_flag("--full", command.full, "Read the stakes too, and verify the attestation of the tip");
        },
        check_chain_of, folder);
    add_command<DbChainExport>(
        *chain, chosen, "export", "Write blocks as a file for `dusk chain exec`",
        [](CLI::App& app, DbChainExport& command) {
            add_path(app, command.out, "OUT", "The file to write");
            app.add_option("--from", command.from, "The first height, else the lowest that is here")
                ->type_name("HEIGHT");
            app.add_option("--to", command.to, "The last height, else the tip")->type_name("HEIGHT");
            app.add_flag_callback(
                "--force", [&command] { command.overwrite = Overwrite::allow; }, "Replace an existing file");
        },
        export_chain, folder);
    chain->footer(kChainFooter);  // after the commands, which would inherit it
}

constexpr const char* kArchiveFooter =
    R"(DIR is the folder of a node with archive.enabled = true, the file in it, or "postgresql://..." as in
archive.database. The node may run meanwhile; what is final is read.

  dusk db archive info dusk-data
  dusk db archive export dusk-data events.csv
  dusk db archive export dusk-data mine.csv --account KEY          all about one public account
  dusk db archive export dusk-data stakes.json --contract 0200...00 --topic stake
  dusk db archive backfill --config node.toml     blocks from before the archive was enabled; stop the node first

A line is an event: its number, block, origin (a transaction, or the block), contract, topic, data in hexadecimal.

Exit status: as for `dusk db`.)";

void add_commands_of_archive(CLI::App& db, Chosen& chosen) {
    CLI::App* archive = db.add_subcommand("archive", "What contracts reported: how much is there, as CSV or JSON");
    archive->require_subcommand(1);
    const std::string place = "The folder of the node, a file, or postgresql://...";
    add_command<DbArchive>(
        *archive, chosen, "info", "Show how far it is and what is in it", [](CLI::App&, DbArchive&) {}, archive_info,
        place);
    add_command<DbArchiveExport>(
        *archive, chosen, "export", "Write events as CSV or JSON lines",
        [](CLI::App& app, DbArchiveExport& command) {
            add_path(app, command.out, "OUT", "The file to write");
            app.add_option("--format", command.format, "csv or json; else as the name of the file ends")
                ->type_name("FORMAT")
                ->check(CLI::IsMember({"csv", "json"}));
            app.add_option("--account", command.account, "Transactions by which this account paid or was paid")
                ->type_name("KEY");
            app.add_option("--contract", command.contract, "Events of this contract")->type_name("ID");
            app.add_option("--topic", command.topic, "Of these, with this topic")->type_name("TOPIC");
            app.add_option("--from", command.from, "The first height")->type_name("HEIGHT");
            app.add_option("--to", command.to, "The last height")->type_name("HEIGHT");
            app.add_flag_callback(
                "--force", [&command] { command.overwrite = Overwrite::allow; }, "Replace an existing file");
        },
        export_archive, place);
    const auto backfill = std::make_shared<ArchiveBackfill>();
    CLI::App* app = archive->add_subcommand("backfill", "Execute blocks from before the archive was enabled");
    app->add_option("-c,--config", backfill->node.config, "The configuration file of the node, which is stopped")
        ->type_name("FILE")
        ->envname("RUSK_CONFIG_TOML");
    app->add_option("--db-path", backfill->node.db_path, "The folder of the node")->type_name("DIR");
    app->add_option("--snapshot", backfill->snapshot, "That the node began with: its state is where it begins")
        ->type_name("FILE");
    app->add_flag("--json", chosen.json, "Print one JSON object, errors too");
    app->callback([&chosen, backfill] {
        chosen.command = [backfill] {
            node::ThreadPool threads;
            return backfill_archive(*backfill, threads);
        };
    });
    archive->footer(kArchiveFooter);  // after the commands, which would inherit it
}

}  // namespace

void add_db_commands(CLI::App& dusk, Chosen& chosen) {
    CLI::App* db = dusk.add_subcommand("db", "What a node keeps, states, chain and archive: check, repair, move");
    db->require_subcommand(1);
    const auto nothing_more = [](CLI::App&, DbFolder&) {};
    add_command<DbFolder>(*db, chosen, "check", "Read and verify everything, changing nothing", nothing_more, check_db);
    add_command<DbFolder>(*db, chosen, "repair", "Leave out what is damaged and keep what is whole", nothing_more,
                          repair_db);
    add_command<DbFolder>(*db, chosen, "stats", "Show the commits and what takes room", nothing_more, db_stats);
    add_command<DbFolder>(*db, chosen, "compact", "Give room back to the disk", nothing_more, compact_db);
    add_command<DbExport>(
        *db, chosen, "export", "Write one state as one compressed file",
        [](CLI::App& app, DbExport& command) {
            add_path(app, command.out, "OUT", "The file to write");
            app.add_option("--state", command.state, "The commit, in hex; else the main state")->type_name("HEX");
            app.add_flag_callback(
                "--force", [&command] { command.overwrite = Overwrite::allow; }, "Replace an existing file");
        },
        export_db);
    add_command<DbImport>(
        *db, chosen, "import", "Put an exported state into a store, as a commit",
        [](CLI::App& app, DbImport& command) { add_path(app, command.file, "FILE", "The exported state"); }, import_db);
    add_commands_of_chain(*db, chosen);
    add_commands_of_archive(*db, chosen);
    db->footer(kFooter);  // after the commands, which would inherit it
}

}  // namespace dusk::app
