#include <charconv>

#include "base/hex.hpp"
#include "ledger/hex_name.hpp"
#include "rpc/archive/block_committees.hpp"
#include "rpc/jsonrpc/backend.hpp"
#include "rpc/jsonrpc/values.hpp"

namespace dusk::rpc::jsonrpc {
namespace {

namespace asio = boost::asio;
using chronicle::EventRecord;
using chronicle::Outcome;
using chronicle::Queries;

constexpr std::uint64_t kMostEntries = 200;
constexpr std::uint64_t kEntries = 50;

std::string text_of(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

Json record_json(const EventRecord& event) {
    const std::string topic = text_of(event.topic);
    return {{"height", event.height.value},
            {"block_hash", hex(event.block)},
            {"origin", to_hex(event.origin)},
            {"contract", hex(event.source)},
            {"topic", topic},
            {"data", to_hex(event.data)},
            {"decoded", decoded_event(event.source, topic, event.data)},
            {"reverted", event.reverted}};
}

Json records_json(const std::vector<EventRecord>& events) {
    Json out = Json::array();
    for (const EventRecord& event : events) out.push_back(record_json(event));
    return out;
}

// `question` fills in what it finds; nothing: there is none.
template <class Question>
asio::awaitable<Answer<Json>> ask(const Backend& backend, Question question) {
    const auto out = std::make_shared<std::optional<Json>>();
    const auto asked = co_await backend.archive->ask([out, question](Queries& queries) -> Outcome<void> {
        auto found = question(queries);
        if (!found) return fail(found.error());
        *out = *std::move(found);
        return {};
    });
    if (!asked) {
        // Sentences for the one who asked; what must not be told is not in them.
        const bool is_internal = asked.error() == "Internal server error";
        co_return fail(is_internal ? internal_error() : Error{ErrorCode::busy, asked.error(), nullptr});
    }
    if (!*out) co_return fail(not_found("the archive does not have it"));
    co_return **std::move(out);
}

using Found = Outcome<std::optional<Json>>;

asio::awaitable<Answer<Json>> events_of_block(const Backend& backend, const Params& params) {
    const auto block = find_block(backend.parts.blocks, params.value("block"));
    if (!block) co_return fail(block.error());
    co_return co_await ask(backend, [hash = block->hash](Queries& queries) -> Found {
        const auto events = queries.events_of(hash);
        if (!events) return fail(events.error());
        return *events ? std::optional(records_json(**events)) : std::nullopt;
    });
}

asio::awaitable<Answer<Json>> committees(const Backend& backend, const Params& params) {
    const auto block = find_block(backend.parts.blocks, params.value("block"));
    if (!block) co_return fail(block.error());
    const auto source = committee_source(backend.parts.blocks, block->height);
    if (!source) co_return fail(internal_error());
    if (!*source) co_return fail(not_found("the first block has no committees, nor one whose past is forgotten"));
    const auto out = co_await ask(backend, [source = **source](Queries& queries) -> Found {
        const auto stakes = queries.stakes_before(source.header.hash);
        if (!stakes) return fail(stakes.error());
        return std::optional(*stakes ? committees_json(source, **stakes) : Json(nullptr));
    });
    if (out && out->is_null()) co_return fail(not_found(kNoStakes));
    co_return out;
}

std::optional<ledger::Height> height_of(const Params& params, const char* name) {
    const auto number = params.optional_number(name);
    return number ? std::optional(ledger::Height{*number}) : std::nullopt;
}

asio::awaitable<Answer<Json>> events_of_contract(const Backend& backend, const Params& params) {
    chronicle::EventFilter filter{.source = params.name<ledger::ContractId>("contract"),
                                  .topic = params.optional_text("topic"),
                                  .from = {params.number("from", 0)},
                                  .to = height_of(params, "to"),
                                  .most = params.number("limit", kEntries)};
    if (const auto cursor = params.optional_text("cursor")) {
        const auto [end, wrong] = std::from_chars(cursor->data(), cursor->data() + cursor->size(), filter.after);
        if (wrong != std::errc() || end != cursor->data() + cursor->size()) {
            co_return fail(invalid_params("cursor", "must be one that an answer had"));
        }
    }
    co_return co_await ask(backend, [filter](Queries& queries) -> Found {
        const auto events = queries.events(filter);
        if (!events) return fail(events.error());
        const bool is_page = events->size() == filter.most;
        return std::optional(Json{{"events", records_json(*events)},
                                  {"cursor", is_page ? Json(std::to_string(events->back().id)) : Json(nullptr)}});
    });
}

asio::awaitable<Answer<Json>> history(const Backend& backend, const Params& params) {
    const auto key = params.account("account");
    if (!key) co_return fail(key.error());
    const bool is_oldest = params.text("order") == "oldest";
    const chronicle::HistoryFilter filter{
        .account = key->to_bytes(),
        .from = {params.number("from", 0)},
        .to = height_of(params, "to"),
        .order = is_oldest ? chronicle::HistoryOrder::ascending : chronicle::HistoryOrder::descending,
        .most = params.number("limit", kEntries)};
    co_return co_await ask(backend, [filter](Queries& queries) -> Found {
        const auto found = queries.history(filter);
        if (!found) return fail(found.error());
        Json transactions = Json::array();
        for (const auto& one : *found) {
            transactions.push_back(
                {{"height", one.height.value}, {"origin", to_hex(one.origin)}, {"events", records_json(one.events)}});
        }
        return std::optional(Json{{"transactions", std::move(transactions)}});
    });
}

Found extent(Queries& queries) {
    const auto found = queries.extent();
    if (!found) return fail(found.error());
    const auto accounts = queries.accounts();
    if (!accounts) return fail(accounts.error());
    const auto transactions = queries.transactions();
    if (!transactions) return fail(transactions.error());
    const auto height = [](const std::optional<ledger::Height>& one) { return one ? Json(one->value) : Json(nullptr); };
    return std::optional(
        Json{{"first", height(found->first)},
             {"last", height(found->last)},
             {"last_final", height(found->last_final)},
             {"unknown_blocks", found->unknown_blocks},
             {"complete_from", height(found->complete_from)},
             {"events", found->events},
             {"accounts", *accounts},
             {"transactions", {{"public", transactions->public_ones}, {"shielded", transactions->shielded_ones}}}});
}

}  // namespace

void add_archive_methods(MethodTable& table, const Backend& backend) {
    using namespace schema;
    const Parameter from{"from", ref("Height"), false, "the lowest height"};
    const Parameter to{"to", ref("Height"), false, "the highest height"};
    const Parameter limit{"limit", integer(1, kMostEntries), false, "how many at most; 50 without it"};
    table.add({.name = "blocks.events",
               .meaning = "All that contracts reported in a block, also in one that is not final.",
               .params = {{"block", ref("BlockName"), true, "which one"}},
               .result = list_of(ref("ContractEvent")),
               .errors = {ErrorCode::not_found},
               .need = Need::archive,
               .handler = [backend](Call call) -> asio::awaitable<Answer<Json>> {
                   co_return co_await events_of_block(backend, call.params);
               }});
    const Json committee =
        object({{"credits", integer()},
                {"voted_credits", or_null(integer())},
                {"members", list_of(object({{"account", ref("Account")},
                                            {"credits", integer()},
                                            {"voted", described(or_null(boolean()), "null where nobody knows")}}))}});
    table.add({.name = "blocks.committees",
               .meaning = "Who was to vote on a block, in its own iteration and those that failed, and who voted.",
               .params = {{"block", ref("BlockName"), true, "which one"}},
               .result = object({{"height", ref("Height")},
                                 {"hash", ref("Hash")},
                                 {"iteration", described(or_null(integer()), "its own; null for an emergency block")},
                                 {"iterations", list_of(object({{"iteration", integer()},
                                                                {"generator", or_null(ref("Account"))},
                                                                {"outcome", described(or_null(ref("VoteKind")),
                                                                                      "null where nobody attested it")},
                                                                {"validation", committee},
                                                                {"ratification", committee}}))}}),
               .errors = {ErrorCode::not_found},
               .need = Need::archive,
               .handler = [backend](Call call) -> asio::awaitable<Answer<Json>> {
                   co_return co_await committees(backend, call.params);
               }});
    table.add({.name = "contracts.events",
               .meaning = "What a contract reported in final blocks, the oldest first.",
               .params = {{"contract", ref("Hash"), true, "its id"},
                          {"topic", text(), false, "only events with it"},
                          from,
                          to,
                          {"cursor", text(), false, "of the answer before: goes on after it"},
                          limit},
               .result = object({{"events", list_of(ref("ContractEvent"))},
                                 {"cursor", described(or_null(text()), "for the next page; null at the end")}}),
               .need = Need::archive,
               .handler = [backend](Call call) -> asio::awaitable<Answer<Json>> {
                   co_return co_await events_of_contract(backend, call.params);
               }});
    table.add(
        {.name = "accounts.history",
         .meaning = "Final transactions by which an account paid or was paid in the open.",
         .params = {{"account", ref("Account"), true, "its key"},
                    from,
                    to,
                    {"order", one_of_names({"newest", "oldest"}), false, "which come first; the newest without it"},
                    limit},
         .result = object({{"transactions", list_of(object({{"height", ref("Height")},
                                                            {"origin", ref("Hash")},
                                                            {"events", list_of(ref("ContractEvent"))}}))}}),
         .need = Need::archive,
         .handler = [backend](Call call) -> asio::awaitable<Answer<Json>> {
             co_return co_await history(backend, call.params);
         }});
    const Json height = or_null(ref("Height"));
    table.add(
        {.name = "archive.info",
         .meaning = "How far the archive is, and what it counted.",
         .result = object({{"first", height},
                           {"last", height},
                           {"last_final", height},
                           {"unknown_blocks", described(integer(), "whose events are not here")},
                           {"complete_from", described(height, "from this block on nothing is missing")},
                           {"events", integer()},
                           {"accounts", integer()},
                           {"transactions", object({{"public", integer()}, {"shielded", integer()}})}}),
         .need = Need::archive,
         .handler = [backend](Call) -> asio::awaitable<Answer<Json>> { co_return co_await ask(backend, extent); }});
}

}  // namespace dusk::rpc::jsonrpc
