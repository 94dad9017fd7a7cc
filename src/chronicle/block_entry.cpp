#include "chronicle/block_entry.hpp"

#include "chain/stake_events.hpp"
#include "chronicle/numbers.hpp"
#include "chronicle/schema.hpp"
#include "chronicle/transaction_kind.hpp"

namespace dusk::chronicle {
namespace {

// Sums wrap around rather than end: the differences of which they are kept hold.
std::int64_t sum(std::int64_t a, std::uint64_t b) { return signed_of(static_cast<std::uint64_t>(a) + b); }

}  // namespace

Outcome<Entries::Added> BlockEntry::write() {
    const auto totals = entries_.totals();
    if (!totals) return fail(totals.error());
    const Totals before = **totals;
    if (before.height >= signed_of(header_.height)) {
        return fail(Failure{FailureKind::damaged, "a block was to be added that does not stand above the others"});
    }
    const auto known = content_.events([this](const chain::KeptEvent& event) { see(event); });
    if (!known) return chain_failure(known.error());
    number_events(before.next_event);
    **totals = totals_with(before);
    const auto stakes = write_stakes(*known);
    if (!stakes) return fail(stakes.error());
    write_block(before, **totals, *known, *stakes);
    if (auto done = write_producers(); !done) return fail(done.error());
    if (auto done = write_transactions(before.transactions); !done) return fail(done.error());
    for (const auto& [origin, group] : groups_) {
        if (auto done = write_group(group); !done) return fail(done.error());
    }
    if (auto done = write_events(); !done) return fail(done.error());
    if (auto done = entries_.write_if_many(); !done) return fail(done.error());
    return Entries::Added{.known = *known, .events = static_cast<std::uint64_t>(count_)};
}

void BlockEntry::see(const chain::KeptEvent& event) {
    groups_[origin_of(event)].flows.see(event);
    if (event.reverted || !stake_changes_) return;
    auto change = chain::stake_change(event.source, event.topic, event.data);
    if (!change) {
        stake_changes_.reset();
    } else if (*change) {
        stake_changes_->push_back(**std::move(change));
    }
}

BlockEntry::Origin BlockEntry::origin_of(const chain::KeptEvent& event) const {
    return event.origin ? event.origin->bytes : header_.hash.bytes;
}

// By origin, as the released node numbers them: clients keep these numbers.
void BlockEntry::number_events(std::int64_t first) {
    for (auto& [origin, group] : groups_) {
        group.first_event = group.next_event = first + count_;
        count_ += signed_of(group.flows.events());
    }
}

Totals BlockEntry::totals_with(const Totals& before) const {
    Totals out = before;
    out.height = signed_of(header_.height);
    out.next_event += count_;
    for (const auto& [origin, group] : groups_) {
        out.public_ones += signed_of(group.flows.public_ones());
        out.shielded_ones += signed_of(group.flows.shielded_ones());
    }
    if (!content_.spent) return out;
    for (const ledger::SpentTransaction& spent : *content_.spent) {
        const ledger::Transaction& transaction = spent.transaction.transaction;
        out.transactions += 1;
        out.failed += spent.error ? 1 : 0;
        out.calls += transaction.call() != nullptr ? 1 : 0;
        out.deployments += transaction.deploy() != nullptr ? 1 : 0;
        out.gas = sum(out.gas, spent.gas_spent.value);
        out.fees = sum(out.fees, spent.gas_spent.value * transaction.gas_price().value);
    }
    return out;
}

// Whether those before the block are known.
Outcome<bool> BlockEntry::find_stakes() {
    if (header_.height == ledger::Height{0}) return false;
    const auto known = entries_.stakes_.known_before(header_.height);
    if (!known || *known || !content_.stakes) return known;
    const auto kept = content_.stakes();
    if (!kept) return chain_failure(kept.error());
    if (!*kept) return false;
    if (auto done = entries_.write(); !done) return fail(done.error());
    if (auto done = entries_.stakes_.set_before(header_.height, **kept); !done) return fail(done.error());
    return true;
}

Outcome<KnownStakes> BlockEntry::write_stakes(bool knows_events) {
    const auto known = find_stakes();
    if (!known) return fail(known.error());
    auto out = *known ? KnownStakes::before : KnownStakes::none;
    if (*known && knows_events && stake_changes_) {
        const auto applied = entries_.stakes_.apply(*stake_changes_, header_.height);
        if (!applied) return fail(applied.error());
        if (*applied) out = KnownStakes::both;
    }
    entries_.stakes_.end_block(header_.height, out);
    return out;
}

void BlockEntry::write_block(const Totals& before, const Totals& now, bool known, KnownStakes stakes) {
    entries_.blocks_.add({signed_of(header_.height), header_.hash.bytes, signed_of(header_.timestamp),
                          std::int64_t{known}, before.next_event, count_, now.shielded_ones - before.shielded_ones,
                          now.public_ones, now.shielded_ones, now.transactions, now.failed, now.calls, now.deployments,
                          now.gas, now.fees,
                          std::int64_t{before.height >= 0 && before.height + 1 == signed_of(header_.height)},
                          static_cast<std::int64_t>(stakes)});
}

Outcome<void> BlockEntry::write_group(const Group& group) {
    const auto events = signed_of(group.flows.events());
    for (const Flow& flow : group.flows.flows()) {
        entries_.flows_.add(
            {flow.account, static_cast<std::int64_t>(flow.way), signed_of(header_.height), group.first_event, events});
        if (auto done = entries_.accounts_.count(flow.account, header_.height); !done) return done;
    }
    if (group.flows.memo().empty()) return {};
    entries_.memos_.add({memo_digest(group.flows.memo()), signed_of(header_.height), group.first_event, events});
    return {};
}

Outcome<void> BlockEntry::write_events() {
    Outcome<void> done;
    std::int64_t place = 0;
    const auto read = content_.events([&](const chain::KeptEvent& event) {
        if (done) done = write_event(event, place++);
    });
    if (!read) return chain_failure(read.error());
    return done;
}

Outcome<void> BlockEntry::write_event(const chain::KeptEvent& event, std::int64_t place) {
    const Origin origin = origin_of(event);
    const std::int64_t id = groups_[origin].next_event++;
    entries_.events_.add({id, signed_of(header_.height), place, origin, event.source.bytes, as_bytes(event.topic),
                          kind_of(event.source.bytes, event.topic), event.data, std::int64_t{event.reverted}});
    if (auto done = write_happenings(event, id); !done) return done;
    return entries_.write_if_many();
}

Outcome<void> BlockEntry::write_happenings(const chain::KeptEvent& event, std::int64_t id) {
    std::map<std::pair<AccountBytes, Happening>, std::uint64_t> told;
    tell_happenings(event, [&](const AccountBytes& account, Happening happening, std::uint64_t lux) {
        told[{account, happening}] += lux;
    });
    for (const auto& [what, lux] : told) {
        const auto number = entries_.accounts_.number_of(what.first, header_.height);
        if (!number) return fail(number.error());
        const auto place = id * kPlacesOfEvent + static_cast<std::int64_t>(what.second);
        entries_.activity_.add(
            {*number, std::int64_t{is_reward(what.second)}, place, signed_of(header_.height), signed_of(lux)});
    }
    return {};
}

Outcome<void> BlockEntry::write_transactions(std::int64_t before) {
    if (!content_.spent) return {};
    std::int64_t place = 0;
    for (const ledger::SpentTransaction& spent : *content_.spent) {
        ++place;
        if (auto done = write_transaction(spent, before + place, place - 1); !done) return done;
        if (auto done = entries_.write_if_many(); !done) return done;
    }
    return {};
}

Outcome<void> BlockEntry::write_transaction(const ledger::SpentTransaction& spent, std::int64_t number,
                                            std::int64_t place) {
    const ledger::Transaction& transaction = spent.transaction.transaction;
    const ledger::TransactionId id = transaction.id();
    std::int64_t sender = 0;
    std::int64_t receiver = 0;
    std::int64_t amount = 0;
    if (const auto* open = transaction.moonlight()) {
        const auto from = entries_.accounts_.number_of(open->payload.sender.to_bytes(), header_.height);
        if (!from) return fail(from.error());
        sender = *from;
        if (open->payload.receiver != open->payload.sender) {
            const auto to = entries_.accounts_.number_of(open->payload.receiver.to_bytes(), header_.height);
            if (!to) return fail(to.error());
            receiver = *to;
        }
        amount = signed_of(open->payload.value.value);
    }
    Bytes contract;
    std::string_view function;
    if (const auto* call = transaction.call()) {
        contract = to_vector(call->contract.bytes);
        function = call->fn_name;
    } else if (const auto* deployment = transaction.deploy()) {
        contract = to_vector(deployment->contract_id().bytes);
        if (!spent.error) {
            if (auto done = write_contract(*deployment, number); !done) return done;
        }
    }
    const auto group = groups_.find(id.bytes);
    const bool has_events = group != groups_.end();
    entries_.transactions_.add(
        {number, id.bytes, signed_of(header_.height), place, std::int64_t{transaction.phoenix() != nullptr},
         static_cast<std::int64_t>(kind_of(transaction)), sender, receiver, amount, contract, as_bytes(function),
         signed_of(spent.gas_spent.value), signed_of(transaction.gas_price().value),
         signed_of(transaction.gas_limit().value), std::int64_t{spent.error.has_value()},
         as_bytes(spent.error ? std::string_view(*spent.error) : std::string_view()),
         has_events ? group->second.first_event : 0, has_events ? signed_of(group->second.flows.events()) : 0});
    return {};
}

Outcome<void> BlockEntry::write_contract(const ledger::ContractDeploy& deployment, std::int64_t number) {
    // The state that accounts were counted in may have had it already.
    return entries_.database_.run(
        "INSERT INTO chronicle_contracts VALUES ($1, $2, $3, $4) ON CONFLICT (contract) DO UPDATE SET"
        " height = excluded.height, transaction_number = excluded.transaction_number",
        {deployment.contract_id().bytes, deployment.owner, signed_of(header_.height), number});
}

Outcome<void> BlockEntry::write_producers() {
    if (header_.height == ledger::Height{0}) return {};  // nobody made the first one
    const auto& failed = header_.failed_iterations.iterations;
    for (std::size_t i = 0; i < failed.size(); ++i) {
        if (!failed[i]) continue;
        if (auto done = write_producer(failed[i]->generator, i, true); !done) return done;
    }
    // A header that lists its own iteration as failed does not come from a network.
    const std::size_t own = header_.iteration;
    if (own < failed.size() && failed[own] && failed[own]->generator == header_.generator) return {};
    return write_producer(header_.generator, own, false);
}

Outcome<void> BlockEntry::write_producer(const ledger::KeyBytes& key, std::uint64_t iteration, bool missed) {
    const auto number = entries_.accounts_.number_of(key.bytes, header_.height);
    if (!number) return fail(number.error());
    const std::int64_t place = signed_of(header_.height) * kPlacesOfHeight + signed_of(iteration);
    entries_.producers_.add({*number, place, signed_of(header_.height), std::int64_t{missed}});
    return {};
}

}  // namespace dusk::chronicle
