#include "chronicle/schema.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "crypto/blake3.hpp"

namespace dusk::chronicle {
namespace {

// `{0}` is the type of a key that orders a table, `{1}` what stands behind a table that is ordered by a longer key.
constexpr std::array kTables = {
    // One row. `final`: height of the last final block, -1 before there is one. `seeded`: whether the accounts of the
    // first state that was met were entered.
    "CREATE TABLE chronicle (version BIGINT NOT NULL, genesis BYTEA NOT NULL, final BIGINT NOT NULL,"
    " seeded BIGINT NOT NULL)",
    // `known`: 0 where what the contracts reported was not kept. Its events have the ids from `first_event` on, its
    // transactions the numbers up to `transactions`. Totals count up to and with this block: `public_total` and
    // `shielded_total` what was reported, all others what stands in the blocks. `follows`: 0 where the block below is
    // not here. `stakes`: whether
    // those before it (1), and after it too (2), are known.
    "CREATE TABLE chronicle_blocks (height {0} PRIMARY KEY, hash BYTEA NOT NULL UNIQUE, time BIGINT NOT NULL,"
    " known BIGINT NOT NULL, first_event BIGINT NOT NULL, events BIGINT NOT NULL, shielded BIGINT NOT NULL,"
    " public_total BIGINT NOT NULL, shielded_total BIGINT NOT NULL, transactions BIGINT NOT NULL,"
    " failed BIGINT NOT NULL, calls BIGINT NOT NULL, deployments BIGINT NOT NULL,"
    " gas BIGINT NOT NULL, fees BIGINT NOT NULL, follows BIGINT NOT NULL, stakes BIGINT NOT NULL)",
    "CREATE INDEX chronicle_blocks_shielded ON chronicle_blocks (height) WHERE shielded > 0",
    "CREATE INDEX chronicle_blocks_unknown ON chronicle_blocks (height) WHERE known = 0",
    "CREATE INDEX chronicle_blocks_gap ON chronicle_blocks (height) WHERE follows = 0",
    "CREATE INDEX chronicle_blocks_time ON chronicle_blocks (time, height)",
    // Ids follow height, then origin, then the order of emission, without a gap; `place` is the order of emission in
    // the block. The origin of what the block itself did is its hash.
    "CREATE TABLE chronicle_events (id {0} PRIMARY KEY, height BIGINT NOT NULL, place BIGINT NOT NULL,"
    " origin BYTEA NOT NULL, source BYTEA NOT NULL, topic BYTEA NOT NULL, kind BYTEA NOT NULL, data BYTEA NOT NULL,"
    " reverted BIGINT NOT NULL)",
    // An event with its block, as it is read; the order of the columns counts.
    "CREATE VIEW chronicle_records AS SELECT e.id, e.height, b.hash AS block, e.origin, e.source, e.topic, e.data,"
    " e.reverted, e.kind, e.place, (SELECT final FROM chronicle) AS final, b.time"
    " FROM chronicle_events e JOIN chronicle_blocks b ON b.height = e.height",
    "CREATE INDEX chronicle_events_source ON chronicle_events (source, id)",
    "CREATE INDEX chronicle_events_kind ON chronicle_events (kind, id)",
    // Transactions by which an account paid (way 0) or was paid (way 1), with the ids of their events.
    "CREATE TABLE chronicle_flows (account BYTEA NOT NULL, way BIGINT NOT NULL, height BIGINT NOT NULL,"
    " first_event BIGINT NOT NULL, events BIGINT NOT NULL, PRIMARY KEY (account, way, first_event)){1}",
    "CREATE INDEX chronicle_flows_height ON chronicle_flows (height)",
    "CREATE TABLE chronicle_memos (memo BYTEA NOT NULL, height BIGINT NOT NULL, first_event BIGINT NOT NULL,"
    " events BIGINT NOT NULL, PRIMARY KEY (memo, first_event)){1}",
    "CREATE INDEX chronicle_memos_height ON chronicle_memos (height)",
    // Every account that was met. `met`: the block in which it was; `height`: the one from which on it holds funds in
    // the open, `kNever` where it does not.
    "CREATE TABLE chronicle_accounts (number {0} PRIMARY KEY, account BYTEA NOT NULL UNIQUE, met BIGINT NOT NULL,"
    " height BIGINT NOT NULL)",
    "CREATE INDEX chronicle_accounts_met ON chronicle_accounts (met)",
    "CREATE INDEX chronicle_accounts_height ON chronicle_accounts (height)",
    // What happened to an account. `rewards`: 1 for rewards, of which every block has many. `place`: the id of the
    // event times 16, and what it was (happenings.hpp). `amount` in lux.
    "CREATE TABLE chronicle_activity (account BIGINT NOT NULL, rewards BIGINT NOT NULL, place BIGINT NOT NULL,"
    " height BIGINT NOT NULL, amount BIGINT NOT NULL, PRIMARY KEY (account, rewards, place)){1}",
    "CREATE INDEX chronicle_activity_height ON chronicle_activity (height)",
    // Blocks that a provisioner made (missed 0), or was to make in an iteration that failed. `place`: the height times
    // 256, and the iteration.
    "CREATE TABLE chronicle_producers (account BIGINT NOT NULL, place BIGINT NOT NULL, height BIGINT NOT NULL,"
    " missed BIGINT NOT NULL, PRIMARY KEY (account, place)){1}",
    "CREATE INDEX chronicle_producers_height ON chronicle_producers (height)",
    // The stake of an account after a block that changed it, or after which all stakes were read; 0: none. `eligible`:
    // the height from which on it counts.
    "CREATE TABLE chronicle_stakes (account BIGINT NOT NULL, height BIGINT NOT NULL, amount BIGINT NOT NULL,"
    " eligible BIGINT NOT NULL, PRIMARY KEY (account, height)){1}",
    "CREATE INDEX chronicle_stakes_height ON chronicle_stakes (height)",
    // Transactions in the order of the chain. Family: 0 public, 1 shielded. Kind: 0 transfer, 1 call, 2 deployment,
    // 3 memo, 4 blobs. Sender and receiver are accounts, 0 where they are hidden or there is none. `contract`: that is
    // called or deployed. `error` where it failed. Events as in chronicle_flows, 0 where none are known.
    "CREATE TABLE chronicle_transactions (number {0} PRIMARY KEY, hash BYTEA NOT NULL UNIQUE, height BIGINT NOT NULL,"
    " place BIGINT NOT NULL, family BIGINT NOT NULL, kind BIGINT NOT NULL, sender BIGINT NOT NULL,"
    " receiver BIGINT NOT NULL, amount BIGINT NOT NULL, contract BYTEA NOT NULL, call BYTEA NOT NULL,"
    " gas BIGINT NOT NULL, price BIGINT NOT NULL, gas_limit BIGINT NOT NULL, failed BIGINT NOT NULL, error BYTEA NOT "
    "NULL,"
    " first_event BIGINT NOT NULL, events BIGINT NOT NULL)",
    "CREATE INDEX chronicle_transactions_kind ON chronicle_transactions (kind, number)",
    "CREATE INDEX chronicle_transactions_contract ON chronicle_transactions (contract, number) WHERE kind IN (1, 2)",
    "CREATE INDEX chronicle_transactions_failed ON chronicle_transactions (number) WHERE failed = 1",
    "CREATE INDEX chronicle_transactions_height ON chronicle_transactions (height)",
    // `transaction_number`: that deployed it; 0: it was there from the first block on, or before the archive begins.
    "CREATE TABLE chronicle_contracts (contract BYTEA PRIMARY KEY, owner BYTEA NOT NULL, height BIGINT NOT NULL,"
    " transaction_number BIGINT NOT NULL)",
    "CREATE INDEX chronicle_contracts_height ON chronicle_contracts (height, contract)",
};

// In the order in which they may go.
constexpr std::array kNames = {
    "chronicle_events",    "chronicle_flows",  "chronicle_memos",        "chronicle_accounts",  "chronicle_activity",
    "chronicle_producers", "chronicle_stakes", "chronicle_transactions", "chronicle_contracts", "chronicle_blocks"};

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
    if (found->version > kSchemaVersion) {
        return fail(Failure{FailureKind::unknown_version,
                            fmt::format("the tables have version {}, and this program knows {}: use the program that "
                                        "made them, or another database",
                                        found->version, kSchemaVersion)});
    }
    return *std::move(found);
}

Outcome<void> drop_tables(Database& database) {
    if (auto done = database.run("DROP VIEW IF EXISTS chronicle_records"); !done) return done;
    for (const char* name : kNames) {
        if (auto done = database.run(fmt::format("DROP TABLE IF EXISTS {}", name)); !done) return done;
    }
    return database.run("DROP TABLE chronicle");
}

}  // namespace

