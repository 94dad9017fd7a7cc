// What happened to accounts, blocks of provisioners, counts over time.
#include <algorithm>
#include <array>

#include "chronicle/lists.hpp"
#include "chronicle/reading.hpp"
#include "chronicle/schema.hpp"
#include "chronicle/totals.hpp"

namespace dusk::chronicle {
namespace {

using ledger::Height;

constexpr std::uint32_t bit(Happening happening) { return 1U << static_cast<unsigned>(happening); }

constexpr std::uint32_t kRewards = bit(Happening::reward_generator_fixed) | bit(Happening::reward_generator_extra) |
                                   bit(Happening::reward_voter) | bit(Happening::reward_other);

// Sums wrap around: their difference holds.
std::uint64_t difference(std::int64_t before, std::int64_t after) { return unsigned_of(after) - unsigned_of(before); }

}  // namespace

Outcome<std::int64_t> Lists::number_of(const AccountBytes& account) {
    std::int64_t out = 0;
    const auto done =
        database_->run("SELECT number FROM chronicle_accounts WHERE account = $1", {account}, [&](const Row& row) {
            out = row.number(0);
            return false;
        });
    if (!done) return fail(done.error());
    return out;
}

Outcome<std::vector<ListedHappening>> Lists::read_history(std::int64_t account, bool rewards, std::uint32_t happenings,
                                                          const ListPart& part, const Range& range) {
    std::int64_t first = range.first * kPlacesOfEvent;
    std::int64_t end = range.end * kPlacesOfEvent;
    if (part.after && part.rising) first = std::max(first, *part.after + 1);
    if (part.after && !part.rising) end = std::min(end, *part.after);
    const std::string sql =
        std::string(
            "SELECT e.id, e.height, e.block, e.origin, e.source, e.topic, e.data, e.reverted, e.time, a.place,"
            " a.amount FROM chronicle_activity a JOIN chronicle_records e ON e.id = a.place / 16"
            " WHERE a.account = $1 AND a.rewards = $2 AND a.place >= $3 AND a.place < $4"
            " AND ((CAST($5 AS BIGINT) >> CAST(a.place % 16 AS INTEGER)) & 1) = 1 ORDER BY a.place") +
        (part.rising ? "" : " DESC") + " LIMIT $6";
    static_assert(kPlacesOfEvent == 16);
    std::vector<ListedHappening> out;
    bool whole = true;
    const std::array<Value, 6> values{account, std::int64_t{rewards},    first,
                                      end,     std::int64_t{happenings}, number(part.most)};
    const auto done = database_->run(sql, values, [&](const Row& row) {
        ListedHappening one{.place = row.number(9),
                            .happening = static_cast<Happening>(row.number(9) % kPlacesOfEvent),
                            .amount = {unsigned_of(row.number(10))},
                            .time = unsigned_of(row.number(8))};
        whole = read_event(row, one.event);
        out.push_back(std::move(one));
        return whole;
    });
    if (!done) return fail(done.error());
    if (!whole) return fail(Failure{FailureKind::damaged, "an event in the database cannot be read"});
    return out;
}

Outcome<std::vector<ListedHappening>> Lists::history(const AccountBytes& account, std::uint32_t happenings,
                                                     const ListPart& part) {
    return at_one_moment(*database_, [&]() -> Outcome<std::vector<ListedHappening>> {
        std::vector<ListedHappening> out;
        const auto number = number_of(account);
        if (!number) return fail(number.error());
        if (*number == 0) return out;
        const auto range = event_range(part);
        if (!range) return fail(range.error());
        for (const bool rewards : {false, true}) {
            const std::uint32_t wanted = happenings & (rewards ? kRewards : ~kRewards);
            if (wanted == 0) continue;
            auto some = read_history(*number, rewards, wanted, part, *range);
            if (!some) return some;
            out.insert(out.end(), std::make_move_iterator(some->begin()), std::make_move_iterator(some->end()));
        }
        std::ranges::sort(out, [&](const ListedHappening& a, const ListedHappening& b) {
            return part.rising ? a.place < b.place : a.place > b.place;
        });
        if (out.size() > part.most) out.resize(part.most);
        return out;
    });
}

Outcome<std::vector<ListedBlock>> Lists::blocks_of(const AccountBytes& provisioner, const ListPart& part) {
    return at_one_moment(*database_, [&]() -> Outcome<std::vector<ListedBlock>> {
        const auto account = number_of(provisioner);
        if (!account) return fail(account.error());
        // Heights whose places still fit a number.
        constexpr std::int64_t kMostHeight = kHighest / kPlacesOfHeight - 1;
        std::int64_t first = std::min(number(part.from), kMostHeight) * kPlacesOfHeight;
        std::int64_t end = (std::min(end_of(part.to), kMostHeight) + 1) * kPlacesOfHeight;
        if (part.after && part.rising) first = std::max(first, *part.after + 1);
        if (part.after && !part.rising) end = std::min(end, *part.after);
        const std::string sql =
            std::string(
                "SELECT p.place, p.height, p.missed, b.hash, b.time,"
                " b.transactions - COALESCE((SELECT q.transactions FROM chronicle_blocks q WHERE q.height < p.height"
                " ORDER BY q.height DESC LIMIT 1), 0),"
                " b.gas - COALESCE((SELECT q.gas FROM chronicle_blocks q WHERE q.height < p.height"
                " ORDER BY q.height DESC LIMIT 1), 0),"
                " COALESCE((SELECT CAST(SUM(a.amount) AS BIGINT) FROM chronicle_activity a WHERE a.account = p.account"
                " AND a.rewards = 1 AND a.place >= b.first_event * 16 AND a.place < (b.first_event + b.events) * 16"
                " AND a.place % 16 IN (11, 12)), 0)"
                " FROM chronicle_producers p JOIN chronicle_blocks b ON b.height = p.height"
                " WHERE p.account = $1 AND p.place >= $2 AND p.place < $3 AND p.height <= (SELECT final FROM chronicle)"
                " ORDER BY p.place") +
            (part.rising ? "" : " DESC") + " LIMIT $4";
        std::vector<ListedBlock> out;
        bool whole = true;
        const std::array<Value, 4> values{*account, first, end, number(part.most)};
        const auto done = database_->run(sql, values, [&](const Row& row) {
            whole = row.bytes(3).size() == 32;
            if (!whole) return false;
            const bool missed = row.number(2) != 0;
            out.push_back({.place = row.number(0),
                           .height = height_of(row.number(1)),
                           .hash = {take<32>(row.bytes(3))},
                           .time = unsigned_of(row.number(4)),
                           .iteration = static_cast<unsigned>(row.number(0) % kPlacesOfHeight),
                           .missed = missed,
                           .transactions = unsigned_of(row.number(5)),
                           .gas_spent = unsigned_of(row.number(6)),
                           .reward = {missed ? 0 : unsigned_of(row.number(7))}});
            return true;
        });
        if (!done) return fail(done.error());
        if (!whole) return fail(Failure{FailureKind::damaged, "a block in the database cannot be read"});
        return out;
    });
}

Outcome<void> Lists::add_sums(ProvisionerSum& sum, std::int64_t account, const Range& range) {
    auto done = database_->run(
        "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM chronicle_activity WHERE account = $1 AND rewards = 1"
        " AND place >= $2 AND place < $3",
        {account, range.first * kPlacesOfEvent, range.end * kPlacesOfEvent}, [&](const Row& row) {
            sum.rewards = {unsigned_of(row.number(0))};
            return false;
        });
    if (!done) return done;
    return database_->run(
        "SELECT COUNT(*) FROM chronicle_activity WHERE account = $1 AND rewards = 0 AND place >= $2 AND place < $3"
        " AND place % 16 IN (9, 10)",
        {account, range.first * kPlacesOfEvent, range.end * kPlacesOfEvent}, [&](const Row& row) {
            sum.slashes = unsigned_of(row.number(0));
            return false;
        });
}

Outcome<std::vector<ProvisionerSum>> Lists::provisioners(Height from, Height to) {
    return at_one_moment(*database_, [&]() -> Outcome<std::vector<ProvisionerSum>> {
        std::vector<ProvisionerSum> out;
        std::vector<std::int64_t> numbers;
        auto done = database_->run(
            "SELECT k.number, k.account, p.produced, p.missed FROM (SELECT account, CAST(SUM(1 - missed) AS BIGINT) AS"
            " produced, CAST(SUM(missed) AS BIGINT) AS missed FROM chronicle_producers WHERE height >= $1 AND height <="
            " $2 AND height <= (SELECT final FROM chronicle) GROUP BY account) p JOIN chronicle_accounts k ON"
            " k.number = p.account ORDER BY p.produced DESC, p.missed, k.account LIMIT $3",
            {number(from), number(to), number(std::uint64_t{kMostProvisioners})}, [&](const Row& row) {
                if (row.bytes(1).size() != sizeof(AccountBytes)) return true;
                numbers.push_back(row.number(0));
                out.push_back({.account = take<sizeof(AccountBytes)>(row.bytes(1)),
                               .produced = unsigned_of(row.number(2)),
                               .missed = unsigned_of(row.number(3))});
                return true;
            });
        if (!done) return fail(done.error());
        const auto range = event_range({.from = from, .to = to});
        if (!range) return fail(range.error());
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (done = add_sums(out[i], numbers[i], *range); !done) return fail(done.error());
        }
        return out;
    });
}

