#include "rpc/graphql/archive_queries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/base58.hpp"
#include "base/base64.hpp"
#include "base/hex.hpp"
#include "ledger/hex_name.hpp"
#include "rpc/graphql/ledger_queries.hpp"

namespace dusk::rpc::graphql {
namespace {

using chronicle::AccountBytes;
using chronicle::EventRecord;
using chronicle::Outcome;
using chronicle::Queries;
using chronicle::TransactionRecord;
using ledger::Height;
using Json = nlohmann::json;

constexpr std::array<std::string_view, 6> kFields{"fullMoonlightHistory", "moonlightHistory", "transactionsByMemo",
                                                  "contractEvents",       "finalizedEvents",  "nextPhoenix"};
constexpr std::string_view kCursor = "v1:";

std::unexpected<std::string> error(std::string text) { return fail(std::move(text)); }

bool has(const Json& arguments, const char* name) {
    const auto at = arguments.find(name);
    return at != arguments.end() && !at->is_null();
}
// Nothing where it is not there.
Result<std::optional<std::uint64_t>, std::string> number(const Json& arguments, const char* name) {
    if (!has(arguments, name)) return std::nullopt;
    const auto value = arguments.at(name).get<std::int64_t>();
    if (value < 0) return error(fmt::format("{} must not be negative", name));
    return static_cast<std::uint64_t>(value);
}
Result<std::optional<AccountBytes>, std::string> account(const Json& arguments, const char* name) {
    if (!has(arguments, name)) return std::nullopt;
    const auto text = arguments.at(name).get<std::string>();
    const auto bytes = from_base58(text, sizeof(AccountBytes));
    if (!bytes || bytes->size() != sizeof(AccountBytes)) return error("Invalid public key length");
    return take<sizeof(AccountBytes)>(*bytes);
}

// From and to a height.
struct Range {
    Height from{};
    std::optional<Height> to{};
};
Result<Range, std::string> range_of(const Json& arguments) {
    const auto from = number(arguments, "fromBlock");
    if (!from) return fail(from.error());
    const auto to = number(arguments, "toBlock");
    if (!to) return fail(to.error());
    return Range{.from = {from->value_or(0)}, .to = *to ? std::optional(Height{**to}) : std::nullopt};
}

std::string text_of(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

Json transaction_json(const TransactionRecord& transaction, const ReadEvent& read) {
    Json events = Json::array();
    for (const EventRecord& event : transaction.events) {
        auto data = read(event.source, text_of(event.topic), event.data);
        events.push_back({{"target", hex(event.source)},
                          {"topic", text_of(event.topic)},
                          {"data", data ? *std::move(data) : Json(to_hex(event.data))},
                          {"reverted", event.reverted}});
    }
    return {{"block_height", transaction.height.value},
            {"events", std::move(events)},
            {"origin", to_hex(transaction.origin)}};
}

Outcome<ArchiveValue> transactions_json(const Outcome<std::vector<TransactionRecord>>& found, const ReadEvent& read) {
    if (!found) return fail(found.error());
    if (found->empty()) return Json(nullptr);
    Json out = Json::array();
    for (const TransactionRecord& transaction : *found) out.push_back(transaction_json(transaction, read));
    return Json{{"json", std::move(out)}};
}

Json event_json(const EventRecord& event) {
    return {{"origin", to_hex(event.origin)},
            {"topic", text_of(event.topic)},
            {"source", hex(event.source)},
            {"data", to_hex(event.data)},
            {"reverted", event.reverted}};
}

Outcome<ArchiveValue> history(Queries& queries, const Json& arguments, const ReadEvent& read) {
    const auto key = account(arguments, "address");
    if (!key) return ArchiveValue(fail(key.error()));
    const auto range = range_of(arguments);
    if (!range) return ArchiveValue(fail(range.error()));
    const bool is_down = has(arguments, "ord") && arguments.at("ord") == "desc";
    const auto order = is_down ? chronicle::HistoryOrder::descending : chronicle::HistoryOrder::ascending;
    return transactions_json(
        queries.history({.account = key->value(), .from = range->from, .to = range->to, .order = order}), read);
}

Outcome<ArchiveValue> transfers(Queries& queries, const Json& arguments, const ReadEvent& read) {
    const auto sender = account(arguments, "sender");
    if (!sender) return ArchiveValue(fail(sender.error()));
    const auto receiver = account(arguments, "receiver");
    if (!receiver) return ArchiveValue(fail(receiver.error()));
    if (!*sender && !*receiver) return ArchiveValue(error("Specify sender or receiver"));
    const auto range = range_of(arguments);
    if (!range) return ArchiveValue(fail(range.error()));
    const auto most = number(arguments, "maxCount");
    if (!most) return ArchiveValue(fail(most.error()));
    if (*most == 0U) return ArchiveValue(error("MaxCount must be greater than 0"));
    const auto page = number(arguments, "pageCount");
    if (!page) return ArchiveValue(fail(page.error()));
    chronicle::TransferFilter filter{
        .sender = *sender, .receiver = *receiver, .from = range->from, .to = range->to, .most = *most};
    // Pages count from 1.
    const std::uint64_t before = page->value_or(1) == 0 ? 0 : page->value_or(1) - 1;
    if (*most && before > 0) {
        if (before > std::uint64_t{1} << 62 / **most) return ArchiveValue(Json(nullptr));
        filter.skipped = before * **most;
    }
    return transactions_json(queries.transfers(filter), read);
}

Outcome<ArchiveValue> contract_events(Queries& queries, const Json& arguments) {
    const bool by_height = has(arguments, "height");
    if (by_height == has(arguments, "hash")) return ArchiveValue(error("Specify height or hash"));
    Outcome<std::optional<std::vector<EventRecord>>> found;
    if (by_height) {
        const auto height = arguments.at("height").get<std::int64_t>();
        found = height < 0 ? queries.events_of_last() : queries.events_of(Height{static_cast<std::uint64_t>(height)});
    } else {
        const auto bytes = from_hex(arguments.at("hash").get<std::string>());
        if (!bytes || bytes->size() != ledger::BlockHash::kSize) return ArchiveValue(error("Invalid hash"));
        found = queries.events_of(ledger::BlockHash{take<ledger::BlockHash::kSize>(*bytes)});
    }
    if (!found) return fail(found.error());
    if (!*found) return Json(nullptr);
    Json out = Json::array();
    for (const EventRecord& event : **found) out.push_back(event_json(event));
    return Json{{"json", std::move(out)}};
}

std::string cursor_of(std::int64_t id) { return to_base64(as_bytes(fmt::format("{}{}", kCursor, id))); }
std::optional<std::int64_t> id_of(std::string_view cursor) {
    const auto bytes = from_base64(cursor);
    if (!bytes) return {};
    const std::string text = text_of(*bytes);
    if (!text.starts_with(kCursor)) return {};
    std::int64_t id = 0;
    const auto [end, wrong] = std::from_chars(text.data() + kCursor.size(), text.data() + text.size(), id);
    if (wrong != std::errc() || end != text.data() + text.size() || id < 0) return {};
    return id;
}

Outcome<ArchiveValue> finalized_events(Queries& queries, const Json& arguments) {
    const auto bytes = from_hex(arguments.at("contractId").get<std::string>());
    if (!bytes || bytes->size() != ledger::ContractId::kSize) return ArchiveValue(error("Invalid contract_id"));
    const std::int64_t asked = has(arguments, "limit") ? arguments.at("limit").get<std::int64_t>() : 50;
    const auto limit = static_cast<std::size_t>(std::clamp<std::int64_t>(asked, 1, 200));
    chronicle::EventFilter filter{.source = ledger::ContractId{take<ledger::ContractId::kSize>(*bytes)},
                                  .most = limit + 1};
    if (has(arguments, "cursor")) {
        const auto after = id_of(arguments.at("cursor").get<std::string>());
        if (!after) return ArchiveValue(error("Invalid cursor"));
        filter.after = *after;
    }
    auto found = queries.events(filter);
    if (!found) return fail(found.error());
    const bool has_more = found->size() > limit;
    if (has_more) found->pop_back();
    Json events = Json::array();
    for (const EventRecord& event : *found) {
        Json json = event_json(event);
        json["id"] = event.id;
        json["block_height"] = event.height.value;
        json["block_hash"] = hex(event.block);
        events.push_back(std::move(json));
    }
    const bool is_empty = found->empty();
    return Json{{"json",
                 {{"endCursor", is_empty ? Json(nullptr) : Json(cursor_of(found->back().id))},
                  {"events", std::move(events)},
                  {"hasNextPage", has_more},
                  {"startCursor", is_empty ? Json(nullptr) : Json(cursor_of(found->front().id))}}}};
}

Outcome<ArchiveValue> next_shielded(Queries& queries, const Json& arguments) {
    // Below the first block all of them are above it.
    const auto height = std::max<std::int64_t>(arguments.at("height").get<std::int64_t>(), 0);
    const auto found = queries.next_shielded({static_cast<std::uint64_t>(height)});
    if (!found) return fail(found.error());
    return *found ? Json((*found)->value) : Json(nullptr);
}

}  // namespace

std::string archive_schema() {
    constexpr std::string_view kFirst = "    checkBlock(";
    constexpr std::string_view kLast = "onlyFinalized: Boolean): Boolean!\n";
    std::string out(kLedgerSchema);
    out.insert(out.find(kLast) + kLast.size(), "    nextPhoenix(height: Int!): Int\n");
    out.insert(
        out.find(kFirst),
        R"(    fullMoonlightHistory(address: String!, ord: String, fromBlock: Int, toBlock: Int): MoonlightTransfers
    moonlightHistory(
        sender: String, receiver: String, fromBlock: Int, toBlock: Int, maxCount: Int, pageCount: Int
    ): MoonlightTransfers
    transactionsByMemo(memo: String!): MoonlightTransfers
    contractEvents(height: Int, hash: String): ContractEvents
    finalizedEvents(contractId: String!, limit: Int, cursor: String): ContractEvents
)");
    return out + "type ContractEvents { json: JSON! }\ntype MoonlightTransfers { json: JSON! }\n";
}

bool is_archive_field(std::string_view field) { return std::ranges::find(kFields, field) != kFields.end(); }

Outcome<ArchiveValue> archive_value(Queries& queries, std::string_view field, const Json& arguments,
                                    const ReadEvent& read) {
    if (field == "fullMoonlightHistory") return history(queries, arguments, read);
    if (field == "moonlightHistory") return transfers(queries, arguments, read);
    if (field == "transactionsByMemo") {
        return transactions_json(queries.with_memo(as_bytes(arguments.at("memo").get_ref<const std::string&>())), read);
    }
    if (field == "contractEvents") return contract_events(queries, arguments);
    if (field == "finalizedEvents") return finalized_events(queries, arguments);
    if (field == "nextPhoenix") return next_shielded(queries, arguments);
    return ArchiveValue(error("Internal server error"));
}

}  // namespace dusk::rpc::graphql
