#include "app/db_chain.hpp"

#include <fmt/core.h>

#include "app/db_store.hpp"
#include "app/export_file.hpp"
#include "app/stopped_chain.hpp"
#include "chain/contract_states.hpp"
#include "chain/head.hpp"
#include "consensus/bls_signatures.hpp"
#include "crypto/os_random.hpp"
#include "ledger/hex_name.hpp"
#include "storage/chain_check.hpp"
#include "storage/tables.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using ledger::Height;

std::uint64_t bytes_below(const fs::path& folder) {
    std::uint64_t out = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        std::error_code ignored;
        if (at->is_regular_file(ignored)) out += at->file_size(ignored);
    }
    return out;
}

// The lowest block that is here with its transactions; above the tip where none is.
Result<Height, Failure> first_whole_block(storage::ChainStore& blocks, Height tip) {
    const auto first = blocks.first_block();
    if (!first) return fail(failure_of(first.error()));
    for (Height at = first->value_or(Height{1}); at <= tip; ++at.value) {
        const auto header = header_at(blocks, at);
        if (!header) return fail(header.error());
        const auto block = blocks.block(header->hash);
        if (!block) return fail(failure_of(block.error()));
        if (*block) return at;
    }
    return Height{tip.value + 1};
}

Json block_json(const ledger::BlockHeader& header) {
    return {{"height", header.height.value},
            {"hash", hex(header.hash)},
            {"timestamp", header.timestamp},
            {"state_root", hex(header.state_root)}};
}
std::string block_text(const ledger::BlockHeader& header) {
    return fmt::format("{} {}", header.height.value, hex(header.hash));
}

}  // namespace

CommandResult chain_info(const DbChain& command, Executor& executor) {
    auto opened = open_stopped_chain(command.folder);
    if (!opened) return fail(opened.error());
    storage::ChainStore& blocks = *opened->blocks;
    const auto genesis = header_at(blocks, {0});
    if (!genesis) return fail(genesis.error());
    const auto final = last_final_header(blocks);
    if (!final) return fail(final.error());
    const auto first = blocks.first_block();
    if (!first) return fail(failure_of(first.error()));
    const auto whole = first_whole_block(blocks, opened->tip.height);
    if (!whole) return fail(whole.error());
    const std::uint64_t known = *first ? opened->tip.height.value - (*first)->value + 2 : 1;
    const auto store = open_store(command.folder / "state", executor);
    if (!store) return fail(store.error());
    const bool has_state = (*store)->state(opened->tip.state_root.bytes).has_value();

    Outcome outcome;
    Json states = Json::array();
    for (const vm::Hash& root : (*store)->commits()) states.push_back(hex_of(root));
    const std::uint64_t chain_bytes = bytes_below(command.folder / "chain");
    const std::uint64_t state_bytes = bytes_below(command.folder / "state");
    outcome.json = {{"format", storage::StoredFormat::kVersion},
                    {"genesis", block_json(*genesis)},
                    {"tip", block_json(opened->tip)},
                    {"final", block_json(*final)},
                    {"blocks", known},
                    {"first_block", *first ? Json((*first)->value) : Json(nullptr)},
                    {"first_whole_block", whole->value},
                    {"states", states},
                    {"tip_has_state", has_state},
                    {"chain_bytes", chain_bytes},
                    {"state_bytes", state_bytes}};
    outcome.text = fmt::format(
        "Chain of {}, format {}\n  genesis  {}\n  final    {}\n  tip      {}\n  blocks   {}, from {} on, with their "
        "transactions from {} on\n  chain    {}\n  states   {}\n",
        command.folder.string(), storage::StoredFormat::kVersion, block_text(*genesis), block_text(*final),
        block_text(opened->tip), known, first->value_or(Height{0}).value, whole->value, size_text(chain_bytes),
        size_text(state_bytes));
    for (const vm::Hash& root : (*store)->commits()) outcome.text += fmt::format("  state    {}\n", hex_of(root));
    if (!has_state) {
        outcome.warnings.emplace_back("the state of the tip is not there: the node executes blocks again at its start");
    }
    return outcome;
}

namespace {

void add(storage::ChainReport& report, std::optional<Height> height, std::string text) {
    ++report.problems;
    report.findings.push_back({height, std::move(text)});
}

// From the last final block up, one state at least has to be there.
Result<void, Failure> check_states(const StoppedChain& chain, const vm::Store& store, storage::ChainReport& report) {
    const auto final = last_final_header(*chain.blocks);
    if (!final) return fail(final.error());
    for (Height at = chain.tip.height;; --at.value) {
        const auto header = header_at(*chain.blocks, at);
        if (!header) return fail(header.error());
        if (store.state(header->state_root.bytes)) return {};
        if (at == final->height) break;
    }
    add(report, {}, "no state from the last final block up to the tip is in the state store");
    return {};
}

// As a node does at its start: the stakes come from the state of the tip.
Result<void, Failure> check_attestation(const StoppedChain& chain, const std::shared_ptr<vm::Machine>& machine,
                                        Executor& executor, storage::ChainReport& report) {
    ledger::Seed parent_seed{};
    if (chain.tip.height > Height{0}) {
        const auto parent = header_at(*chain.blocks, {chain.tip.height.value - 1});
        if (!parent) return fail(parent.error());
        parent_seed = parent->seed;
    }
    crypto::OsRandom random;
    chain::ContractStates states(machine, {}, nullptr, random, executor);
    consensus::BlsSignatures signatures;
    const auto head = chain::head_of(chain.tip, parent_seed, states, signatures);
    if (!head) add(report, chain.tip.height, head.error().text);
    return {};
}

Result<void, Failure> check_with_states(const DbChainCheck& command, const StoppedChain& chain, Executor& executor,
                                        storage::ChainReport& report) {
    const fs::path folder = command.folder / "state";
    if (!command.full) {
        const auto store = open_store(folder, executor);
        if (!store) return fail(store.error());
        return check_states(chain, **store, report);
    }
    auto machine = vm::Machine::open(folder, {.store = db_options(executor)});
    if (!machine) return fail(Failure{.exit = ExitCode::file, .code = "state", .message = machine.error().text});
    if (auto done = check_states(chain, (*machine)->store(), report); !done) return done;
    if (!(*machine)->store().state(chain.tip.state_root.bytes)) return {};
    return check_attestation(chain, *machine, executor, report);
}

}  // namespace

