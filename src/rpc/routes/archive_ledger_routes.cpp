// Contracts and transactions.
#include <fmt/format.h>

#include "ledger/hex_name.hpp"
#include "rpc/answers.hpp"
#include "rpc/archive/call_values.hpp"
#include "rpc/archive/list_json.hpp"
#include "rpc/archive/list_parts.hpp"
#include "rpc/routes/archive_routes.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;
using chronicle::ListPart;
using chronicle::Lists;
using Json = nlohmann::ordered_json;

std::string contract_cursor(const chronicle::ListedContract& contract) {
    return fmt::format("{}-{}", contract.height.value, hex(contract.contract));
}
// Nothing where it is none.
std::optional<chronicle::ContractPlace> contract_place(std::string_view cursor) {
    const std::size_t dash = cursor.find('-');
    if (dash == std::string_view::npos) return {};
    const auto height = parse_number(cursor.substr(0, dash));
    const auto contract = contract_id_of(cursor.substr(dash + 1));
    if (!height || !contract) return {};
    return chronicle::ContractPlace{.height = {*height}, .contract = *contract};
}

}  // namespace

asio::awaitable<HttpResponse> ArchiveRoutes::contracts(RouteRequest request) {
    const auto query = parse_list_query(request.http.query, {});
    if (!query) co_return bad_request(query.error());
    const ReadPart read = [this, query = *query](std::optional<std::string> cursor,
                                                 std::size_t most) -> asio::awaitable<PartResult> {
        std::optional<chronicle::ContractPlace> after;
        if (cursor && !(after = contract_place(*cursor)))
            co_return fail(bad_request("\"cursor\" is none of this list"));
        ListPart part = query.part;
        part.most = most + 1;
        auto found = co_await ask<Items<chronicle::ListedContract>>(
            [after, part](Lists& lists) { return lists.contracts(after, part); });
        if (!found) co_return fail(std::move(found).error());
        ListedPart out;
        out.next = cut(*found, most, contract_cursor);
        for (const auto& one : *found) out.items.push_back(contract_item(one));
        co_return out;
    };
    co_return co_await answer(*query, "contracts", read);
}

asio::awaitable<HttpResponse> ArchiveRoutes::contract(RouteRequest request) {
    const auto id = contract_id_of(request.parameters.at(0));
    if (!id) co_return bad_request("not the id of a contract: 64 hexadecimal digits");
    auto found =
        co_await ask<std::optional<chronicle::ListedContract>>([id = *id](Lists& lists) { return lists.contract(id); });
    if (!found) co_return std::move(found).error();
    if (!*found) co_return not_found("the archive knows no such contract");
    co_return json_body(contract_item(**found));
}

asio::awaitable<HttpResponse> ArchiveRoutes::list_transactions(ListQuery query, std::string name,
                                                               chronicle::TransactionFilter filter) {
    const ReadPart read = [this, query, filter](std::optional<std::string> cursor,
                                                std::size_t most) -> asio::awaitable<PartResult> {
        const auto part = part_of(query, cursor, most);
        if (!part) co_return fail(bad_request("\"cursor\" is none of this list"));
        auto found = co_await ask<Items<chronicle::ListedTransaction>>(
            [filter, part = *part](Lists& lists) { return lists.transactions(filter, part); });
        if (!found) co_return fail(std::move(found).error());
        ListedPart out;
        out.next = cut(*found, most, [](const auto& one) { return std::to_string(one.place); });
        std::vector<std::string> ids;
        for (const auto& one : *found) {
            if (filter.contract && one.kind == chronicle::TransactionKind::call) ids.push_back(hex(one.id));
        }
        const auto calls = co_await calls_of(std::move(ids));
        for (const auto& one : *found) {
            Json item = transaction_item(one);
            if (filter.contract) {
                const auto call = calls.find(hex(one.id));
                item["call"] = call == calls.end() ? Json(nullptr) : call->second;
            }
            out.items.push_back(std::move(item));
        }
        co_return out;
    };
    co_return co_await answer(query, std::move(name), read);
}

asio::awaitable<HttpResponse> ArchiveRoutes::contract_transactions(RouteRequest request) {
    const auto id = contract_id_of(request.parameters.at(0));
    if (!id) co_return bad_request("not the id of a contract: 64 hexadecimal digits");
    const auto query = parse_list_query(request.http.query, {});
    if (!query) co_return bad_request(query.error());
    co_return co_await list_transactions(*query, "transactions", {.contract = *id});
}

