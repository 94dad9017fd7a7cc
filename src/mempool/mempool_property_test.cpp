// Random histories of the pool against what the rules say, written down without any index.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <ranges>

#include "mempool/pool_samples.hpp"

namespace dusk::mempool {
namespace {

using execution::Refusal;

struct World {
    explicit World(const PoolSettings& all) : settings(all), pool(all) {}

    // What `insert` must say: nothing where it takes the transaction or lets it wait.
    [[nodiscard]] std::optional<NotAdmitted> verdict(const ledger::LedgerTransaction& transaction, bool& waits) {
        const auto all = pool.best();
        const auto price = transaction.transaction.gas_price();
        if (pool.has(transaction.id())) return NotAdmitted{PoolError::in_pool};
        if (state.ledger.contains(transaction.id())) return NotAdmitted{PoolError::in_ledger};
        bool replaces = false;
        for (const TransactionPtr& other : all) {
            if (!share(*other, transaction)) continue;
            if (other->transaction.gas_price() >= price) return NotAdmitted{PoolError::spending_id};
            replaces = true;
        }
        const auto* moonlight = transaction.transaction.moonlight();
        if (all.size() >= settings.most_transactions && !replaces) {
            const auto& lowest = *all.back();
            if (lowest.transaction.gas_price() >= price) return NotAdmitted{PoolError::full};
            if (follows(transaction, lowest)) return NotAdmitted{PoolError::full};
        }
        if (moonlight == nullptr) {
            const auto& nullifiers = transaction.transaction.phoenix()->payload.skeleton.nullifiers;
            if (state.any_spent(nullifiers).value()) return NotAdmitted{PoolError::refused, Refusal::spent_nullifier};
            return {};
        }
        const std::uint64_t used = state.nonces[moonlight->payload.sender.to_bytes()];
        if (moonlight->payload.nonce.value <= used) return NotAdmitted{PoolError::refused, Refusal::used_nonce};
        for (std::uint64_t nonce = used + 1; nonce < moonlight->payload.nonce.value; ++nonce) {
            if (!spender(moonlight->payload.sender, nonce)) waits = true;
        }
        return {};
    }

    void check() {
        const auto all = pool.best();
        std::set<Bytes> spent;
        std::size_t bytes = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto rank = [&](std::size_t k) { return std::pair(all[k]->transaction.gas_price(), all[k]->id()); };
            if (i > 0) RC_ASSERT(rank(i - 1) > rank(i));
            RC_ASSERT(pool.find(all[i]->id()) == all[i]);
            RC_ASSERT(!state.ledger.contains(all[i]->id()));
            bytes += all[i]->transaction.block_space(ledger::TransactionFormat::boreas);
            for (const Bytes& id : all[i]->transaction.spending_ids()) {
                RC_ASSERT(spent.insert(id).second);
                RC_ASSERT(pool.spender(id) == all[i]);
            }
            if (const auto* moonlight = all[i]->transaction.moonlight()) {
                const std::uint64_t used = state.nonces[moonlight->payload.sender.to_bytes()];
                RC_ASSERT(moonlight->payload.nonce.value > used);
                // Nothing is there that what it follows is not, but for what a fork has left.
                for (std::uint64_t nonce = used + 1; !forked && nonce < moonlight->payload.nonce.value; ++nonce) {
                    RC_ASSERT(spender(moonlight->payload.sender, nonce));
                }
            }
        }
        RC_ASSERT(pool.size() == all.size());
        RC_ASSERT(pool.bytes() == bytes);
        RC_ASSERT(pool.size() <= settings.most_transactions);
        RC_ASSERT(pool.bytes() <= settings.most_bytes);
        RC_ASSERT(pool.waiting() <= settings.waiting.transactions);
        // Who follows the events knows the pool.
        for (const PoolEvent& event : pool.take_events()) {
            if (const auto* added = std::get_if<Added>(&event)) RC_ASSERT(followed.insert(added->id).second);
            if (const auto* removed = std::get_if<Removed>(&event)) RC_ASSERT(followed.erase(removed->id) == 1);
            if (const auto* waits = std::get_if<Deferred>(&event)) RC_ASSERT(waiting.insert(waits->id).second);
            if (const auto* dropped = std::get_if<Dropped>(&event)) waiting.erase(dropped->id);
        }
        const auto ids = pool.ids(1000);
        RC_ASSERT(std::vector(followed.begin(), followed.end()) == ids);
        std::erase_if(waiting, [&](const auto& id) { return !pool.knows(id) || pool.has(id); });
        RC_ASSERT(waiting.size() == pool.waiting());
    }

    [[nodiscard]] bool spender(const ledger::AccountKey& account, std::uint64_t nonce) const {
        return std::ranges::any_of(pool.best(), [&](const TransactionPtr& each) {
            const auto* moonlight = each->transaction.moonlight();
            return moonlight != nullptr && moonlight->payload.sender == account &&
                   moonlight->payload.nonce.value == nonce;
        });
    }
    [[nodiscard]] bool follows(const ledger::LedgerTransaction& later, const ledger::LedgerTransaction& first) const {
        const auto* a = first.transaction.moonlight();
        const auto* b = later.transaction.moonlight();
        if (a == nullptr || b == nullptr || !(a->payload.sender == b->payload.sender)) return false;
        if (b->payload.nonce <= a->payload.nonce) return false;
        for (std::uint64_t nonce = a->payload.nonce.value; nonce < b->payload.nonce.value; ++nonce) {
            if (!spender(a->payload.sender, nonce)) return false;
        }
        return true;
    }
    static bool share(const ledger::LedgerTransaction& a, const ledger::LedgerTransaction& b) {
        const auto of_a = a.transaction.spending_ids();
        const auto of_b = b.transaction.spending_ids();
        return std::ranges::any_of(of_a, [&](const Bytes& id) { return std::ranges::find(of_b, id) != of_b.end(); });
    }