CommandResult check_chain_of(const DbChainCheck& command, Executor& executor) {
    auto opened = open_stopped_chain(command.folder);
    if (!opened) return fail(opened.error());
    ProgressLine progress;
    progress.stage("reading blocks");
    auto typed = storage::TypedStore::open(*opened->database);
    if (!typed) return fail(failure_of(typed.error()));
    auto report = storage::check_chain(*typed, shown_on(progress));
    if (!report) return fail(failure_of(report.error()));
    // Where blocks cannot be read there is no use in looking at their states.
    if (report->problems == 0) {
        progress.stage("reading the states");
        if (auto done = check_with_states(command, *opened, executor, *report); !done) return fail(done.error());
    }
    Outcome outcome;
    outcome.json = {{"sound", report->problems == 0},
                    {"problems", report->problems},
                    {"findings", Json::array()},
                    {"first_block", report->first.value},
                    {"tip", report->tip.value},
                    {"blocks", report->blocks},
                    {"headers_only", report->headers_only},
                    {"transactions", report->transactions},
                    {"faults", report->faults},
                    {"blobs", report->blobs}};
    if (report->problems == 0) {
        outcome.text = fmt::format(
            "Everything fits together\n  tip           {}\n  blocks        {} ({} of them without transactions)\n"
            "  transactions  {}\n  faults        {}\n  blobs         {}\n",
            report->tip.value, report->blocks, report->headers_only, report->transactions, report->faults,
            report->blobs);
        return outcome;
    }
    std::string message = fmt::format(
        "{} things are not as they were written: restore the folder from a snapshot, or remove it so that the node "
        "fetches the chain anew",
        report->problems);
    for (const storage::ChainFinding& finding : report->findings) {
        const std::string where = finding.height ? fmt::format("block {}: ", finding.height->value) : std::string();
        outcome.json["findings"].push_back(where + finding.text);
        message += "\n  " + where + finding.text;
    }
    return fail(Failure{.exit = ExitCode::bad_input,
                        .code = "damaged",
                        .message = std::move(message),
                        .details = std::move(outcome.json)});
}

CommandResult export_chain(const DbChainExport& command, Executor& /*executor*/) {
    if (const auto free = ExportFile::may_write(command.out, command.overwrite); !free) return fail(free.error());
    auto opened = open_stopped_chain(command.folder);
    if (!opened) return fail(opened.error());
    const Height tip = opened->tip.height;
    const auto whole = first_whole_block(*opened->blocks, tip);
    if (!whole) return fail(whole.error());
    // Genesis goes along where the next block does: it says whose voters are rewarded.
    const Height first = *whole == Height{1} ? Height{0} : *whole;
    const Height from{command.from.value_or(first.value)};
    const Height to{command.to.value_or(tip.value)};
    if (from > to || to > tip || from < first) {
        return fail(Failure{
            .exit = ExitCode::usage,
            .code = "usage",
            .message = fmt::format("the blocks that are here whole are those from {} to {}", first.value, tip.value)});
    }
    ProgressLine progress;
    progress.stage("writing blocks");
    ExportFile file(command.out);
    if (const auto ready = file.open(); !ready) return fail(failure_of(ready.error()));
    for (Height at = from; at <= to; ++at.value) {
        const auto header = header_at(*opened->blocks, at);
        if (!header) return fail(header.error());
        const auto block = opened->blocks->block(header->hash);
        if (!block) return fail(failure_of(block.error()));
        if (!*block) {
            return fail(Failure{.exit = ExitCode::file,
                                .code = "storage",
                                .message = fmt::format("block {} is here by its header only", at.value)});
        }
        const std::string line = fmt::format("{{\"block\":\"{}\"}}\n", to_hex(ledger::encode(**block)));
        if (const auto written = file.write(as_bytes(line)); !written) return fail(failure_of(written.error()));
        progress.update(at.value - from.value, to.value - from.value);
    }
    const std::uint64_t size = file.size();
    if (const auto placed = file.put_in_place(command.overwrite); !placed) return fail(placed.error());
    const std::uint64_t count = to.value - from.value + 1;
    return Outcome{.text = fmt::format("Wrote {}\n  blocks  {}, from {} to {}\n  file    {}\n", command.out.string(),
                                       count, from.value, to.value, size_text(size)),
                   .json = {{"file", command.out.string()},
                            {"blocks", count},
                            {"from", from.value},
                            {"to", to.value},
                            {"file_bytes", size}}};
}

}  // namespace dusk::app
