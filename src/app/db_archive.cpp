#include "app/db_archive.hpp"

#include <fmt/format.h>

#include "app/db_store.hpp"
#include "app/export_file.hpp"
#include "app/progress_line.hpp"
#include "base/hex.hpp"
#include "base/utf8.hpp"
#include "chronicle/open_database.hpp"
#include "chronicle/queries.hpp"
#include "ledger/hex_name.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;
using chronicle::EventRecord;
using chronicle::Queries;
using ledger::Height;

constexpr std::size_t kPage = 1000;

Failure failure_of(const chronicle::Failure& failure) {
    return {.exit = ExitCode::file, .code = "archive", .message = failure.text};
}

struct OpenArchive {
    std::unique_ptr<chronicle::Database> database;
    Queries queries;
};
Result<OpenArchive, Failure> open_archive(const fs::path& place) {
    std::error_code ignored;
    const std::string name = fs::is_directory(place, ignored) ? (place / "archive.sqlite3").string() : place.string();
    auto database = chronicle::open_database(name, chronicle::Access::read);
    if (!database) return fail(failure_of(database.error()));
    auto queries = Queries::open(**database);
    if (!queries) return fail(failure_of(queries.error()));
    return OpenArchive{*std::move(database), *queries};
}

// What is asked for, page by page.
class Pages {
  public:
    Pages(Queries& queries, chronicle::EventFilter events, std::optional<chronicle::AccountBytes> account)
        : queries_(queries), events_(std::move(events)), account_(account) {}

    // Empty at the end.
    chronicle::Outcome<std::vector<EventRecord>> next() {
        if (!account_) {
            auto page = queries_.events(events_);
            if (page && !page->empty()) events_.after = page->back().id;
            return page;
        }
        const auto transactions = queries_.history(
            {.account = *account_, .from = events_.from, .to = events_.to, .after = events_.after, .most = kPage});
        if (!transactions) return fail(transactions.error());
        std::vector<EventRecord> out;
        for (const auto& transaction : *transactions) {
            events_.after = transaction.events.front().id;
            out.insert(out.end(), transaction.events.begin(), transaction.events.end());
        }
        return out;
    }

  private:
    Queries& queries_;
    chronicle::EventFilter events_;
    std::optional<chronicle::AccountBytes> account_;
};

std::string topic_of(const EventRecord& event) { return {event.topic.begin(), event.topic.end()}; }

// A field of RFC 4180, in quotes where it needs them. What is no text is written in hexadecimal, as a spreadsheet or a
// parser could not read it.
std::string csv_text(const std::string& text) {
    if (!is_utf8(as_bytes(text))) return "0x" + to_hex(as_bytes(text));
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) {
        out += c;
        if (c == '"') out += c;
    }
    return out + "\"";
}

std::string csv_line(const EventRecord& event) {
    return fmt::format("{},{},{},{},{},{},{},{}\r\n", event.id, event.height.value, hex(event.block),
                       to_hex(event.origin), hex(event.source), csv_text(topic_of(event)), to_hex(event.data),
                       event.reverted ? 1 : 0);
}
constexpr std::string_view kCsvNames = "id,block_height,block_hash,origin,source,topic,data,reverted\r\n";

std::string json_line(const EventRecord& event) {
    const nlohmann::ordered_json json{{"id", event.id},
                                      {"block_height", event.height.value},
                                      {"block_hash", hex(event.block)},
                                      {"origin", to_hex(event.origin)},
                                      {"source", hex(event.source)},
                                      {"topic", topic_of(event)},
                                      {"data", to_hex(event.data)},
                                      {"reverted", event.reverted}};
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

struct Wanted {
    chronicle::EventFilter events{.most = kPage};
    std::optional<chronicle::AccountBytes> account{};
    bool is_json = false;
};
Result<Wanted, Failure> wanted(const DbArchiveExport& command) {
    Wanted out;
    out.is_json =
        command.format.empty() ? command.out.extension().string().starts_with(".json") : command.format == "json";
    if (!command.account.empty()) {
        const auto key = ledger::AccountKey::from_base58(command.account);
        if (!key) return usage("the account is no public key in base58");
        if (!command.contract.empty()) return usage("name an account or a contract, not both");
        out.account = key->to_bytes();
    }
    if (!command.contract.empty()) {
        const auto bytes = from_hex(command.contract);
        if (!bytes || bytes->size() != ledger::ContractId::kSize) {
            return usage("the id of a contract is 64 hexadecimal digits");
        }
        out.events.source = ledger::ContractId{take<ledger::ContractId::kSize>(*bytes)};
    }
    if (!command.topic.empty()) {
        if (!out.events.source) return usage("a topic goes with the contract that it is of");
        out.events.topic = command.topic;
    }
    out.events.from = {command.from.value_or(0)};
    if (command.to) out.events.to = Height{*command.to};
    return out;
}

}  // namespace