Outcome<void> make_schema(Database& database, const ledger::BlockHash& genesis) {
    const auto there = database.has_table("chronicle");
    if (!there) return fail(there.error());
    bool is_old = false;
    if (*there) {
        const auto found = read(database);
        if (!found) return fail(found.error());
        if (!equal(found->genesis, genesis.bytes)) {
            return fail(Failure{FailureKind::other_chain,
                                "the database holds the blocks of another network: name an "
                                "empty one"});
        }
        is_old = found->version < kSchemaVersion;
        if (!is_old) return {};
    }
    if (auto begun = database.begin_writing(); !begun) return begun;
    Transaction transaction(database);
    if (is_old) {
        if (auto gone = drop_tables(database); !gone) return gone;
    }
    for (const char* table : kTables) {
        auto made = database.run(fmt::format(fmt::runtime(table), database.key_type(), database.table_suffix()));
        if (!made) return made;
    }
    if (auto done = database.run("INSERT INTO chronicle VALUES ($1, $2, -1, 0)", {kSchemaVersion, genesis.bytes});
        !done) {
        return done;
    }
    return transaction.commit();
}

Outcome<void> clear_tables(Database& database) {
    for (const char* name : kNames) {
        if (auto done = database.run(fmt::format("DELETE FROM {}", name)); !done) return done;
    }
    return database.run("UPDATE chronicle SET final = -1, seeded = 0");
}

Outcome<void> check_schema(Database& database) {
    const auto there = database.has_table("chronicle");
    if (!there) return fail(there.error());
    if (!*there) return fail(Failure{FailureKind::unreachable, "there is no chronicle in this database"});
    const auto found = read(database);
    if (!found) return fail(found.error());
    if (found->version < kSchemaVersion) {
        return fail(Failure{FailureKind::unreachable,
                            "the chronicle was made by an earlier program: the node makes it anew "
                            "when it starts"});
    }
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