    PoolSettings settings;
    Mempool pool;
    SampleState state;
    PoolTime now{.wall = WallTime(std::chrono::hours(1000)), .steady = MonotonicTime(std::chrono::hours(1))};
    std::set<ledger::TransactionId> followed;
    std::set<ledger::TransactionId> waiting;
    std::vector<ledger::Block> blocks;
    bool forked = false;
};

ledger::LedgerTransaction some_transaction(World& world) {
    const auto price = *rc::gen::inRange<std::uint64_t>(1, 6);
    if (*rc::gen::inRange(0, 3) == 0) {
        std::set<std::uint64_t> notes;
        for (int i = *rc::gen::inRange(1, 5); i > 0; --i) notes.insert(*rc::gen::inRange<std::uint64_t>(1, 12));
        return sample_spend({notes.begin(), notes.end()}, price);
    }
    const auto account = *rc::gen::inRange<std::size_t>(0, 3);
    const auto used = world.state.nonces[sample_account(account).to_bytes()];
    return sample_payment(account, used + *rc::gen::inRange<std::uint64_t>(0, 5), price,
                          *rc::gen::inRange<std::uint64_t>(0, 2));
}

// A block of what pays best and can be executed, and of some that nobody here has seen.
void make_block(World& world) {
    auto from_pool = world.pool.best(4);
    std::vector<ledger::LedgerTransaction> tried;
    for (const TransactionPtr& each : from_pool) tried.push_back(*each);
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) tried.push_back(some_transaction(world));
    ledger::Block block;
    for (const auto& transaction : tried) {
        if (world.state.ledger.contains(transaction.id())) continue;
        if (const auto* moonlight = transaction.transaction.moonlight()) {
            if (moonlight->payload.nonce.value != world.state.nonces[moonlight->payload.sender.to_bytes()] + 1)
                continue;
        } else if (world.state.any_spent(transaction.transaction.phoenix()->payload.skeleton.nullifiers).value()) {
            continue;
        }
        world.state.execute(transaction);
        block.transactions.push_back(transaction);
    }
    world.pool.on_block(block.transactions);
    world.blocks.push_back(std::move(block));
}

void revert(World& world) {
    std::vector<ledger::Block> gone;
    for (int i = *rc::gen::inRange(1, 3); i > 0 && !world.blocks.empty(); --i) {
        gone.push_back(std::move(world.blocks.back()));
        world.blocks.pop_back();
        for (auto& transaction : std::views::reverse(gone.back().transactions)) world.state.undo(transaction);
    }
    world.forked = true;
    world.pool.on_revert(gone, world.state, world.now);
}

RC_GTEST_PROP(MempoolPropertyTest, HoldsWhatTheRulesSay, ()) {
    World world({.most_transactions = *rc::gen::inRange<std::size_t>(1, 12),
                 .most_bytes = std::size_t{1} << 20,
                 .waiting = {.transactions = 4, .of_account = 3}});
    const auto steps = *rc::gen::inRange(1, 60);
    for (int step = 0; step < steps; ++step) {
        switch (*rc::gen::inRange(0, 12)) {
            case 0:
                make_block(world);
                break;
            case 1:
                if (*rc::gen::inRange(0, 4) == 0) revert(world);
                break;
            case 2: {
                const auto all = world.pool.best();
                if (all.empty()) break;
                const std::vector ids{all[*rc::gen::inRange<std::size_t>(0, all.size())]->id()};
                world.pool.discard(ids);
                break;
            }
            case 3: {
                const auto time = *rc::gen::element<std::chrono::milliseconds>(
                    std::chrono::milliseconds(200), std::chrono::seconds(1), std::chrono::hours(30));
                world.now.wall += time;
                world.now.steady += time;
                world.pool.on_time(world.state, world.now);
                break;
            }
            default: {
                const auto transaction = some_transaction(world);
                bool waits = false;
                const auto expected = world.verdict(transaction, waits);
                const auto checked = world.pool.precheck(transaction, world.state);
                if (expected) {
                    RC_ASSERT(!checked.has_value());
                    RC_ASSERT(checked.error() == *expected);
                    break;
                }
                RC_ASSERT(checked.has_value());
                RC_ASSERT(world.pool.check(*checked, world.state).has_value() == !waits);
                const auto outcome = world.pool.insert(*checked, world.state, world.now);
                if (waits) {
                    RC_ASSERT(!outcome || *outcome == Admission::deferred);
                    RC_ASSERT(outcome || is_of_the_pool(outcome.error().error));
                } else {
                    RC_ASSERT(outcome.has_value());
                    RC_ASSERT(*outcome == Admission::added);
                    RC_ASSERT(world.pool.has(transaction.id()));
                }
            }
        }
        world.check();
    }
    // A restart gives the same pool.
    std::vector<KeptTransaction> kept;
    for (const TransactionPtr& each : world.pool.best()) kept.push_back({world.now.wall, *each});
    Mempool again(world.settings);
    again.restore(kept, world.state, world.now);
    if (!world.forked) RC_ASSERT(again.ids(1000) == world.pool.ids(1000));
}

}  // namespace
}  // namespace dusk::mempool
