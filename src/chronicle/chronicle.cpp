#include "chronicle/chronicle.hpp"

#include "chronicle/numbers.hpp"

namespace dusk::chronicle {
namespace {

using ledger::BlockHash;
using ledger::Height;

}  // namespace

Outcome<Chronicle> Chronicle::open(Database& database, const BlockHash& genesis) {
    if (auto locked = database.lock(); !locked) return fail(locked.error());
    if (auto made = make_schema(database, genesis); !made) return fail(made.error());
    return Chronicle(database);
}

Outcome<std::optional<Chronicle::Top>> Chronicle::top() {
    std::optional<Top> out;
    const auto done = database_->run("SELECT height, hash FROM chronicle_blocks ORDER BY height DESC LIMIT 1", {},
                                     [&](const Row& row) {
                                         if (row.bytes(1).size() != BlockHash::kSize) return false;
                                         out = Top{.height = {static_cast<std::uint64_t>(row.number(0))},
                                                   .hash = {take<BlockHash::kSize>(row.bytes(1))}};
                                         return false;
                                     });
    if (!done) return fail(done.error());
    return out;
}

Outcome<std::optional<BlockHash>> Chronicle::hash_at(Height height) {
    std::optional<BlockHash> out;
    const auto done =
        database_->run("SELECT hash FROM chronicle_blocks WHERE height = $1", {number(height)}, [&](const Row& row) {
            if (row.bytes(0).size() == BlockHash::kSize) out = BlockHash{take<BlockHash::kSize>(row.bytes(0))};
            return false;
        });
    if (!done) return fail(done.error());
    return out;
}

Outcome<std::optional<Height>> Chronicle::last_final() {
    std::optional<Height> out;
    const auto done = database_->run("SELECT final FROM chronicle", {}, [&](const Row& row) {
        if (row.number(0) >= 0) out = Height{static_cast<std::uint64_t>(row.number(0))};
        return false;
    });
    if (!done) return fail(done.error());
    return out;
}

Outcome<void> Chronicle::revert_to(Height height) {
    const auto final = last_final();
    if (!final) return fail(final.error());
    if (*final && height < **final) {
        return fail(Failure{FailureKind::other_chain, "a block that is final here is not in the chain"});
    }
    std::int64_t end = 0;  // of the events that stay; 0: all do
    auto done = database_->run("SELECT first_event FROM chronicle_blocks WHERE height > $1 ORDER BY height LIMIT 1",
                               {number(height)}, [&](const Row& row) {
                                   end = row.number(0);
                                   return false;
                               });
    if (!done) return done;
    if (end == 0) return {};
    done = database_->run("DELETE FROM chronicle_events WHERE id >= $1", {end});
    for (const char* sql :
         {"DELETE FROM chronicle_flows WHERE height > $1", "DELETE FROM chronicle_memos WHERE height > $1",
          "DELETE FROM chronicle_activity WHERE height > $1", "DELETE FROM chronicle_producers WHERE height > $1",
          "DELETE FROM chronicle_stakes WHERE height > $1", "DELETE FROM chronicle_transactions WHERE height > $1",
          "DELETE FROM chronicle_contracts WHERE height > $1", "DELETE FROM chronicle_accounts WHERE met > $1",
          "DELETE FROM chronicle_blocks WHERE height > $1"}) {
        if (done) done = database_->run(sql, {number(height)});
    }
    if (!done) return done;
    return database_->run("UPDATE chronicle_accounts SET height = $1 WHERE height > $2 AND height < $1",
                          {kNever, number(height)});
}

Outcome<void> Chronicle::set_final(Height height) {
    return database_->run("UPDATE chronicle SET final = $1 WHERE final < $1", {number(height)});
}

Outcome<bool> Chronicle::is_seeded() {
    bool out = false;
    const auto done = database_->run("SELECT seeded FROM chronicle", {}, [&](const Row& row) {
        out = row.number(0) != 0;
        return false;
    });
    if (!done) return fail(done.error());
    return out;
}

Outcome<std::optional<Chronicle::Unknown>> Chronicle::unknown() {
    std::optional<Unknown> out;
    for (const char* sql :
         {"SELECT height FROM chronicle_blocks WHERE known = 0 AND height > 0 ORDER BY height LIMIT 1",
          "SELECT height FROM chronicle_blocks WHERE known = 0 AND height > 0 ORDER BY height DESC LIMIT 1"}) {
        const auto done = database_->run(sql, {}, [&](const Row& row) {
            const Height height{static_cast<std::uint64_t>(row.number(0))};
            if (!out) out = Unknown{.first = height};
            out->last = height;
            return false;
        });
        if (!done) return fail(done.error());
    }
    return out;
}

Outcome<bool> Chronicle::knows_stakes() {
    bool out = false;
    const auto done =
        database_->run("SELECT stakes FROM chronicle_blocks ORDER BY height DESC LIMIT 1", {}, [&](const Row& row) {
            out = row.number(0) == static_cast<std::int64_t>(KnownStakes::both);
            return false;
        });
    if (!done) return fail(done.error());
    return out;
}

Outcome<std::optional<Height>> Chronicle::lowest() {
    std::optional<Height> out;
    const auto done = database_->run("SELECT height FROM chronicle_blocks WHERE height > 0 ORDER BY height LIMIT 1", {},
                                     [&](const Row& row) {
                                         out = Height{static_cast<std::uint64_t>(row.number(0))};
                                         return false;
                                     });
    if (!done) return fail(done.error());
    return out;
}

Outcome<void> Chronicle::seed(Height height, std::span<const AccountBytes> accounts,
                              std::span<const SeedContract> contracts) {
    Accounts numbers(*database_);
    for (const AccountBytes& account : accounts) {
        if (auto done = numbers.count(account, height); !done) return done;
    }
    if (auto done = numbers.write(); !done) return done;
    for (const SeedContract& one : contracts) {
        auto done = database_->run("INSERT INTO chronicle_contracts VALUES ($1, $2, 0, 0) ON CONFLICT DO NOTHING",
                                   {one.contract.bytes, one.owner});
        if (!done) return done;
    }
    return database_->run("UPDATE chronicle SET seeded = 1");
}

}  // namespace dusk::chronicle
