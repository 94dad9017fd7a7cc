#include "chronicle/stakes.hpp"

#include <algorithm>

#include "chronicle/numbers.hpp"

namespace dusk::chronicle {
namespace {

using chain::KeptStake;
using ledger::Height;
using ledger::KeyBytes;

// Those after the last block below `height`.
Outcome<std::vector<KeptStake>> read_below(Database& database, std::int64_t height) {
    std::vector<KeptStake> out;
    bool whole = true;
    const auto done = database.run(
        "SELECT k.account, s.amount, s.eligible FROM chronicle_stakes s JOIN chronicle_accounts k ON k.number = "
        "s.account"
        " WHERE s.height < $1 AND s.amount <> 0 AND NOT EXISTS (SELECT 1 FROM chronicle_stakes t WHERE t.account = "
        "s.account AND t.height > s.height AND t.height < $1) ORDER BY k.account",
        {height}, [&](const Row& row) {
            whole = row.bytes(0).size() == KeyBytes::kSize;
            if (!whole) return false;
            out.push_back({.key = {take<KeyBytes::kSize>(row.bytes(0))},
                           .value = {unsigned_of(row.number(1))},
                           .eligible_since = height_of(row.number(2))});
            return true;
        });
    if (!done) return fail(done.error());
    if (!whole) return fail(Failure{FailureKind::damaged, "a stake in the database cannot be read"});
    return out;
}

const crypto::BlsPublicKey& key_of(const consensus::StakeChange& change) {
    return std::visit([](const auto& one) -> const crypto::BlsPublicKey& { return one.key; }, change);
}

}  // namespace

Outcome<bool> StakeEntries::known_before(Height height) {
    if (!last_) {
        Last last;
        const auto done = database_.run(
            "SELECT height, stakes FROM chronicle_blocks ORDER BY height DESC LIMIT 1", {}, [&](const Row& row) {
                last = {.height = row.number(0),
                        .known = row.number(1) == static_cast<std::int64_t>(KnownStakes::both)};
                return false;
            });
        if (!done) return fail(done.error());
        last_ = last;
    }
    return last_->known && last_->height + 1 == signed_of(height);
}

Outcome<void> StakeEntries::set_before(Height height, std::span<const KeptStake> stakes) {
    stakes_ = {};
    loaded_.clear();
    const Height after{height.value - 1};
    // What was thought of that block before does not hold.
    if (auto done = database_.run("DELETE FROM chronicle_stakes WHERE height = $1", {signed_of(after)}); !done) {
        return done;
    }
    const auto there = read_below(database_, signed_of(height));
    if (!there) return fail(there.error());
    std::map<KeyBytes, KeptStake> old;
    for (const KeptStake& one : *there) old.emplace(one.key, one);
    for (const KeptStake& one : stakes) {
        const auto known = old.extract(one.key);
        if (!known.empty() && known.mapped() == one) continue;
        if (auto done = add_row(one.key, one.value, one.eligible_since, after); !done) return done;
    }
    for (const auto& [key, one] : old) {
        if (auto done = add_row(key, {}, {}, after); !done) return done;
    }
    // `load` finds them there.
    if (auto done = accounts_.write(); !done) return done;
    return write();
}

Outcome<void> StakeEntries::load(const crypto::BlsPublicKey& key) {
    const KeyBytes bytes{key.to_bytes()};
    if (!loaded_.insert(bytes).second) return {};
    return database_.run(
        "SELECT s.amount, s.eligible FROM chronicle_stakes s JOIN chronicle_accounts k ON k.number = s.account WHERE"
        " k.account = $1 ORDER BY s.height DESC LIMIT 1",
        {bytes.bytes}, [&](const Row& row) {
            stakes_.set({key, {unsigned_of(row.number(0))}, height_of(row.number(1))});
            return false;
        });
}

Outcome<bool> StakeEntries::apply(std::span<const consensus::StakeChange> changes, Height height) {
    std::set<KeyBytes> changed;
    for (const consensus::StakeChange& change : changes) {
        if (auto done = load(key_of(change)); !done) return fail(done.error());
        changed.insert({key_of(change).to_bytes()});
    }
    if (!stakes_.apply(changes, height)) return false;
    // What is added to a stake of zero, consensus does not know from the event.
    const auto is_zero = [&](const KeyBytes& key) {
        const auto* now = stakes_.find(key);
        return now != nullptr && now->value.value == 0;
    };
    if (std::ranges::any_of(changed, is_zero)) return false;
    for (const KeyBytes& key : changed) {
        const auto* now = stakes_.find(key);
        auto done =
            now == nullptr ? add_row(key, {}, {}, height) : add_row(key, now->value, now->eligible_since, height);
        if (!done) return fail(done.error());
    }
    return true;
}

void StakeEntries::end_block(Height height, KnownStakes known) {
    last_ = Last{.height = signed_of(height), .known = known == KnownStakes::both};
}

Outcome<void> StakeEntries::add_row(const KeyBytes& key, ledger::Lux value, Height eligible_since, Height height) {
    const auto number = accounts_.number_of(key.bytes, height);
    if (!number) return fail(number.error());
    rows_.add({*number, signed_of(height), signed_of(value.value), signed_of(eligible_since)});
    return {};
}

Outcome<void> StakeEntries::write() {
    if (rows_.count() == 0) return {};
    auto done = database_.insert(rows_);
    rows_.clear();
    return done;
}

Outcome<std::optional<std::vector<KeptStake>>> stakes_before(Database& database, const ledger::BlockHash& block) {
    std::optional<std::int64_t> height;
    const auto done =
        database.run("SELECT height, stakes FROM chronicle_blocks WHERE hash = $1", {block.bytes}, [&](const Row& row) {
            if (row.number(1) != static_cast<std::int64_t>(KnownStakes::none)) height = row.number(0);
            return false;
        });
    if (!done) return fail(done.error());
    if (!height) return std::nullopt;
    auto stakes = read_below(database, *height);
    if (!stakes) return fail(stakes.error());
    return std::optional(*std::move(stakes));
}

}  // namespace dusk::chronicle
