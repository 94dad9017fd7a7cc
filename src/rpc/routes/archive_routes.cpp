// Accounts, provisioners, counts.
#include "rpc/routes/archive_routes.hpp"

#include "ledger/hex_name.hpp"
#include "rpc/answers.hpp"
#include "rpc/archive/block_committees.hpp"
#include "rpc/archive/call_values.hpp"
#include "rpc/archive/chart_times.hpp"
#include "rpc/archive/list_json.hpp"
#include "rpc/archive/list_parts.hpp"
#include "rpc/archive_progress_json.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;
using chronicle::Lists;
using Json = nlohmann::ordered_json;

// Blocks of a day, at ten seconds each.
constexpr std::uint64_t kUsualBlocks = 8640;

// By its height or hash. Nothing where it is no name of a block, or of one that is not in the chain.
chain::StoreResult<std::optional<ledger::Height>> height_named(chain::BlockStore& blocks, std::string_view name) {
    if (const auto height = name.size() < 20 ? parse_number(name) : std::nullopt) return ledger::Height{*height};
    const auto hash = contract_id_of(name);  // 32 bytes, like any other name
    if (!hash) return std::nullopt;
    const auto header = blocks.header({hash->bytes});
    if (!header) return fail(header.error());
    return *header ? std::optional((*header)->height) : std::nullopt;
}

}  // namespace

asio::awaitable<HttpResponse> ArchiveRoutes::about(RouteRequest /*request*/) {
    if (archive_ == nullptr) co_return HttpResponse::error(501, kNoArchive);
    const auto out = std::make_shared<Json>();
    const auto asked = co_await archive_->ask([out](chronicle::Queries& queries) -> chronicle::Outcome<void> {
        const auto extent = queries.extent();
        if (!extent) return fail(extent.error());
        const auto counts = queries.transactions();
        if (!counts) return fail(counts.error());
        const auto accounts = queries.accounts();
        if (!accounts) return fail(accounts.error());
        const auto number = [](const auto& height) { return height ? Json(height->value) : Json(nullptr); };
        *out = {{"first", number(extent->first)},
                {"last", number(extent->last)},
                {"last_final", number(extent->last_final)},
                {"blocks_without_events", extent->unknown_blocks},
                {"complete_from", number(extent->complete_from)},
                {"events", extent->events},
                {"transactions", {{"public", counts->public_ones}, {"shielded", counts->shielded_ones}}},
                {"accounts", *accounts}};
        return {};
    });
    if (!asked) co_return HttpResponse::error(503, asked.error());
    (*out)["backfill"] = nullptr;
    if (progress_) (*out)["backfill"] = backfill_json(progress_().backfill);
    co_return json_body(*out);
}

asio::awaitable<HttpResponse> ArchiveRoutes::answer(ListQuery query, std::string name, ReadPart read) {
    auto from = co_await ask<std::optional<ledger::Height>>([](Lists& lists) { return lists.complete_from(); });
    if (!from) co_return std::move(from).error();
    co_return co_await list_answer(std::move(query), std::move(name), std::move(read), *from);
}

asio::awaitable<HttpResponse> ArchiveRoutes::richest(RouteRequest request) {
    const auto query = parse_list_query(request.http.query, {});
    if (!query) co_return bad_request(query.error());
    auto top = co_await rich_.top(query->part.most);
    if (!top) co_return std::move(top).error();
    co_return json_body(*top);
}

asio::awaitable<std::map<std::string, Json>> ArchiveRoutes::calls_of(std::vector<std::string> ids) {
    std::map<std::string, Json> out;
    std::vector<std::string> order;
    std::vector<CodedValue> values;
    for (const std::string& text : ids) {
        const auto id = contract_id_of(text);  // 32 bytes, like any other name
        if (!id || out.contains(text)) continue;
        const auto spent = parts_.blocks.transaction({id->bytes});
        if (!spent || !*spent) continue;
        const auto* call = (*spent)->transaction.transaction.call();
        if (call == nullptr) continue;
        out.emplace(text, Json{{"contract", hex(call->contract)},
                               {"function", readable(call->fn_name)},
                               {"arguments", to_hex(call->fn_args)},
                               {"value", nullptr}});
        order.push_back(text);
        values.push_back({.contract = call->contract, .name = call->fn_name, .data = call->fn_args});
    }
    auto read = co_await read_values(parts_.threads, drivers_, std::move(values));
    for (std::size_t i = 0; i < order.size(); ++i) out[order[i]]["value"] = std::move(read[i]);
    co_return out;
}

