#include "execution/preverify.hpp"

#include <algorithm>
#include <set>

#include "execution/preconditions.hpp"

namespace dusk::execution {
namespace {

using crypto::Fq;

std::unexpected<StateRefusal> refused(Refusal refusal) { return fail(StateRefusal(refusal)); }
std::unexpected<StateRefusal> failed(const vm::CallError& error) { return fail(StateRefusal(error)); }

bool has_twice(const std::vector<Fq>& nullifiers) {
    std::set<ByteArray<Fq::kSize>> seen;
    return std::ranges::any_of(nullifiers,
                               [&](const Fq& nullifier) { return !seen.insert(nullifier.to_bytes()).second; });
}

Result<Readiness, StateRefusal> check(StateQueries& state, const ledger::PhoenixTransaction& transaction) {
    const std::vector<Fq>& nullifiers = transaction.payload.skeleton.nullifiers;
    if (has_twice(nullifiers)) return refused(Refusal::same_nullifier);
    const auto spent = state.spent_nullifiers(nullifiers);
    if (!spent) return failed(spent.error());
    if (!spent->empty()) return refused(Refusal::spent_nullifier);
    return Readiness::ready;
}

Result<Readiness, StateRefusal> check(StateQueries& state, const ledger::MoonlightTransaction& transaction) {
    const ledger::MoonlightPayload& payload = transaction.payload;
    const auto cost = payload.most_cost();
    if (!cost) return refused(Refusal::cost_overflow);
    const auto account = state.account(payload.sender);
    if (!account) return failed(account.error());
    if (*cost > account->balance) return refused(Refusal::balance);
    if (payload.nonce <= account->nonce) return refused(Refusal::used_nonce);
    return payload.nonce.value - account->nonce.value == 1 ? Readiness::ready : Readiness::future_nonce;
}

}  // namespace

Result<void, Refusal> check_for_pool(const ledger::Transaction& transaction) {
    if (transaction.gas_price() == ledger::GasPrice{0}) return fail(Refusal::no_price);
    if (auto allowed = check_preconditions(transaction); !allowed) return allowed;
    if (transaction.gas_limit() < kMinGasLimit) return fail(Refusal::low_gas_limit);
    if (spend_argument(transaction).size() > vm::kArgumentBufferBytes) return fail(Refusal::too_large);
    return {};
}

Result<Readiness, StateRefusal> check_against_state(StateQueries& state, const ledger::Transaction& transaction) {
    if (const auto* phoenix = transaction.phoenix()) return check(state, *phoenix);
    return check(state, *transaction.moonlight());
}

}  // namespace dusk::execution
