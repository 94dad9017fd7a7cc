#include "app/node_snapshot.hpp"

#include <fmt/core.h>

#include "app/db_store.hpp"
#include "app/export_file.hpp"
#include "app/snapshot_file.hpp"
#include "app/stopped_chain.hpp"
#include "chain/header_rules.hpp"
#include "ledger/hex_name.hpp"
#include "vm/store/state_export.hpp"

// Export and description; the import is in snapshot_import.cpp.
namespace dusk::app {
namespace {

using ledger::Height;

Result<ledger::Block, Failure> past_block(storage::ChainStore& blocks, Height height) {
    auto header = header_at(blocks, height);
    if (!header) return fail(std::move(header).error());
    auto faults = blocks.faults_of(height);
    if (!faults) return fail(failure_of(faults.error()));
    return ledger::Block{.header = *std::move(header), .transactions = {}, .faults = *std::move(faults)};
}

Result<chain::ChainSnapshot, Failure> take_snapshot(storage::ChainStore& blocks, const ledger::Network& network) {
    const auto final = last_final_header(blocks);
    if (!final) return fail(final.error());
    if (final->height == Height{0}) {
        return fail(Failure{.exit = ExitCode::failure,
                            .code = "nothing_final",
                            .message = "no block is final but the first one, which every node makes by itself"});
    }
    if (!chain::has_certificate(*final)) {
        return fail(Failure{.exit = ExitCode::failure,
                            .code = "nothing_final",
                            .message = std::string(to_string(chain::SnapshotError::unattested))});
    }
    const auto genesis = header_at(blocks, {0});
    if (!genesis) return fail(genesis.error());
    chain::ChainSnapshot out{
        .kadcast_id = network.kadcast_id, .chain_id = network.chain_id, .genesis = *genesis, .blocks = {}};
    for (Height at = chain::first_snapshot_block(final->height); at <= final->height; ++at.value) {
        auto block = past_block(blocks, at);
        if (!block) return fail(std::move(block).error());
        out.blocks.push_back(*std::move(block));
    }
    return out;
}

nlohmann::ordered_json snapshot_json(const chain::ChainSnapshot& snapshot) {
    const ledger::BlockHeader& last = snapshot.last();
    return {{"height", last.height.value},
            {"hash", hex(last.hash)},
            {"state_root", hex(last.state_root)},
            {"timestamp", last.timestamp},
            {"chain_id", static_cast<unsigned>(snapshot.chain_id)},
            {"genesis_hash", hex(snapshot.genesis.hash)},
            {"genesis_timestamp", snapshot.genesis.timestamp}};
}
std::string snapshot_text(const chain::ChainSnapshot& snapshot) {
    const ledger::BlockHeader& last = snapshot.last();
    return fmt::format("  block    {} {}\n  state    {}\n  genesis  {}\n", last.height.value, hex(last.hash),
                       hex(last.state_root), hex(snapshot.genesis.hash));
}

}  // namespace

CommandResult export_snapshot(const SnapshotExport& command, Executor& executor) {
    if (const auto free = ExportFile::may_write(command.file, command.overwrite); !free) return fail(free.error());
    const auto config = load_node_config(command.node);
    if (!config) return fail(config.error());
    const auto& folder = config->config.db_path;
    auto opened = open_stopped_chain(folder);
    if (!opened) return fail(opened.error());
    const auto snapshot = take_snapshot(*opened->blocks, *config->config.network);
    if (!snapshot) return fail(snapshot.error());
    const auto head = chain::encode_snapshot(*snapshot);
    if (!head) {
        return fail(
            Failure{.exit = ExitCode::failure, .code = "failure", .message = std::string(to_string(head.error()))});
    }
    const auto store = open_store(folder / "state", executor);
    if (!store) return fail(store.error());
    const auto state = (*store)->state(snapshot->last().state_root.bytes);
    if (!state) return fail(failure_of(state.error()));

    ProgressLine progress;
    progress.stage("writing pages");
    ExportFile file(command.file);
    if (const auto ready = file.open(); !ready) return fail(failure_of(ready.error()));
    if (const auto written = file.write(*head); !written) return fail(failure_of(written.error()));
    const auto report =
        vm::write_export(**store, **state, [&](ByteView bytes) { return file.write(bytes); }, shown_on(progress));
    if (!report) return fail(failure_of(report.error()));
    const std::uint64_t size = file.size();
    if (const auto placed = file.put_in_place(command.overwrite); !placed) return fail(placed.error());

    Outcome outcome{.text = fmt::format("Wrote {}\n{}  file     {}\n", command.file.string(), snapshot_text(*snapshot),
                                        size_text(size)),
                    .json = snapshot_json(*snapshot),
                    .warnings = config->warnings};
    outcome.json["file"] = command.file.string();
    outcome.json["file_bytes"] = size;
    return outcome;
}

CommandResult snapshot_info(const std::filesystem::path& path) {
    const auto file = SnapshotFile::open(path);
    if (!file) return fail(file.error());
    Outcome outcome{.text = fmt::format("Snapshot {}\n{}  file     {}\n", path.string(), snapshot_text(file->chain()),
                                        size_text(file->size())),
                    .json = snapshot_json(file->chain())};
    outcome.json["file"] = path.string();
    outcome.json["file_bytes"] = file->size();
    return outcome;
}

}  // namespace dusk::app
