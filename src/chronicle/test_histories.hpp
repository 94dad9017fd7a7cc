// For tests: chains change at random, and a chronicle follows them in steps of all sizes, or ends at any statement.
#pragma once

#include "chronicle/follow.hpp"
#include "chronicle/sqlite_database.hpp"
#include "chronicle/test_answers.hpp"
#include "chronicle/test_lists.hpp"

namespace dusk::chronicle {

inline void expect_is(Database& database, const std::vector<MadeBlock>& blocks, std::uint64_t last_final) {
    auto queries = Queries::open(database);
    ASSERT_TRUE(queries.has_value()) << queries.error().text;
    Comparison(blocks, last_final, *queries).run();
    ListComparison(blocks, last_final, database).run();
}

// Steps until it is where the chain is.
inline void follow_to_tip(RandomChain& chain, Database& database, const StepLimits& limits = {}) {
    auto chronicle = Chronicle::open(database, chain.genesis());
    ASSERT_TRUE(chronicle.has_value()) << chronicle.error().text;
    while (true) {
        const auto step = follow(chain.store, *chronicle, limits, chain.find_stakes());
        ASSERT_TRUE(step.has_value()) << step.error().text;
        EXPECT_EQ(step->missing, 0U);
        if (!step->is_behind()) return;
        ASSERT_GT(step->added, 0U);
    }
}

// Fails before or after a statement, as if the process ended there.
class EndingDatabase final : public Database {
  public:
    EndingDatabase(Database& database, std::uint64_t statements, bool after)
        : database_(database), left_(statements), after_(after) {}
    [[nodiscard]] bool has_ended() const { return ended_; }

    using Database::run;
    Outcome<void> run(std::string_view sql, std::span<const Value> values, const VisitRow& visit) override {
        return guarded([&] { return database_.run(sql, values, visit); });
    }
    Outcome<void> insert(const Rows& rows) override {
        return guarded([&] { return database_.insert(rows); });
    }
    Outcome<void> begin_writing() override {
        return guarded([&] { return database_.begin_writing(); });
    }
    Outcome<void> begin_reading() override {
        return guarded([&] { return database_.begin_reading(); });
    }
    Outcome<void> lock() override { return database_.lock(); }
    std::string_view key_type() const override { return database_.key_type(); }
    std::string_view table_suffix() const override { return database_.table_suffix(); }
    Outcome<bool> has_table(std::string_view name) override { return database_.has_table(name); }

  private:
    template <class Call>
    Outcome<void> guarded(Call&& call) {
        const Failure end{FailureKind::unreachable, "the process has ended"};
        if (ended_) return fail(end);
        ended_ = left_-- == 0;
        if (!ended_) return call();
        if (after_) static_cast<void>(call());
        return fail(end);
    }

    Database& database_;
    std::uint64_t left_;
    bool after_;
    bool ended_ = false;
};

// The same chains in every database. `open` gives a new connection to one database, empty at first.
using OpenDatabase = std::function<std::unique_ptr<Database>(Access access)>;

// A chain changes, and the chronicle follows in steps of all sizes.
inline void check_random_history(const OpenDatabase& open, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    RandomChain chain(seed);
    auto database = open(Access::write);
    for (auto round = 1 + random() % 4; round > 0; --round) {
        for (auto i = random() % 25; i > 0; --i) chain.change();
        follow_to_tip(chain, *database, {.blocks = 1 + random() % 9, .events = 1 + random() % 30});
        expect_is(*open(Access::read), chain.blocks, chain.last_final);
        if (random() % 2 == 0) {
            database.reset();
            database = open(Access::write);
        }
    }
}

// The process ends at some statement: what is there is that of before or after the step, and the next one goes on.
inline void check_random_end(const OpenDatabase& open, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    RandomChain chain(seed);
    for (auto i = random() % 15; i > 0; --i) chain.change();
    auto database = open(Access::write);
    follow_to_tip(chain, *database);
    const auto blocks = chain.blocks;
    const auto last_final = chain.last_final;
    for (auto i = 1 + random() % 8; i > 0; --i) chain.change();
    {
        EndingDatabase ending(*database, random() % 30, random() % 2 == 0);
        auto chronicle = Chronicle::open(ending, chain.genesis());
        const bool done = chronicle && follow(chain.store, *chronicle, {}, chain.find_stakes());
        ASSERT_NE(done, ending.has_ended());
    }
    database.reset();  // and with it what was not committed
    database = open(Access::write);
    std::optional<Chronicle::Top> top;
    std::optional<ledger::Height> final;
    {
        auto chronicle = Chronicle::open(*database, chain.genesis());
        ASSERT_TRUE(chronicle.has_value()) << chronicle.error().text;
        top = chronicle->top().value();
        final = chronicle->last_final().value();
    }
    ASSERT_TRUE(top.has_value());
    const bool is_new = top->hash == chain.blocks.back().header.hash && final == ledger::Height{chain.last_final};
    expect_is(*database, is_new ? chain.blocks : blocks, is_new ? chain.last_final : last_final);
    follow_to_tip(chain, *database);
    expect_is(*database, chain.blocks, chain.last_final);
}

}  // namespace dusk::chronicle
