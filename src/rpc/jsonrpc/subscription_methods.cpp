#include "rpc/jsonrpc/subscription_methods.hpp"

#include <algorithm>

namespace dusk::rpc::jsonrpc {
namespace {

constexpr std::uint64_t kMostIds = 100;

// What the filter of a channel may have.
Json filter_type(Channel channel) {
    using namespace schema;
    const auto states = [](std::initializer_list<std::string_view> names) {
        return Property{"states?", described(list_of(one_of_names(names)), "only these; all without it")};
    };
    switch (channel) {
        case Channel::blocks:
            return object({states({"accepted", "confirmed", "final", "reverted"})});
        case Channel::transactions: {
            Json ids = described(list_of(ref("Hash")), "only these");
            ids["maxItems"] = kMostIds;
            return object({states({"included", "executed", "removed", "deferred", "dropped"}),
                           {"ids?", std::move(ids)},
                           {"account?", described(ref("Account"), "only what it pays or is paid by, in the open")}});
        }
        case Channel::contracts:
            return object({{"contract?", ref("Hash")}, {"topic?", text()}});
        case Channel::consensus:
            break;
    }
    return object({});
}

Channel channel_of(std::string_view name) {
    return static_cast<Channel>(std::ranges::find(kChannels, name) - kChannels.begin());
}

Answer<EventFilter> filter_of(const RequestJson& json) {
    EventFilter out;
    for (const auto& [name, value] : json.items()) {
        if (name == "states") {
            for (const RequestJson& one : value) out.states.insert(one.get<std::string>());
        } else if (name == "ids") {
            for (const RequestJson& one : value) {
                out.transactions.insert({take<ledger::TransactionId::kSize>(bytes_of_hex(one.get<std::string>()))});
            }
        } else if (name == "account") {
            const auto key = account_of(value.get<std::string>(), "filter.account");
            if (!key) return fail(key.error());
            out.account = ledger::KeyBytes{key->to_bytes()};
        } else if (name == "contract") {
            out.contract = {take<ledger::ContractId::kSize>(bytes_of_hex(value.get<std::string>()))};
        } else if (name == "topic") {
            out.topic = value.get<std::string>();
        }
    }
    return out;
}

Answer<Json> subscribe(ConsensusFeed& consensus, const Call& call) {
    const Channel channel = channel_of(call.params.text("channel"));
    const RequestJson& wanted = call.params.value("filter");
    const RequestJson filter = wanted.is_null() ? RequestJson::object() : wanted;
    if (const auto bad = schema::violation(filter_type(channel), filter, "filter")) {
        return fail(invalid_params(bad->place, bad->reason));
    }
    auto read = filter_of(filter);
    if (!read) return fail(read.error());
    const auto made = call.subscriber->subscribe(channel, *std::move(read), call.params.optional_number("from"));
    if (!made) return fail(made.error());
    consensus.follow_listeners();
    return Json{{"subscription", made->id}, {"next", made->next}};
}

Answer<Json> unsubscribe(ConsensusFeed& consensus, const Call& call) {
    if (!call.subscriber->unsubscribe(call.params.text("subscription"))) {
        return fail(not_found("there is no such subscription in this session"));
    }
    consensus.follow_listeners();
    return Json(true);
}

// Of each channel, with the types of the filters for a document.
Json any_filter() {
    Json choices = Json::array();
    for (std::size_t i = 0; i < kChannels.size(); ++i) {
        Json one = filter_type(static_cast<Channel>(i));
        one["title"] = std::string("of ") + std::string(kChannels.at(i));
        choices.push_back(std::move(one));
    }
    // Which one applies says the channel: `anyOf` is for readers, the method checks.
    return {{"type", "object"}, {"description", "an object"}, {"anyOf", std::move(choices)}};
}

}  // namespace

void add_subscription_methods(MethodTable& table, ConsensusFeed& consensus) {
    using namespace schema;
    table.add(
        {.name = "consensus.round",
         .meaning =
             "The round that runs, with its committees and the votes that came; null while consensus does not run.",
         .result = or_null(ref("Round")),
         .handler = at_once([&consensus](const Params&) -> Answer<Json> { return consensus.round(); })});
    table.add(
        {.name = "subscribe",
         .meaning = "Asks for events of a channel, from now on or from a number on.",
         .params = {{"channel", one_of_names({"blocks", "transactions", "contracts", "consensus"}), true, "which"},
                    {"filter", any_filter(), false, "which of its events; all without it"},
                    {"from", integer(), false, "the first number that is wanted: the last one that came, plus 1"}},
         .result = object({{"subscription", described(text(), "its name in notifications")},
                           {"next", described(integer(), "the first number that may come")}}),
         .errors = {ErrorCode::limit, ErrorCode::gone},
         .need = Need::socket,
         .handler = [&consensus](Call call) -> boost::asio::awaitable<Answer<Json>> {
             co_return subscribe(consensus, call);
         }});
    table.add({.name = "unsubscribe",
               .meaning = "Ends a subscription.",
               .params = {{"subscription", text(), true, "its name"}},
               .result = boolean(),
               .errors = {ErrorCode::not_found},
               .need = Need::socket,
               .handler = [&consensus](Call call) -> boost::asio::awaitable<Answer<Json>> {
                   co_return unsubscribe(consensus, call);
               }});
}

}  // namespace dusk::rpc::jsonrpc
