#include "execution/state_queries.hpp"
#include "rpc/jsonrpc/backend.hpp"
#include "rpc/jsonrpc/values.hpp"

namespace dusk::rpc::jsonrpc {
namespace {

namespace asio = boost::asio;

asio::awaitable<Answer<Json>> account(const Backend& backend, const Params& params) {
    const auto key = params.account("account");
    if (!key) co_return fail(key.error());
    auto session = session_at_tip(backend);
    if (!session) co_return fail(session.error());
    const auto found = co_await backend.parts.threads.ask(
        [session = *std::move(session), key = *key] { return execution::StateQueries(*session).account(key); });
    if (!found) co_return fail(busy(kTooManyQuestions));
    if (!*found) co_return fail(internal_error());
    const ledger::AccountData& data = **found;
    co_return Json{{"account", key->to_base58()},
                   {"balance", u64(data.balance.value)},
                   {"nonce", u64(data.nonce.value)},
                   {"next_nonce", u64(backend.parts.node.core().next_nonce(*key, data.nonce).value)}};
}

Answer<Json> stakes_of(vm::Session& session, ledger::Height tip) {
    const auto stakes = execution::StateQueries(session).stakes();
    if (!stakes) return fail(internal_error());
    Json out = Json::array();
    for (const ledger::StakeEntry& entry : *stakes) {
        if (auto one = stake_value(entry, tip)) out.push_back(*std::move(one));
    }
    return out;
}

asio::awaitable<Answer<Json>> stakes(const Backend& backend) {
    auto session = session_at_tip(backend);
    if (!session) co_return fail(session.error());
    const auto tip = backend.parts.blocks.tip();
    if (!tip || !*tip) co_return fail(internal_error());
    auto answer = co_await backend.parts.threads.ask(
        [session = *std::move(session), height = (*tip)->height] { return stakes_of(*session, height); });
    co_return answer ? *std::move(answer) : fail(busy(kTooManyQuestions));
}

asio::awaitable<Answer<Json>> stake(const Backend& backend, const Params& params) {
    const auto key = params.account("account");
    if (!key) co_return fail(key.error());
    auto all = co_await stakes(backend);
    if (!all) co_return fail(all.error());
    const std::string wanted = key->to_base58();
    for (Json& one : *all) {
        if (one["account"].get<std::string>() == wanted) co_return std::move(one);
    }
    co_return fail(not_found("this account has no stake"));
}

}  // namespace

void add_account_methods(MethodTable& table, const Backend& backend) {
    using namespace schema;
    const Parameter account_parameter{"account", ref("Account"), true, "its key"};
    table.add(
        {.name = "accounts.get",
         .meaning = "What a public account has, and the nonces of its transactions; zeros for one that was never used.",
         .params = {account_parameter},
         .result =
             object({{"account", ref("Account")},
                     {"balance", ref("U64")},
                     {"nonce", described(ref("U64"), "of its last transaction in a block")},
                     {"next_nonce", described(ref("U64"), "the first that neither the chain nor the mempool has")}}),
         .handler = [backend](Call call) -> asio::awaitable<Answer<Json>> {
             co_return co_await account(backend, call.params);
         }});
    table.add({.name = "stakes.list",
               .meaning = "All stakes, in the order of the stake contract.",
               .result = list_of(ref("Stake")),
               .handler = [backend](Call) -> asio::awaitable<Answer<Json>> { co_return co_await stakes(backend); }});
    table.add({.name = "stakes.get",
               .meaning = "The stake of an account.",
               .params = {account_parameter},
               .result = ref("Stake"),
               .errors = {ErrorCode::not_found},
               .handler = [backend](Call call) -> asio::awaitable<Answer<Json>> {
                   co_return co_await stake(backend, call.params);
               }});
}

}  // namespace dusk::rpc::jsonrpc
