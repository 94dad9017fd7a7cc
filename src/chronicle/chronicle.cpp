#include "chronicle/chronicle.hpp"

#include <map>

#include "chronicle/flows.hpp"
#include "chronicle/schema.hpp"

namespace dusk::chronicle {
namespace {

using ledger::BlockHash;
using ledger::Height;

std::int64_t number(Height height) { return static_cast<std::int64_t>(height.value); }

// What is counted from block to block.
struct Totals {
    std::int64_t height = -1;
    std::int64_t next_event = 1;
    std::int64_t public_ones = 0;
    std::int64_t shielded_ones = 0;
};

Outcome<Totals> totals(Database& database) {
    Totals out;
    const auto done = database.run(
        "SELECT height, first_event + events, public_total, shielded_total FROM chronicle_blocks"
        " ORDER BY height DESC LIMIT 1",
        {}, [&](const Row& row) {
            out = {.height = row.number(0),
                   .next_event = row.number(1),
                   .public_ones = row.number(2),
                   .shielded_ones = row.number(3)};
            return false;
        });
    if (!done) return fail(done.error());
    return out;
}

// What was reported under one origin, and the id that comes next.
struct Group {
    Flows flows{};
    std::int64_t first_event = 0;
    std::int64_t next_event = 0;
};

// A block on its way into the tables.
class Entry {
  public:
    Entry(Database& database, const ledger::BlockHeader& header) : database_(database), header_(header) {}

    Outcome<Chronicle::Added> write(const Chronicle::Events& events) {
        auto before = totals(database_);
        if (!before) return fail(before.error());
        if (before->height >= number(header_.height)) {
            return fail(Failure{FailureKind::damaged, "a block was to be added that does not stand above the others"});
        }
        const auto known =
            events([this](const chain::KeptEvent& event) { groups_[origin_of(event)].flows.see(event); });
        if (!known) return chain_failure(known.error());
        number_events(before->next_event);
        if (auto done = write_block(*before, *known); !done) return fail(done.error());
        for (const auto& [origin, group] : groups_) {
            if (auto done = write_group(group); !done) return fail(done.error());
        }
        if (auto done = write_events(events); !done) return fail(done.error());
        return Chronicle::Added{.known = *known, .events = static_cast<std::uint64_t>(count_)};
    }

  private:
    using Origin = ByteArray<32>;

    static std::unexpected<Failure> chain_failure(const chain::StoreFailure& failure) {
        return fail(Failure{FailureKind::chain, failure.text});
    }
    [[nodiscard]] Origin origin_of(const chain::KeptEvent& event) const {
        return event.origin ? event.origin->bytes : header_.hash.bytes;
    }
    // By origin, as the released node numbers them: clients keep these numbers.
    void number_events(std::int64_t first) {
        for (auto& [origin, group] : groups_) {
            group.first_event = group.next_event = first + count_;
            count_ += static_cast<std::int64_t>(group.flows.events());
        }
    }
    Outcome<void> write_block(const Totals& before, bool known) {
        std::int64_t public_ones = 0;
        std::int64_t shielded = 0;
        for (const auto& [origin, group] : groups_) {
            public_ones += static_cast<std::int64_t>(group.flows.public_ones());
            shielded += static_cast<std::int64_t>(group.flows.shielded_ones());
        }
        return database_.run("INSERT INTO chronicle_blocks VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                             {number(header_.height), header_.hash.bytes, static_cast<std::int64_t>(header_.timestamp),
                              std::int64_t{known}, before.next_event, count_, shielded,
                              before.public_ones + public_ones, before.shielded_ones + shielded});
    }
    Outcome<void> write_group(const Group& group) {
        const auto events = static_cast<std::int64_t>(group.flows.events());
        for (const Flow& flow : group.flows.flows()) {
            auto done = database_.run(
                "INSERT INTO chronicle_flows VALUES ($1, $2, $3, $4, $5)",
                {flow.account, static_cast<std::int64_t>(flow.way), number(header_.height), group.first_event, events});
            if (!done) return done;
            done = database_.run("INSERT INTO chronicle_accounts VALUES ($1, $2) ON CONFLICT DO NOTHING",
                                 {flow.account, number(header_.height)});
            if (!done) return done;
        }
        if (group.flows.memo().empty()) return {};
        return database_.run("INSERT INTO chronicle_memos VALUES ($1, $2, $3, $4)",
                             {memo_digest(group.flows.memo()), number(header_.height), group.first_event, events});
    }
    Outcome<void> write_events(const Chronicle::Events& events) {
        Outcome<void> done;
        std::int64_t place = 0;
        const auto read = events([&](const chain::KeptEvent& event) {
            const Origin origin = origin_of(event);
            Group& group = groups_[origin];
            if (!done) return;
            done = database_.run(
                "INSERT INTO chronicle_events VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                {group.next_event++, number(header_.height), place++, origin, event.source.bytes, as_bytes(event.topic),
                 kind_of(event.source.bytes, event.topic), event.data, std::int64_t{event.reverted}});
        });
        if (!read) return chain_failure(read.error());
        return done;
    }

    Database& database_;
    const ledger::BlockHeader& header_;
    std::map<Origin, Group> groups_{};
    std::int64_t count_ = 0;
};

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

Outcome<Chronicle::Added> Chronicle::add(const ledger::BlockHeader& header, const Events& events) {
    return Entry(*database_, header).write(events);
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
          "DELETE FROM chronicle_accounts WHERE height > $1", "DELETE FROM chronicle_blocks WHERE height > $1"}) {
        if (done) done = database_->run(sql, {number(height)});
    }
    return done;
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

Outcome<void> Chronicle::seed(Height height, std::span<const ByteArray<ledger::AccountKey::kSize>> accounts) {
    for (const auto& account : accounts) {
        auto done = database_->run("INSERT INTO chronicle_accounts VALUES ($1, $2) ON CONFLICT DO NOTHING",
                                   {account, number(height)});
        if (!done) return done;
    }
    return database_->run("UPDATE chronicle SET seeded = 1");
}

}  // namespace dusk::chronicle