CommandResult archive_info(const DbArchive& command, Executor& /*executor*/) {
    auto archive = open_archive(command.folder);
    if (!archive) return fail(archive.error());
    const auto extent = archive->queries.extent();
    if (!extent) return fail(failure_of(extent.error()));
    const auto counts = archive->queries.transactions();
    if (!counts) return fail(failure_of(counts.error()));
    const auto accounts = archive->queries.accounts();
    if (!accounts) return fail(failure_of(accounts.error()));
    const auto number = [](const std::optional<Height>& height) {
        return height ? nlohmann::ordered_json(height->value) : nlohmann::ordered_json(nullptr);
    };
    const auto text = [](const std::optional<Height>& height) {
        return height ? std::to_string(height->value) : std::string("none");
    };
    return Outcome{.text = fmt::format("blocks           {} to {}, final up to {}\n"
                                       "without events   {} blocks, from before the archive was enabled\n"
                                       "complete from    {}\n"
                                       "events           {}\n"
                                       "transactions     {} public, {} shielded, final\n"
                                       "public accounts  {}\n",
                                       text(extent->first), text(extent->last), text(extent->last_final),
                                       extent->unknown_blocks, text(extent->complete_from), extent->events,
                                       counts->public_ones, counts->shielded_ones, *accounts),
                   .json = {{"first", number(extent->first)},
                            {"last", number(extent->last)},
                            {"last_final", number(extent->last_final)},
                            {"blocks_without_events", extent->unknown_blocks},
                            {"complete_from", number(extent->complete_from)},
                            {"events", extent->events},
                            {"public_transactions", counts->public_ones},
                            {"shielded_transactions", counts->shielded_ones},
                            {"public_accounts", *accounts}}};
}

CommandResult export_archive(const DbArchiveExport& command, Executor& /*executor*/) {
    const auto asked = wanted(command);
    if (!asked) return fail(asked.error());
    if (const auto free = ExportFile::may_write(command.out, command.overwrite); !free) return fail(free.error());
    auto archive = open_archive(command.folder);
    if (!archive) return fail(archive.error());
    const auto extent = archive->queries.extent();
    if (!extent) return fail(failure_of(extent.error()));
    const std::uint64_t last = extent->last_final.value_or(Height{0}).value;
    ProgressLine progress;
    progress.stage("writing events");
    ExportFile file(command.out);
    if (const auto ready = file.open(); !ready) return fail(failure_of(ready.error()));
    if (!asked->is_json) {
        if (const auto written = file.write(as_bytes(kCsvNames)); !written) return fail(failure_of(written.error()));
    }
    Pages pages(archive->queries, asked->events, asked->account);
    std::uint64_t count = 0;
    while (true) {
        const auto page = pages.next();
        if (!page) return fail(failure_of(page.error()));
        if (page->empty()) break;
        std::string lines;
        for (const EventRecord& event : *page) lines += asked->is_json ? json_line(event) : csv_line(event);
        if (const auto written = file.write(as_bytes(lines)); !written) return fail(failure_of(written.error()));
        count += page->size();
        progress.update(page->back().height.value, last);
    }
    const std::uint64_t size = file.size();
    if (const auto placed = file.put_in_place(command.overwrite); !placed) return fail(placed.error());
    return Outcome{
        .text = fmt::format("Wrote {}\n  events  {}\n  file    {}\n", command.out.string(), count, size_text(size)),
        .json = {{"file", command.out.string()},
                 {"format", asked->is_json ? "json" : "csv"},
                 {"events", count},
                 {"file_bytes", size}}};
}

}  // namespace dusk::app