asio::awaitable<HttpResponse> ArchiveRoutes::history(RouteRequest request) {
    constexpr std::array<std::string_view, 1> kWords{"kinds"};
    const auto account = account_in(request);
    if (!account) co_return bad_request("not an account: 96 bytes in base58");
    const auto query = parse_list_query(request.http.query, kWords);
    if (!query) co_return bad_request(query.error());
    std::uint32_t wanted = kUsualHappenings;
    if (const auto kinds = query->word("kinds")) {
        const auto bits = happenings_of(*kinds);
        if (!bits) {
            co_return bad_request(
                "\"kinds\" is a list of sent, received, refunded, shielded, unshielded, deposited, staked, unstaked, "
                "claimed, slashed, hard_slashed, rewarded; or all");
        }
        wanted = *bits;
    }
    struct Row {
        chronicle::ListedHappening happening{};
        std::optional<chronicle::ListedTransaction> transaction{};
    };
    const ReadPart read = [this, query = *query, account = *account, wanted](
                              std::optional<std::string> cursor, std::size_t most) -> asio::awaitable<PartResult> {
        const auto part = part_of(query, cursor, most);
        if (!part) co_return fail(bad_request("\"cursor\" is none of this list"));
        auto rows =
            co_await ask<Items<Row>>([account, wanted, part = *part](Lists& lists) -> chronicle::Outcome<Items<Row>> {
                auto found = lists.history(account, wanted, part);
                if (!found) return fail(found.error());
                Items<Row> out;
                for (auto& one : *found) {
                    Row row{.happening = std::move(one)};
                    if (row.happening.event.origin != row.happening.event.block.bytes) {
                        auto transaction = lists.transaction({row.happening.event.origin});
                        if (!transaction) return fail(transaction.error());
                        row.transaction = *std::move(transaction);
                    }
                    out.push_back(std::move(row));
                }
                return out;
            });
        if (!rows) co_return fail(std::move(rows).error());
        ListedPart out;
        out.next = cut(*rows, most, [](const Row& row) { return std::to_string(row.happening.place); });
        std::vector<std::string> ids;
        for (const Row& row : *rows) {
            const bool is_call = row.transaction && row.transaction->kind == chronicle::TransactionKind::call;
            if (is_call) ids.push_back(hex(row.transaction->id));
        }
        const auto calls = co_await calls_of(std::move(ids));
        for (const Row& row : *rows) {
            out.items.push_back(happening_item(row.happening, account, row.transaction ? &*row.transaction : nullptr));
            if (!row.transaction) continue;
            const auto call = calls.find(hex(row.transaction->id));
            if (call != calls.end()) out.items.back()["call"] = call->second;
        }
        co_return out;
    };
    co_return co_await answer(*query, "history", read);
}

asio::awaitable<HttpResponse> ArchiveRoutes::provisioners(RouteRequest request) {
    const auto query = parse_list_query(request.http.query, {});
    if (!query) co_return bad_request(query.error());
    struct Found {
        ledger::Height from{};
        ledger::Height to{};
        Items<chronicle::ProvisionerSum> sums{};
    };
    auto found = co_await ask<Found>([part = query->part](Lists& lists) -> chronicle::Outcome<Found> {
        const auto last = lists.last_final();
        if (!last) return fail(last.error());
        Found out;
        out.to = part.to.value_or(*last ? (*last)->height : ledger::Height{});
        out.from = part.from;
        if (part.from.value == 0 && !part.to && out.to.value > kUsualBlocks)
            out.from.value = out.to.value - kUsualBlocks + 1;
        auto sums = lists.provisioners(out.from, out.to);
        if (!sums) return fail(sums.error());
        out.sums = *std::move(sums);
        return out;
    });
    if (!found) co_return std::move(found).error();
    Json items = Json::array();
    for (const auto& sum : found->sums) items.push_back(provisioner_item(sum));
    co_return json_body({{"from", found->from.value}, {"to", found->to.value}, {"items", std::move(items)}});
}

asio::awaitable<HttpResponse> ArchiveRoutes::blocks(RouteRequest request) {
    const auto account = account_in(request);
    if (!account) co_return bad_request("not an account: 96 bytes in base58");
    const auto query = parse_list_query(request.http.query, {});
    if (!query) co_return bad_request(query.error());
    const ReadPart read = [this, query = *query, account = *account](std::optional<std::string> cursor,
                                                                     std::size_t most) -> asio::awaitable<PartResult> {
        const auto part = part_of(query, cursor, most);
        if (!part) co_return fail(bad_request("\"cursor\" is none of this list"));
        auto found = co_await ask<Items<chronicle::ListedBlock>>(
            [account, part = *part](Lists& lists) { return lists.blocks_of(account, part); });
        if (!found) co_return fail(std::move(found).error());
        ListedPart out;
        out.next = cut(*found, most, [](const chronicle::ListedBlock& one) { return std::to_string(one.place); });
        for (const auto& one : *found) out.items.push_back(block_item(one));
        co_return out;
    };
    co_return co_await answer(*query, "blocks", read);
}