asio::awaitable<HttpResponse> ArchiveRoutes::transactions(RouteRequest request) {
    constexpr std::array<std::string_view, 2> kWords{"kind", "failed"};
    const auto query = parse_list_query(request.http.query, kWords);
    if (!query) co_return bad_request(query.error());
    chronicle::TransactionFilter filter;
    if (const auto kind = query->word("kind")) {
        filter.kind = transaction_kind(*kind);
        if (!filter.kind) co_return bad_request("\"kind\" is transfer, call, deploy, memo or blob");
    }
    if (const auto failed = query->word("failed")) {
        if (*failed != "true" && *failed != "false") co_return bad_request("\"failed\" is true or false");
        filter.failed = *failed == "true";
    }
    co_return co_await list_transactions(*query, "transactions", filter);
}

asio::awaitable<HttpResponse> ArchiveRoutes::contract_events(RouteRequest request) {
    constexpr std::array<std::string_view, 1> kWords{"topic"};
    const auto id = contract_id_of(request.parameters.at(0));
    if (!id) co_return bad_request("not the id of a contract: 64 hexadecimal digits");
    const auto query = parse_list_query(request.http.query, kWords);
    if (!query) co_return bad_request(query.error());
    const ReadPart read = [this, query = *query, id = *id](std::optional<std::string> cursor,
                                                           std::size_t most) -> asio::awaitable<PartResult> {
        const auto part = part_of(query, cursor, most);
        if (!part) co_return fail(bad_request("\"cursor\" is none of this list"));
        auto found = co_await ask<Items<chronicle::ListedEvent>>(
            [id, topic = query.word("topic"), part = *part](Lists& lists) { return lists.events(id, topic, part); });
        if (!found) co_return fail(std::move(found).error());
        ListedPart out;
        out.next = cut(*found, most, [](const auto& one) { return std::to_string(one.event.id); });
        std::vector<CodedValue> values;
        for (const auto& one : *found) {
            values.push_back({.contract = id,
                              .is_event = true,
                              .name = std::string(one.event.topic.begin(), one.event.topic.end()),
                              .data = one.event.data});
        }
        auto read_out = co_await read_values(parts_.threads, drivers_, std::move(values));
        for (std::size_t i = 0; i < found->size(); ++i) {
            Json item = event_item((*found)[i].event);
            item["time"] = (*found)[i].time;
            item["value"] = std::move(read_out[i]);
            out.items.push_back(std::move(item));
        }
        co_return out;
    };
    co_return co_await answer(*query, "events", read);
}

asio::awaitable<HttpResponse> ArchiveRoutes::transaction(RouteRequest request) {
    const auto name = contract_id_of(request.parameters.at(0));  // 32 bytes
    if (!name) co_return bad_request("not the id of a transaction: 64 hexadecimal digits");
    struct Found {
        std::optional<chronicle::ListedTransaction> transaction{};
        std::vector<chronicle::EventRecord> events{};
    };
    auto found =
        co_await ask<Found>([id = ledger::TransactionId{name->bytes}](Lists& lists) -> chronicle::Outcome<Found> {
            Found out;
            auto transaction = lists.transaction(id);
            if (!transaction) return fail(transaction.error());
            out.transaction = *std::move(transaction);
            if (!out.transaction) return out;
            auto events = lists.events_of(*out.transaction);
            if (!events) return fail(events.error());
            out.events = *std::move(events);
            return out;
        });
    if (!found) co_return std::move(found).error();
    if (!found->transaction) co_return not_found("the archive knows no such transaction");
    Json out = transaction_item(*found->transaction);
    out["final"] = found->transaction->is_final;
    const auto calls = co_await calls_of({hex(found->transaction->id)});
    out["call"] = calls.empty() ? Json(nullptr) : calls.begin()->second;
    out["memo"] = nullptr;
    const auto spent = parts_.blocks.transaction(found->transaction->id);
    const auto* memo = spent && *spent ? (*spent)->transaction.transaction.memo() : nullptr;
    if (memo != nullptr) out["memo"] = to_hex(memo->bytes);
    std::vector<CodedValue> values;
    for (const auto& event : found->events) {
        values.push_back({.contract = event.source,
                          .is_event = true,
                          .name = std::string(event.topic.begin(), event.topic.end()),
                          .data = event.data});
    }
    auto read = co_await read_values(parts_.threads, drivers_, std::move(values));
    out["events"] = Json::array();
    for (std::size_t i = 0; i < found->events.size(); ++i) {
        Json item = event_item(found->events[i]);
        item["value"] = std::move(read[i]);
        out["events"].push_back(std::move(item));
    }
    co_return json_body(out);
}

}  // namespace dusk::rpc
