#include "node/tip_state.hpp"

#include "execution/state_queries.hpp"

namespace dusk::node {

mempool::PoolState::Answer<vm::Session*> TipState::session() {
    const auto tip = blocks_.tip();
    if (!tip) return fail(tip.error().text);
    if (!*tip) return fail(std::string("there is no block yet"));
    if (session_ == nullptr || (*tip)->hash != tip_) {
        auto opened =
            machine_->session((*tip)->state_root.bytes, static_cast<std::uint8_t>(chain_id_), (*tip)->height.value);
        if (!opened) return fail(describe(opened.error()));
        session_ = std::move(*opened);
        tip_ = (*tip)->hash;
    }
    return session_.get();
}

mempool::PoolState::Answer<bool> TipState::in_ledger(const ledger::TransactionId& id) {
    const auto found = blocks_.has_transaction(id);
    if (!found) return fail(found.error().text);
    return *found;
}

mempool::PoolState::Answer<ledger::AccountData> TipState::account(const ledger::AccountKey& key) {
    const auto open = session();
    if (!open) return fail(open.error());
    auto answer = execution::StateQueries(**open).account(key);
    if (answer) return *answer;
    session_.reset();
    return fail(std::move(answer.error().text));
}

mempool::PoolState::Answer<bool> TipState::any_spent(std::span<const crypto::Fq> nullifiers) {
    const auto open = session();
    if (!open) return fail(open.error());
    const auto spent = execution::StateQueries(**open).spent_nullifiers(nullifiers);
    if (spent) return !spent->empty();
    session_.reset();
    return fail(spent.error().text);
}

}  // namespace dusk::node
