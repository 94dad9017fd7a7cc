#include "chronicle/schema.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "crypto/blake3.hpp"

namespace dusk::chronicle {
namespace {

// `{0}` is the type of a key that orders a table.
constexpr std::array kTables = {
    // One row. `final`: height of the last final block, -1 before there is one. `seeded`: whether the accounts of the
    // first state that was met were entered.
    "CREATE TABLE chronicle (version BIGINT NOT NULL, genesis BYTEA NOT NULL, final BIGINT NOT NULL,"
    " seeded BIGINT NOT NULL)",
    // `known`: 0 where what the contracts reported was not kept. Its events have the ids from `first_event` on.
    // Totals: transactions of each family up to and with this block.
    "CREATE TABLE chronicle_blocks (height {0} PRIMARY KEY, hash BYTEA NOT NULL UNIQUE, time BIGINT NOT NULL,"
    " known BIGINT NOT NULL, first_event BIGINT NOT NULL, events BIGINT NOT NULL, shielded BIGINT NOT NULL,"
    " public_total BIGINT NOT NULL, shielded_total BIGINT NOT NULL)",
    "CREATE INDEX chronicle_blocks_shielded ON chronicle_blocks (height) WHERE shielded > 0",
    // Ids follow height, then origin, then the order of emission, without a gap; `place` is the order of emission in
    // the block. The origin of what the block itself did is its hash.
    "CREATE TABLE chronicle_events (id {0} PRIMARY KEY, height BIGINT NOT NULL, place BIGINT NOT NULL,"
    " origin BYTEA NOT NULL, source BYTEA NOT NULL, topic BYTEA NOT NULL, kind BYTEA NOT NULL, data BYTEA NOT NULL,"
    " reverted BIGINT NOT NULL)",
    // An event with its block, as it is read; the order of the columns counts.
    "CREATE VIEW chronicle_records AS SELECT e.id, e.height, b.hash AS block, e.origin, e.source, e.topic, e.data,"
    " e.reverted, e.kind, e.place, (SELECT final FROM chronicle) AS final"
    " FROM chronicle_events e JOIN chronicle_blocks b ON b.height = e.height",
    "CREATE INDEX chronicle_events_source ON chronicle_events (source, id)",
    "CREATE INDEX chronicle_events_kind ON chronicle_events (kind, id)",
    // Transactions by which an account paid (way 0) or was paid (way 1), with the ids of their events.
    "CREATE TABLE chronicle_flows (account BYTEA NOT NULL, way BIGINT NOT NULL, height BIGINT NOT NULL,"
    " first_event BIGINT NOT NULL, events BIGINT NOT NULL, PRIMARY KEY (account, way, first_event))",
    "CREATE INDEX chronicle_flows_height ON chronicle_flows (height)",
    "CREATE TABLE chronicle_memos (memo BYTEA NOT NULL, height BIGINT NOT NULL, first_event BIGINT NOT NULL,"
    " events BIGINT NOT NULL, PRIMARY KEY (memo, first_event))",
    "CREATE INDEX chronicle_memos_height ON chronicle_memos (height)",
    // Every account that was met, with the block that it was met in first.
    "CREATE TABLE chronicle_accounts (account BYTEA PRIMARY KEY, height BIGINT NOT NULL)",
    "CREATE INDEX chronicle_accounts_height ON chronicle_accounts (height)",
};

struct Found {
    std::int64_t version = 0;
    Bytes genesis{};
};
Outcome<Found> read(Database& database) {
    std::optional<Found> found;
    const auto done = database.run("SELECT version, genesis FROM chronicle", {}, [&](const Row& row) {
        found = Found{.version = row.number(0), .genesis = to_vector(row.bytes(1))};
        return false;
    });
    if (!done) return fail(done.error());
    if (!found) return fail(Failure{FailureKind::damaged, "the table `chronicle` is empty"});
    if (found->version != kSchemaVersion) {
        return fail(Failure{FailureKind::unknown_version,
                            fmt::format("the tables have version {}, and this program knows {}: use the program that "
                                        "made them, or another database",
                                        found->version, kSchemaVersion)});
    }
    return *std::move(found);
}

}  // namespace

Outcome<void> make_schema(Database& database, const ledger::BlockHash& genesis) {
    const auto there = database.has_table("chronicle");
    if (!there) return fail(there.error());
    if (*there) {
        const auto found = read(database);
        if (!found) return fail(found.error());
        if (!equal(found->genesis, genesis.bytes)) {
            return fail(Failure{FailureKind::other_chain,
                                "the database holds the blocks of another network: name an "
                                "empty one"});
        }
        return {};
    }
    if (auto begun = database.begin_writing(); !begun) return begun;
    Transaction transaction(database);
    for (const char* table : kTables) {
        if (auto made = database.run(fmt::format(fmt::runtime(table), database.key_type())); !made) return made;
    }
    if (auto done = database.run("INSERT INTO chronicle VALUES ($1, $2, -1, 0)", {kSchemaVersion, genesis.bytes});
        !done) {
        return done;
    }
    return transaction.commit();
}

Outcome<void> check_schema(Database& database) {
    const auto there = database.has_table("chronicle");
    if (!there) return fail(there.error());
    if (!*there) return fail(Failure{FailureKind::unreachable, "there is no chronicle in this database"});
    if (const auto found = read(database); !found) return fail(found.error());
    return {};
}

ByteArray<16> kind_of(ByteView source, std::string_view topic) {
    crypto::Blake3 hash;
    hash.update(source);
    hash.update(as_bytes(topic));
    return take<16>(hash.finish());
}

ByteArray<32> memo_digest(ByteView memo) { return crypto::blake3(memo); }

}  // namespace dusk::chronicle