asio::awaitable<HttpResponse> ArchiveRoutes::committees(RouteRequest request) {
    if (archive_ == nullptr) co_return HttpResponse::error(501, kNoArchive);
    const auto height = height_named(parts_.blocks, request.parameters.at(0));
    if (!height) co_return internal_error();
    if (!*height) co_return bad_request("not a block: its height, or its hash of 64 hexadecimal digits");
    const auto source = committee_source(parts_.blocks, **height);
    if (!source) co_return internal_error();
    if (!*source) co_return not_found("the chain has no such block, or not the one before it");
    const auto out = std::make_shared<Json>();
    const auto asked =
        co_await archive_->ask([out, source = **source](chronicle::Queries& queries) -> chronicle::Outcome<void> {
            const auto stakes = queries.stakes_before(source.header.hash);
            if (!stakes) return fail(stakes.error());
            if (*stakes) *out = committees_json(source, **stakes);
            return {};
        });
    if (!asked) co_return HttpResponse::error(503, asked.error());
    if (out->is_null()) co_return not_found(kNoStakes);
    co_return json_body(*out);
}

asio::awaitable<HttpResponse> ArchiveRoutes::charts(RouteRequest request) {
    constexpr std::array<std::string_view, 1> kWords{"bucket"};
    // Here `from` and `to` are times.
    const auto query = parse_list_query(request.http.query, kWords);
    if (!query) co_return bad_request(query.error());
    const auto to = query->part.to ? query->part.to->value : unix_seconds(clock_.wall_time());
    auto times = chart_times(query->word("bucket").value_or("day"), query->part.from.value, to);
    if (!times) co_return bad_request(times.error());
    auto found = co_await ask<Items<chronicle::Period>>(
        [times = *std::move(times)](Lists& lists) { return lists.periods(times); });
    if (!found) co_return std::move(found).error();
    const ReadPart read = [items = *std::move(found)](std::optional<std::string> /*cursor*/,
                                                      std::size_t /*most*/) -> asio::awaitable<PartResult> {
        ListedPart out;
        for (const auto& one : items) out.items.push_back(period_item(one));
        co_return out;
    };
    co_return co_await answer(*query, "charts", read);
}

asio::awaitable<HttpResponse> ArchiveRoutes::search(RouteRequest request) {
    constexpr std::array<std::string_view, 1> kWords{"q"};
    const auto query = parse_list_query(request.http.query, kWords);
    if (!query) co_return bad_request(query.error());
    std::string digits = query->word("q").value_or("");
    if (digits.size() % 2 != 0) digits.pop_back();
    const auto prefix = from_hex(digits);
    if (!prefix || prefix->size() < 3 || prefix->size() > 32) {
        co_return bad_request("\"q\" is the beginning of a hash or id: at least 6 hexadecimal digits");
    }
    auto found = co_await ask<Items<Lists::Found>>(
        [prefix = *prefix, most = query->part.most](Lists& lists) { return lists.search(prefix, most); });
    if (!found) co_return std::move(found).error();
    Json items = Json::array();
    for (const Lists::Found& one : *found) {
        const char* const kind = one.kind == Lists::Found::Kind::block         ? "block"
                                 : one.kind == Lists::Found::Kind::transaction ? "transaction"
                                                                               : "contract";
        items.push_back({{"kind", kind}, {"value", to_hex(one.name)}});
    }
    co_return json_body({{"items", std::move(items)}});
}

void ArchiveRoutes::add_to(RouteTable& table) {
    const auto get = [&](std::string pattern, Handler handler) {
        table.add("GET", std::move(pattern), RequestClass::graphql,
                  [this, handler](RouteRequest request) { return (this->*handler)(std::move(request)); });
    };
    get("/archive", &ArchiveRoutes::about);
    get("/archive/accounts", &ArchiveRoutes::richest);
    get("/archive/accounts/{}/history", &ArchiveRoutes::history);
    get("/archive/provisioners", &ArchiveRoutes::provisioners);
    get("/archive/provisioners/{}/blocks", &ArchiveRoutes::blocks);
    get("/archive/blocks/{}/committees", &ArchiveRoutes::committees);
    get("/archive/contracts", &ArchiveRoutes::contracts);
    get("/archive/contracts/{}", &ArchiveRoutes::contract);
    get("/archive/contracts/{}/transactions", &ArchiveRoutes::contract_transactions);
    get("/archive/contracts/{}/events", &ArchiveRoutes::contract_events);
    get("/archive/transactions", &ArchiveRoutes::transactions);
    get("/archive/transactions/{}", &ArchiveRoutes::transaction);
    get("/archive/charts", &ArchiveRoutes::charts);
    get("/archive/search", &ArchiveRoutes::search);
}

}  // namespace dusk::rpc
