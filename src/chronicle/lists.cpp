// Transactions, contracts and events.
#include "chronicle/lists.hpp"

#include <algorithm>
#include <array>

#include "chronicle/reading.hpp"
#include "chronicle/schema.hpp"

namespace dusk::chronicle {
namespace {

using ledger::ContractId;
using ledger::Height;
using ledger::TransactionId;

constexpr std::string_view kTransactionColumns =
    "SELECT t.number, t.hash, t.height, b.time, b.hash, t.place, t.family, t.kind, s.account, r.account, t.amount,"
    " t.contract, t.call, t.gas, t.gas_limit, t.price, t.failed, t.error, t.first_event, t.events, (SELECT final FROM "
    "chronicle)"
    " FROM chronicle_transactions t JOIN chronicle_blocks b ON b.height = t.height"
    " LEFT JOIN chronicle_accounts s ON s.number = t.sender LEFT JOIN chronicle_accounts r ON r.number = t.receiver";

constexpr std::string_view kContractColumns =
    "SELECT c.contract, c.owner, c.height, b.time, t.hash, s.account, (SELECT COUNT(*) FROM (SELECT 1 FROM"
    " chronicle_transactions u WHERE u.contract = c.contract AND u.kind IN (1, 2) AND u.kind = 1 LIMIT 10000) v)"
    " FROM chronicle_contracts c LEFT JOIN chronicle_blocks b ON b.height = c.height"
    " LEFT JOIN chronicle_transactions t ON t.number = c.transaction_number"
    " LEFT JOIN chronicle_accounts s ON s.number = t.sender";
static_assert(Lists::kMostCounted == 10'000);

std::optional<AccountBytes> account_of(ByteView bytes) {
    if (bytes.size() != sizeof(AccountBytes)) return {};
    return take<sizeof(AccountBytes)>(bytes);
}
std::optional<ContractId> contract_of(ByteView bytes) {
    if (bytes.size() != ContractId::kSize) return {};
    return ContractId{take<ContractId::kSize>(bytes)};
}

bool read_transaction(const Row& row, ListedTransaction& out) {
    if (row.bytes(1).size() != 32 || row.bytes(4).size() != 32 || row.number(7) < 0 || row.number(7) > 4) return false;
    out = {.place = row.number(0),
           .id = {take<32>(row.bytes(1))},
           .height = height_of(row.number(2)),
           .time = unsigned_of(row.number(3)),
           .block = {take<32>(row.bytes(4))},
           .index = unsigned_of(row.number(5)),
           .is_shielded = row.number(6) != 0,
           .kind = static_cast<TransactionKind>(row.number(7)),
           .sender = account_of(row.bytes(8)),
           .receiver = account_of(row.bytes(9)),
           .amount = {unsigned_of(row.number(10))},
           .contract = contract_of(row.bytes(11)),
           .function = std::string(row.bytes(12).begin(), row.bytes(12).end()),
           .gas_spent = {unsigned_of(row.number(13))},
           .gas_limit = {unsigned_of(row.number(14))},
           .gas_price = {unsigned_of(row.number(15))},
           .is_final = row.number(2) <= row.number(20),
           .first_event = row.number(18),
           .events = row.number(19)};
    if (row.number(16) != 0) out.error = std::string(row.bytes(17).begin(), row.bytes(17).end());
    return true;
}

std::unexpected<Failure> damaged(const char* what) {
    return fail(Failure{FailureKind::damaged, std::string("a ") + what + " in the database cannot be read"});
}

std::string order(bool rising, const char* column) {
    return std::string(" ORDER BY ") + column + (rising ? "" : " DESC");
}

}  // namespace

Outcome<std::vector<ListedTransaction>> Lists::read_transactions(const std::string& sql,
                                                                 std::span<const Value> values) {
    std::vector<ListedTransaction> out;
    bool whole = true;
    const auto done = database_->run(sql, values, [&](const Row& row) {
        ListedTransaction one;
        whole = read_transaction(row, one);
        out.push_back(std::move(one));
        return whole;
    });
    if (!done) return fail(done.error());
    if (!whole) return damaged("transaction");
    return out;
}

Outcome<std::vector<ListedTransaction>> Lists::transactions(const TransactionFilter& filter, const ListPart& part) {
    return at_one_moment(*database_, [&]() -> Outcome<std::vector<ListedTransaction>> {
        std::int64_t first = 0;
        std::int64_t last = 0;
        auto done =
            database_->run("SELECT transactions FROM chronicle_blocks WHERE height < $1 ORDER BY height DESC LIMIT 1",
                           {number(part.from)}, [&](const Row& row) {
                               first = row.number(0);
                               return false;
                           });
        if (!done) return fail(done.error());
        done = database_->run(
            "SELECT transactions FROM chronicle_blocks WHERE height <= $1 AND height <= (SELECT final FROM chronicle)"
            " ORDER BY height DESC LIMIT 1",
            {end_of(part.to)}, [&](const Row& row) {
                last = row.number(0);
                return false;
            });
        if (!done) return fail(done.error());
        std::int64_t end = last + 1;
        if (part.after)
            (part.rising ? first : end) = part.rising ? std::max(first, *part.after) : std::min(end, *part.after);
        std::vector<Value> values{first, end, number(part.most)};
        std::string sql = std::string(kTransactionColumns) + " WHERE t.number > $1 AND t.number < $2";
        const auto want = [&](const char* condition, Value value) {
            values.push_back(value);
            sql += condition + std::to_string(values.size());
        };
        if (filter.contract) want(" AND t.kind IN (1, 2) AND t.contract = $", filter.contract->bytes);
        if (filter.kind) want(" AND t.kind = $", static_cast<std::int64_t>(*filter.kind));
        if (filter.failed) sql += *filter.failed ? " AND t.failed = 1" : " AND t.failed = 0";
        return read_transactions(sql + order(part.rising, "t.number") + " LIMIT $3", values);
    });
}

Outcome<std::optional<ListedTransaction>> Lists::transaction(const TransactionId& id) {
    const std::array<Value, 1> values{Value(ByteView(id.bytes))};
    auto found = read_transactions(std::string(kTransactionColumns) + " WHERE t.hash = $1", values);
    if (!found) return fail(found.error());
    if (found->empty()) return std::nullopt;
    return std::optional(std::move(found->front()));
}

Outcome<std::vector<Lists::Found>> Lists::search(ByteView prefix, std::size_t most) {
    struct Place {
        Found::Kind kind;
        const char* sql;
    };
    constexpr std::array<Place, 3> kPlaces{
        {{Found::Kind::block,
          "SELECT hash FROM chronicle_blocks WHERE hash >= $1 AND hash <= $2 AND height <= (SELECT final FROM "
          "chronicle)"
          " ORDER BY hash LIMIT $3"},
         {Found::Kind::transaction,
          "SELECT hash FROM chronicle_transactions WHERE hash >= $1 AND hash <= $2 AND height <= (SELECT final FROM"
          " chronicle) ORDER BY hash LIMIT $3"},
         {Found::Kind::contract,
          "SELECT contract FROM chronicle_contracts WHERE contract >= $1 AND contract <= $2 AND height <= (SELECT final"
          " FROM chronicle) ORDER BY contract LIMIT $3"}}};
    ByteArray<32> lowest{};
    ByteArray<32> highest{};
    highest.fill(0xff);
    std::ranges::copy(prefix.first(std::min<std::size_t>(prefix.size(), 32)), lowest.begin());
    std::ranges::copy(prefix.first(std::min<std::size_t>(prefix.size(), 32)), highest.begin());
    std::vector<Found> out;
    for (const Place& place : kPlaces) {
        const auto done =
            database_->run(place.sql, {lowest, highest, number(std::uint64_t{most})}, [&](const Row& row) {
                if (row.bytes(0).size() == 32) out.push_back({place.kind, take<32>(row.bytes(0))});
                return true;
            });
        if (!done) return fail(done.error());
    }
    return out;
}

Outcome<std::vector<EventRecord>> Lists::events_of(const ListedTransaction& transaction) {
    std::vector<EventRecord> out;
    std::size_t bytes = 0;
    bool whole = true;
    const auto done =
        database_->run("SELECT * FROM chronicle_records WHERE id >= $1 AND id < $2 ORDER BY id",
                       {transaction.first_event, transaction.first_event + transaction.events}, [&](const Row& row) {
                           EventRecord event;
                           whole = read_event(row, event);
                           bytes += event.data.size() + event.topic.size() + sizeof(EventRecord);
                           out.push_back(std::move(event));
                           return whole && bytes <= Queries::kMostBytes;
                       });
    if (!done) return fail(done.error());
    if (!whole) return damaged("event");
    if (bytes > Queries::kMostBytes) return fail(Failure{FailureKind::too_much, "it reported too much to be shown"});
    return out;
}

Outcome<Lists::Range> Lists::event_range(const ListPart& part) {
    Range out{.first = 1, .end = 1};
    auto done = database_->run(
        "SELECT first_event + events FROM chronicle_blocks WHERE height < $1 ORDER BY height DESC LIMIT 1",
        {number(part.from)}, [&](const Row& row) {
            out.first = row.number(0);
            return false;
        });
    if (!done) return fail(done.error());
    done = database_->run(
        "SELECT first_event + events FROM chronicle_blocks WHERE height <= $1 AND height <= (SELECT final FROM"
        " chronicle) ORDER BY height DESC LIMIT 1",
        {end_of(part.to)}, [&](const Row& row) {
            out.end = row.number(0);
            return false;
        });
    if (!done) return fail(done.error());
    return out;
}

Outcome<std::vector<ListedEvent>> Lists::events(const ContractId& contract, const std::optional<std::string>& topic,
                                                const ListPart& part) {
    return at_one_moment(*database_, [&]() -> Outcome<std::vector<ListedEvent>> {
        auto range = event_range(part);
        if (!range) return fail(range.error());
        if (part.after) {
            if (part.rising) {
                range->first = std::max(range->first, *part.after + 1);
            } else {
                range->end = std::min(range->end, *part.after);
            }
        }
        const auto kind = kind_of(contract.bytes, topic.value_or(""));
        const std::string sql =
            std::string(
                "SELECT id, height, block, origin, source, topic, data, reverted, time FROM chronicle_records WHERE ") +
            (topic ? "kind" : "source") + " = $1 AND id >= $2 AND id < $3" + order(part.rising, "id") + " LIMIT $4";
        std::vector<ListedEvent> out;
        std::size_t bytes = 0;
        bool whole = true;
        const std::array<Value, 4> values{topic ? Value(ByteView(kind)) : Value(ByteView(contract.bytes)), range->first,
                                          range->end, number(part.most)};
        const auto done = database_->run(sql, values, [&](const Row& row) {
            ListedEvent one{.time = unsigned_of(row.number(8))};
            whole = read_event(row, one.event);
            bytes += one.event.data.size() + one.event.topic.size();
            out.push_back(std::move(one));
            return whole && bytes <= Queries::kMostBytes;
        });
        if (!done) return fail(done.error());
        if (bytes > Queries::kMostBytes) {
            return fail(Failure{FailureKind::too_much, "these events are too large: ask for fewer at once"});
        }
        if (!whole) return damaged("event");
        return out;
    });
}

Outcome<std::vector<ListedContract>> Lists::read_contracts(const std::string& sql, std::span<const Value> values) {
    std::vector<ListedContract> out;
    bool whole = true;
    const auto done = database_->run(sql, values, [&](const Row& row) {
        const auto contract = contract_of(row.bytes(0));
        whole = contract.has_value();
        if (!whole) return false;
        ListedContract one{.contract = *contract,
                           .owner = to_vector(row.bytes(1)),
                           .height = height_of(row.number(2)),
                           .time = unsigned_of(row.number(3)),
                           .deployer = account_of(row.bytes(5)),
                           .calls = unsigned_of(row.number(6))};
        if (row.bytes(4).size() == 32) one.transaction = TransactionId{take<32>(row.bytes(4))};
        out.push_back(std::move(one));
        return true;
    });
    if (!done) return fail(done.error());
    if (!whole) return damaged("contract");
    return out;
}

Outcome<std::vector<ListedContract>> Lists::contracts(const std::optional<ContractPlace>& after, const ListPart& part) {
    const ContractId lowest{};
    std::array<Value, 5> values{part.rising ? std::int64_t{-1} : kHighest, ByteView(lowest.bytes), number(part.from),
                                end_of(part.to), number(part.most)};
    if (after) {
        values[0] = number(after->height);
        values[1] = ByteView(after->contract.bytes);
    }
    return read_contracts(std::string(kContractColumns) + " WHERE (c.height, c.contract) " + (part.rising ? ">" : "<") +
                              " ($1, $2) AND c.height >= $3 AND c.height <= $4 AND c.height <= (SELECT final FROM"
                              " chronicle) ORDER BY " +
                              (part.rising ? "c.height, c.contract" : "c.height DESC, c.contract DESC") + " LIMIT $5",
                          values);
}

Outcome<std::optional<ListedContract>> Lists::contract(const ContractId& id) {
    const std::array<Value, 1> values{Value(ByteView(id.bytes))};
    auto found = read_contracts(
        std::string(kContractColumns) + " WHERE c.contract = $1 AND c.height <= (SELECT final FROM chronicle)", values);
    if (!found) return fail(found.error());
    if (found->empty()) return std::nullopt;
    return std::optional(std::move(found->front()));
}

}  // namespace dusk::chronicle
