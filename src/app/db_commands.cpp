#include "app/db_commands.hpp"

#include <fmt/core.h>

#include "app/db_store.hpp"

namespace dusk::app {
namespace {

using Json = nlohmann::ordered_json;

Json list_of(const std::vector<vm::Hash>& hashes) {
    Json list = Json::array();
    for (const vm::Hash& hash : hashes) list.push_back(hex_of(hash));
    return list;
}

void warn_of_cut(Outcome& outcome, std::uint64_t bytes) {
    if (bytes == 0) return;
    outcome.warnings.push_back(fmt::format(
        "{} bytes behind the last record of the log were cut off: a write that did not come to its end", bytes));
}

}  // namespace

CommandResult check_db(const DbFolder& command, Executor& executor) {
    ProgressLine progress;
    progress.stage("reading the log");
    const auto store = open_store(command.folder, executor);
    if (!store) return fail(store.error());
    progress.stage("reading pages");
    const vm::CheckReport report = check_store(**store, shown_on(progress));
    if (!report.findings.empty()) {
        std::string message = fmt::format("{} of the store's parts are damaged (`dusk db repair` keeps what is whole)",
                                          report.findings.size());
        for (const vm::StoreFinding& finding : report.findings) message += "\n  " + describe(finding);
        return fail(Failure{.exit = ExitCode::bad_input, .code = "damaged", .message = std::move(message)});
    }
    Outcome outcome;
    outcome.json = {{"sound", true},
                    {"states", report.commits},
                    {"contracts", report.contracts},
                    {"pages", report.pages},
                    {"bytecodes", report.bytecodes}};
    outcome.text = fmt::format(
        "Everything is as it was written\n  states     {}\n  contracts  {}\n  pages      {}\n"
        "  bytecodes  {}\n",
        report.commits, report.contracts, report.pages, report.bytecodes);
    warn_of_cut(outcome, (*store)->stats().cut_bytes);
    return outcome;
}

CommandResult repair_db(const DbFolder& command, Executor& executor) {
    if (const auto there = require_store(command.folder); !there) return fail(there.error());
    ProgressLine progress;
    progress.stage("reading pages");
    const auto report = vm::repair_store(command.folder, db_options(executor), shown_on(progress));
    if (!report) return fail(failure_of(report.error()));
    Outcome outcome;
    Json damage = Json::array();
    for (const vm::StoreFinding& finding : report->damage) damage.push_back(describe(finding));
    outcome.json = {{"damaged_places", report->log.places.size()},
                    {"lost_records", report->log.lost_records},
                    {"damage", damage},
                    {"dropped", list_of(report->dropped)},
                    {"dropped_main_state", report->dropped_main},
                    {"kept", list_of(report->kept)}};
    const bool sound = report->log.places.empty() && report->log.lost_records == 0 && report->damage.empty();
    outcome.text = sound ? "Nothing was damaged\n" : "What was damaged is left out now\n";
    for (const std::uint64_t place : report->log.places) {
        outcome.text += fmt::format("  the log was damaged at byte {}\n", place);
    }
    if (report->log.lost_records != 0) {
        outcome.text += fmt::format("  {} records need what was damaged, and are lost\n", report->log.lost_records);
    }
    for (const vm::StoreFinding& finding : report->damage) outcome.text += fmt::format("  {}\n", describe(finding));
    for (const vm::Hash& hash : report->dropped) outcome.text += fmt::format("  dropped  {}\n", hex_of(hash));
    if (report->dropped_main) outcome.text += "  dropped  the main state\n";
    for (const vm::Hash& hash : report->kept) outcome.text += fmt::format("  kept     {}\n", hex_of(hash));
    if (!report->log.places.empty()) {
        outcome.warnings.emplace_back(
            "commits that were deleted or finalized behind the damage may be back: delete those that you do not need");
    }
    warn_of_cut(outcome, report->cut_bytes);
    return outcome;
}

CommandResult db_stats(const DbFolder& command, Executor& executor) {
    const auto store = open_store(command.folder, executor);
    if (!store) return fail(store.error());
    const vm::StoreStats stats = (*store)->stats();
    const auto main = (*store)->main();
    Outcome outcome;
    outcome.json = {{"main", main ? Json(hex_of(main->root())) : Json(nullptr)},
                    {"commits", list_of((*store)->commits())},
                    {"contracts", stats.contracts},
                    {"pages", stats.pages},
                    {"page_slots", stats.page_slots},
                    {"page_bytes", stats.page_slots * vm::kPageSize},
                    {"log_bytes", stats.log_bytes}};
    outcome.text = fmt::format("State store {}\n  main       {}\n", command.folder.string(),
                               main ? hex_of(main->root()) : "nothing was finalized yet");
    for (const vm::Hash& commit : (*store)->commits()) outcome.text += fmt::format("  commit     {}\n", hex_of(commit));
    outcome.text +=
        fmt::format("  contracts  {}\n  pages      {} ({} of disk, {} of it free)\n  log        {}\n", stats.contracts,
                    stats.pages, size_text(stats.page_slots * vm::kPageSize),
                    size_text((stats.page_slots - stats.pages) * vm::kPageSize), size_text(stats.log_bytes));
    warn_of_cut(outcome, stats.cut_bytes);
    return outcome;
}

CommandResult compact_db(const DbFolder& command, Executor& executor) {
    if (const auto there = require_store(command.folder); !there) return fail(there.error());
    ProgressLine progress;
    progress.stage("moving pages");
    const auto report = vm::compact_store(command.folder, db_options(executor), shown_on(progress));
    if (!report) return fail(failure_of(report.error()));
    Outcome outcome;
    outcome.json = {{"bytes_before", report->bytes_before},
                    {"bytes_after", report->bytes_after},
                    {"moved_pages", report->moved_pages},
                    {"removed_bytecodes", report->removed_bytecodes}};
    outcome.text = fmt::format("{} before, {} now\n  {} pages moved, {} bytecodes that no contract has removed\n",
                               size_text(report->bytes_before), size_text(report->bytes_after), report->moved_pages,
                               report->removed_bytecodes);
    return outcome;
}

}  // namespace dusk::app
