#include "chronicle/block_entry.hpp"

#include "chronicle/numbers.hpp"
#include "chronicle/schema.hpp"
#include "chronicle/transaction_kind.hpp"

namespace dusk::chronicle {
namespace {

// Sums wrap around rather than end: the differences of which they are kept hold.
std::int64_t sum(std::int64_t a, std::uint64_t b) { return signed_of(static_cast<std::uint64_t>(a) + b); }

}  // namespace

Outcome<Chronicle::Added> BlockEntry::write() {
    auto before = totals_before();
    if (!before) return fail(before.error());
    if (before->height >= signed_of(header_.height)) {
        return fail(Failure{FailureKind::damaged, "a block was to be added that does not stand above the others"});
    }
    const auto known =
        content_.events([this](const chain::KeptEvent& event) { groups_[origin_of(event)].flows.see(event); });
    if (!known) return chain_failure(known.error());
    number_events(before->next_event);
    if (auto done = write_block(*before, *known); !done) return fail(done.error());
    if (auto done = write_producers(); !done) return fail(done.error());
    if (auto done = write_transactions(before->transactions); !done) return fail(done.error());
    for (const auto& [origin, group] : groups_) {
        if (auto done = write_group(group); !done) return fail(done.error());
    }
    if (auto done = write_events(); !done) return fail(done.error());
    return Chronicle::Added{.known = *known, .events = static_cast<std::uint64_t>(count_)};
}

Outcome<BlockEntry::Totals> BlockEntry::totals_before() {
    Totals out;
    const auto done = database_.run(
        "SELECT height, first_event + events, public_total, shielded_total, transactions, failed, calls, deployments,"
        " gas, fees FROM chronicle_blocks ORDER BY height DESC LIMIT 1",
        {}, [&](const Row& row) {
            out = {.height = row.number(0),
                   .next_event = row.number(1),
                   .public_ones = row.number(2),
                   .shielded_ones = row.number(3),
                   .transactions = row.number(4),
                   .failed = row.number(5),
                   .calls = row.number(6),
                   .deployments = row.number(7),
                   .gas = row.number(8),
                   .fees = row.number(9)};
            return false;
        });
    if (!done) return fail(done.error());
    return out;
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

void BlockEntry::count(Totals& totals) const {
    for (const auto& [origin, group] : groups_) {
        totals.public_ones += signed_of(group.flows.public_ones());
        totals.shielded_ones += signed_of(group.flows.shielded_ones());
    }
    if (!content_.spent) return;
    for (const ledger::SpentTransaction& spent : *content_.spent) {
        const ledger::Transaction& transaction = spent.transaction.transaction;
        totals.transactions += 1;
        totals.failed += spent.error ? 1 : 0;
        totals.calls += transaction.call() != nullptr ? 1 : 0;
        totals.deployments += transaction.deploy() != nullptr ? 1 : 0;
        totals.gas = sum(totals.gas, spent.gas_spent.value);
        totals.fees = sum(totals.fees, spent.gas_spent.value * transaction.gas_price().value);
    }
}

Outcome<void> BlockEntry::write_block(const Totals& before, bool known) {
    Totals now = before;
    count(now);
    return database_.run(
        "INSERT INTO chronicle_blocks VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        {signed_of(header_.height), header_.hash.bytes, signed_of(header_.timestamp), std::int64_t{known},
         before.next_event, count_, now.shielded_ones - before.shielded_ones, now.public_ones, now.shielded_ones,
         now.transactions, now.failed, now.calls, now.deployments, now.gas, now.fees});
}

Outcome<void> BlockEntry::write_group(const Group& group) {
    const auto events = signed_of(group.flows.events());
    for (const Flow& flow : group.flows.flows()) {
        auto done = database_.run(
            "INSERT INTO chronicle_flows VALUES ($1, $2, $3, $4, $5)",
            {flow.account, static_cast<std::int64_t>(flow.way), signed_of(header_.height), group.first_event, events});
        if (!done) return done;
        if (done = accounts_.count(flow.account, header_.height); !done) return done;
    }
    if (group.flows.memo().empty()) return {};
    return database_.run("INSERT INTO chronicle_memos VALUES ($1, $2, $3, $4)",
                         {memo_digest(group.flows.memo()), signed_of(header_.height), group.first_event, events});
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
    auto done = database_.run("INSERT INTO chronicle_events VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                              {id, signed_of(header_.height), place, origin, event.source.bytes, as_bytes(event.topic),
                               kind_of(event.source.bytes, event.topic), event.data, std::int64_t{event.reverted}});
    if (!done) return done;
    return write_happenings(event, id);
}

Outcome<void> BlockEntry::write_happenings(const chain::KeptEvent& event, std::int64_t id) {
    std::map<std::pair<AccountBytes, Happening>, std::uint64_t> told;
    tell_happenings(event, [&](const AccountBytes& account, Happening happening, std::uint64_t lux) {
        told[{account, happening}] += lux;
    });
    for (const auto& [what, lux] : told) {
        const auto number = accounts_.number_of(what.first, header_.height);
        if (!number) return fail(number.error());
        const auto place = id * kPlacesOfEvent + static_cast<std::int64_t>(what.second);
        auto done = database_.run(
            "INSERT INTO chronicle_activity VALUES ($1, $2, $3, $4, $5)",
            {*number, std::int64_t{is_reward(what.second)}, place, signed_of(header_.height), signed_of(lux)});
        if (!done) return done;
    }
    return {};
}

Outcome<void> BlockEntry::write_transactions(std::int64_t before) {
    if (!content_.spent) return {};
    std::int64_t place = 0;
    for (const ledger::SpentTransaction& spent : *content_.spent) {
        ++place;
        if (auto done = write_transaction(spent, before + place, place - 1); !done) return done;
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
        const auto from = accounts_.number_of(open->payload.sender.to_bytes(), header_.height);
        if (!from) return fail(from.error());
        sender = *from;
        if (open->payload.receiver != open->payload.sender) {
            const auto to = accounts_.number_of(open->payload.receiver.to_bytes(), header_.height);
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
    return database_.run(
        "INSERT INTO chronicle_transactions VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,"
        " $16, $17, $18)",
        {number, id.bytes, signed_of(header_.height), place, std::int64_t{transaction.phoenix() != nullptr},
         static_cast<std::int64_t>(kind_of(transaction)), sender, receiver, amount, contract, as_bytes(function),
         signed_of(spent.gas_spent.value), signed_of(transaction.gas_price().value),
         signed_of(transaction.gas_limit().value), std::int64_t{spent.error.has_value()},
         as_bytes(spent.error ? std::string_view(*spent.error) : std::string_view()),
         has_events ? group->second.first_event : 0, has_events ? signed_of(group->second.flows.events()) : 0});
}

Outcome<void> BlockEntry::write_contract(const ledger::ContractDeploy& deployment, std::int64_t number) {
    // The state that accounts were counted in may have had it already.
    return database_.run(
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
    return write_producer(header_.generator, header_.iteration, false);
}

Outcome<void> BlockEntry::write_producer(const ledger::KeyBytes& key, std::uint64_t iteration, bool missed) {
    const auto number = accounts_.number_of(key.bytes, header_.height);
    if (!number) return fail(number.error());
    const std::int64_t place = signed_of(header_.height) * kPlacesOfHeight + signed_of(iteration);
    return database_.run("INSERT INTO chronicle_producers VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                         {*number, place, signed_of(header_.height), std::int64_t{missed}});
}

}  // namespace dusk::chronicle
