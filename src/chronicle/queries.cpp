#include "chronicle/queries.hpp"

#include <algorithm>

#include "chronicle/reading.hpp"
#include "chronicle/schema.hpp"
#include "chronicle/stakes.hpp"

namespace dusk::chronicle {
namespace {

using ledger::BlockHash;
using ledger::Height;

std::size_t size_of(const EventRecord& event) { return sizeof(EventRecord) + event.topic.size() + event.data.size(); }

std::unexpected<Failure> too_much() {
    return fail(Failure{FailureKind::too_much, "the answer is too large: ask for less at once"});
}

}  // namespace

Outcome<Queries> Queries::open(Database& database) {
    if (const auto there = check_schema(database); !there) return fail(there.error());
    return Queries(database);
}

Outcome<std::vector<EventRecord>> Queries::read(std::string_view sql, std::initializer_list<Value> values) {
    std::vector<EventRecord> out;
    std::size_t bytes = 0;
    bool whole = true;
    const auto done = database_->run(sql, values, [&](const Row& row) {
        EventRecord event;
        whole = read_event(row, event);
        bytes += size_of(event);
        out.push_back(std::move(event));
        return whole && bytes <= kMostBytes;
    });
    if (!done) return fail(done.error());
    if (!whole) return fail(Failure{FailureKind::damaged, "an event in the database cannot be read"});
    if (bytes > kMostBytes) return too_much();
    return out;
}

Outcome<std::vector<EventRecord>> Queries::events(const EventFilter& filter) {
    const auto most = number(filter.most);
    if (!filter.source) {
        return read(
            "SELECT * FROM chronicle_records WHERE id > $1 AND height >= $2 AND height <= $3 AND height <= final ORDER "
            "BY id LIMIT $4",
            {filter.after, number(filter.from), end_of(filter.to), most});
    }
    if (!filter.topic) {
        return read(
            "SELECT * FROM chronicle_records WHERE source = $1 AND id > $2 AND height >= $3 AND height <= $4 AND "
            "height <= final ORDER BY id LIMIT $5",
            {filter.source->bytes, filter.after, number(filter.from), end_of(filter.to), most});
    }
    return read(
        "SELECT * FROM chronicle_records WHERE kind = $1 AND id > $2 AND height >= $3 AND height <= $4 AND "
        "height <= final ORDER BY id LIMIT $5",
        {kind_of(filter.source->bytes, *filter.topic), filter.after, number(filter.from), end_of(filter.to), most});
}

Outcome<std::optional<std::vector<EventRecord>>> Queries::events_where(std::string_view sql,
                                                                       std::initializer_list<Value> values) {
    using Found = Outcome<std::optional<std::vector<EventRecord>>>;
    return at_one_moment(*database_, [&]() -> Found {
        Span block;
        bool found = false;
        bool is_final = false;
        const auto looked = database_->run(sql, values, [&](const Row& row) {
            found = true;
            block = {.height = height_of(row.number(0)), .first = row.number(1), .count = row.number(2)};
            is_final = row.number(3) >= row.number(0);
            return false;
        });
        if (!looked) return fail(looked.error());
        if (!found) return std::nullopt;
        auto out = read(is_final ? "SELECT * FROM chronicle_records WHERE id >= $1 AND id < $2 ORDER BY id"
                                 : "SELECT * FROM chronicle_records WHERE id >= $1 AND id < $2 ORDER BY place",
                        {block.first, block.first + block.count});
        if (!out) return fail(out.error());
        return std::optional(*std::move(out));
    });
}

Outcome<std::optional<std::vector<EventRecord>>> Queries::events_of(Height height) {
    return events_where(
        "SELECT height, first_event, events, (SELECT final FROM chronicle) FROM chronicle_blocks WHERE height = $1",
        {number(height)});
}
Outcome<std::optional<std::vector<EventRecord>>> Queries::events_of(const BlockHash& hash) {
    return events_where(
        "SELECT height, first_event, events, (SELECT final FROM chronicle) FROM chronicle_blocks WHERE hash = $1",
        {hash.bytes});
}
Outcome<std::optional<std::vector<EventRecord>>> Queries::events_of_last() {
    return events_where(
        "SELECT height, first_event, events, (SELECT final FROM chronicle) FROM chronicle_blocks ORDER BY height DESC "
        "LIMIT 1",
        {});
}

// `sql` gives height, first event and number of events of each transaction.
Outcome<std::vector<TransactionRecord>> Queries::records(std::string_view sql, std::initializer_list<Value> values) {
    using Found = Outcome<std::vector<TransactionRecord>>;
    return at_one_moment(*database_, [&]() -> Found {
        std::vector<Span> spans;
        const auto looked = database_->run(sql, values, [&](const Row& row) {
            spans.push_back({.height = height_of(row.number(0)), .first = row.number(1), .count = row.number(2)});
            return spans.size() * sizeof(EventRecord) <= kMostBytes;
        });
        if (!looked) return fail(looked.error());
        std::vector<TransactionRecord> out;
        std::size_t bytes = 0;
        for (const Span& span : spans) {
            auto events = read("SELECT * FROM chronicle_records WHERE id >= $1 AND id < $2 ORDER BY id",
                               {span.first, span.first + span.count});
            if (!events) return fail(events.error());
            for (const EventRecord& event : *events) bytes += size_of(event);
            if (bytes > kMostBytes) return too_much();
            if (events->empty()) return fail(Failure{FailureKind::damaged, "a transaction has no events"});
            out.push_back({.height = span.height, .origin = events->front().origin, .events = *std::move(events)});
        }
        return out;
    });
}

Outcome<std::vector<TransactionRecord>> Queries::history(const HistoryFilter& filter) {
    constexpr std::string_view kUp =
        "SELECT DISTINCT height, first_event, events FROM chronicle_flows WHERE account = $1 AND height >= $2"
        " AND height <= $3 AND height <= (SELECT final FROM chronicle) AND first_event > $4 ORDER BY first_event LIMIT "
        "$5";
    constexpr std::string_view kDown =
        "SELECT DISTINCT height, first_event, events FROM chronicle_flows WHERE account = $1 AND height >= $2"
        " AND height <= $3 AND height <= (SELECT final FROM chronicle) AND first_event > $4 ORDER BY first_event DESC"
        " LIMIT $5";
    return records(filter.order == HistoryOrder::ascending ? kUp : kDown,
                   {filter.account, number(filter.from), end_of(filter.to), filter.after,
                    filter.most ? number(*filter.most) : kHighest});
}

Outcome<std::vector<TransactionRecord>> Queries::transfers(const TransferFilter& filter) {
    const std::int64_t from = number(filter.from);
    const std::int64_t to = end_of(filter.to);
    const std::int64_t most = filter.most ? number(*filter.most) : kHighest;
    const std::int64_t skipped = number(filter.skipped);
    if (filter.sender && filter.receiver) {
        return records(
            "SELECT o.height, o.first_event, o.events FROM chronicle_flows o JOIN chronicle_flows i"
            " ON i.first_event = o.first_event AND i.account = $2 AND i.way = 1"
            " WHERE o.account = $1 AND o.way = 0 AND o.height >= $3 AND o.height <= $4 AND o.height <= (SELECT final "
            "FROM chronicle) ORDER BY o.first_event LIMIT $5 OFFSET $6",
            {*filter.sender, *filter.receiver, from, to, most, skipped});
    }
    const std::int64_t way = filter.sender ? 0 : 1;
    if (!filter.sender && !filter.receiver) return std::vector<TransactionRecord>{};
    return records(
        "SELECT height, first_event, events FROM chronicle_flows WHERE account = $1 AND way = $2 AND height >= $3"
        " AND height <= $4 AND height <= (SELECT final FROM chronicle) ORDER BY first_event LIMIT $5 OFFSET $6",
        {filter.sender ? *filter.sender : *filter.receiver, way, from, to, most, skipped});
}

Outcome<std::vector<TransactionRecord>> Queries::with_memo(ByteView memo) {
    return records(
        "SELECT height, first_event, events FROM chronicle_memos WHERE memo = $1 AND height <= (SELECT final FROM "
        "chronicle) ORDER BY first_event",
        {memo_digest(memo)});
}

Outcome<std::optional<Height>> Queries::next_shielded(Height height) {
    std::optional<Height> out;
    const auto done = database_->run(
        "SELECT height FROM chronicle_blocks WHERE shielded > 0 AND height > $1"
        " AND height <= (SELECT final FROM chronicle) ORDER BY height LIMIT 1",
        {number(height)}, [&](const Row& row) {
            out = height_of(row.number(0));
            return false;
        });
    if (!done) return fail(done.error());
    return out;
}

Outcome<std::uint64_t> Queries::accounts() {
    std::uint64_t out = 0;
    const auto done =
        database_->run("SELECT COUNT(*) FROM chronicle_accounts WHERE height <= (SELECT final FROM chronicle)", {},
                       [&](const Row& row) {
                           out = static_cast<std::uint64_t>(row.number(0));
                           return false;
                       });
    if (!done) return fail(done.error());
    return out;
}

Outcome<TransactionCounts> Queries::transactions() {
    TransactionCounts out;
    const auto done = database_->run(
        "SELECT public_total, shielded_total FROM chronicle_blocks WHERE height <= (SELECT final FROM chronicle) ORDER "
        "BY height DESC LIMIT 1",
        {}, [&](const Row& row) {
            out = {.public_ones = static_cast<std::uint64_t>(row.number(0)),
                   .shielded_ones = static_cast<std::uint64_t>(row.number(1))};
            return false;
        });
    if (!done) return fail(done.error());
    return out;
}

Outcome<std::optional<Height>> complete_from(Database& database) {
    std::optional<Height> out;
    auto done = database.run("SELECT height FROM chronicle_blocks WHERE follows = 0 ORDER BY height DESC LIMIT 1", {},
                             [&](const Row& row) {
                                 out = height_of(row.number(0));
                                 return false;
                             });
    if (!done) return fail(done.error());
    done =
        database.run("SELECT height FROM chronicle_blocks WHERE known = 0 AND height > 0 ORDER BY height DESC LIMIT 1",
                     {}, [&](const Row& row) {
                         out = std::max(out.value_or(Height{}), height_of(row.number(0) + 1));
                         return false;
                     });
    if (!done) return fail(done.error());
    return out;
}

Outcome<Extent> Queries::extent() {
    return at_one_moment(*database_, [&]() -> Outcome<Extent> {
        Extent out;
        auto done =
            database_->run("SELECT height FROM chronicle_blocks ORDER BY height LIMIT 1", {}, [&](const Row& row) {
                out.first = height_of(row.number(0));
                return false;
            });
        if (!done) return fail(done.error());
        done = database_->run(
            "SELECT height, first_event + events - 1, (SELECT final FROM chronicle) FROM chronicle_blocks ORDER BY "
            "height DESC LIMIT 1",
            {}, [&](const Row& row) {
                out.last = height_of(row.number(0));
                out.events = static_cast<std::uint64_t>(row.number(1));
                if (row.number(2) >= 0) out.last_final = height_of(row.number(2));
                return false;
            });
        if (!done) return fail(done.error());
        done = database_->run("SELECT COUNT(*) FROM chronicle_blocks WHERE known = 0 AND height > 0", {},
                              [&](const Row& row) {
                                  out.unknown_blocks = static_cast<std::uint64_t>(row.number(0));
                                  return false;
                              });
        if (!done) return fail(done.error());
        const auto from = complete_from(*database_);
        if (!from) return fail(from.error());
        out.complete_from = *from;
        return out;
    });
}

Outcome<std::optional<std::vector<chain::KeptStake>>> Queries::stakes_before(const BlockHash& block) {
    return at_one_moment(*database_, [&] { return chronicle::stakes_before(*database_, block); });
}

}  // namespace dusk::chronicle