Outcome<std::vector<Period>> Lists::periods(std::span<const std::uint64_t> times) {
    return at_one_moment(*database_, [&]() -> Outcome<std::vector<Period>> {
        std::vector<Period> out;
        if (times.empty()) return out;
        auto before = totals_before(*database_, times.front());
        if (!before) return fail(before.error());
        for (std::size_t i = 1; i < times.size(); ++i) {
            const auto after = totals_before(*database_, times[i]);
            if (!after) return fail(after.error());
            Period one{.begin = times[i - 1],
                       .blocks = difference(before->height, after->height),
                       .public_ones = difference(before->public_ones, after->public_ones),
                       .shielded_ones = difference(before->shielded_ones, after->shielded_ones),
                       .transactions = difference(before->transactions, after->transactions),
                       .failed = difference(before->failed, after->failed),
                       .calls = difference(before->calls, after->calls),
                       .deployments = difference(before->deployments, after->deployments),
                       .gas = difference(before->gas, after->gas),
                       .fees = {difference(before->fees, after->fees)},
                       .events = difference(before->next_event, after->next_event)};
            const auto done =
                database_->run("SELECT COUNT(*) FROM chronicle_accounts WHERE height > $1 AND height <= $2",
                               {before->height, after->height}, [&](const Row& row) {
                                   one.accounts = unsigned_of(row.number(0));
                                   return false;
                               });
            if (!done) return fail(done.error());
            out.push_back(one);
            *before = *after;
        }
        return out;
    });
}

Outcome<std::optional<Height>> Lists::complete_from() {
    return at_one_moment(*database_, [&] { return chronicle::complete_from(*database_); });
}

Outcome<std::optional<Lists::Moment>> Lists::last_final() {
    std::optional<Moment> out;
    const auto done = database_->run(
        "SELECT height, time FROM chronicle_blocks WHERE height <= (SELECT final FROM chronicle) ORDER BY height DESC"
        " LIMIT 1",
        {}, [&](const Row& row) {
            out = Moment{.height = height_of(row.number(0)), .time = unsigned_of(row.number(1))};
            return false;
        });
    if (!done) return fail(done.error());
    return out;
}

}  // namespace dusk::chronicle
