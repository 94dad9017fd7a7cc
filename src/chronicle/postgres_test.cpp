// The chronicle in PostgreSQL: a server of this test's own on loopback, started and ended by it.
#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "chronicle/test_histories.hpp"
#include "chronicle/test_postgres.hpp"

namespace dusk::chronicle {
namespace {

using namespace std::chrono_literals;

class PostgresTest : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        if (!postgres_programs().empty()) server_ = std::make_unique<TestPostgres>();
    }
    static void TearDownTestSuite() {
        if (server_ && HasFailure()) server_->keep();
        server_.reset();
    }
    void SetUp() override {
        if (server_ == nullptr) {
            GTEST_SKIP() << "no PostgreSQL server on this machine: install the package `postgresql` to run this test";
        }
        server_->make("chronicle");
    }
    static OpenDatabase opener() {
        return [](Access) { return server_->open("chronicle"); };
    }

    static std::unique_ptr<TestPostgres> server_;
};
std::unique_ptr<TestPostgres> PostgresTest::server_;

TEST_F(PostgresTest, EveryHistoryIsThatOfTheModel) {
    for (std::uint64_t seed = 0; seed < 12 && !HasFailure(); ++seed) {
        server_->make("chronicle");
        check_random_history(opener(), seed);
    }
}

TEST_F(PostgresTest, AnEndAtAnyStatementLeavesAWholeChronicle) {
    for (std::uint64_t seed = 0; seed < 12 && !HasFailure(); ++seed) {
        server_->make("chronicle");
        check_random_end(opener(), seed);
    }
}

// The server ends without warning: what it had not written yet is read again from the chain.
TEST_F(PostgresTest, GoesOnAfterACrashOfTheServer) {
    RandomChain chain(21);
    for (int i = 0; i < 30; ++i) chain.change();
    auto database = server_->open("chronicle");
    follow_to_tip(chain, *database);
    server_->end(SIGQUIT);
    auto queries = Queries::open(*database);
    ASSERT_FALSE(queries.has_value());
    EXPECT_EQ(queries.error().kind, FailureKind::unreachable);
    EXPECT_EQ(open_postgres(server_->url("chronicle")).error().kind, FailureKind::unreachable);
    server_->run();
    for (int i = 0; i < 10; ++i) chain.change();
    database = server_->open("chronicle");
    follow_to_tip(chain, *database);
    expect_is(*database, chain.blocks, chain.last_final);
}

TEST_F(PostgresTest, OneNodeWritesAtATime) {
    const ledger::BlockHash genesis{{1}};
    auto first = server_->open("chronicle");
    ASSERT_TRUE(Chronicle::open(*first, genesis).has_value());
    const auto second = server_->open("chronicle");
    EXPECT_EQ(Chronicle::open(*second, genesis).error().kind, FailureKind::in_use);
    EXPECT_TRUE(Queries::open(*second).has_value());
    first.reset();
    for (int i = 0; i < 100; ++i) {  // the server notices a little later that it has gone
        if (Chronicle::open(*second, genesis)) return;
        std::this_thread::sleep_for(20ms);
    }
    FAIL() << "the lock was not given back";
}

TEST_F(PostgresTest, AConnectionThatWasEndedIsUnreachable) {
    const auto database = server_->open("chronicle");
    const auto other = server_->open("chronicle");
    ASSERT_TRUE(other
                    ->run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND "
                          "datname = current_database()")
                    .has_value());
    EXPECT_EQ(database->run("SELECT 1").error().kind, FailureKind::unreachable);
}

}  // namespace
}  // namespace dusk::chronicle
