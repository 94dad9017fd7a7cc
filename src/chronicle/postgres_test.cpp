// The chronicle in PostgreSQL: a server of this test's own on loopback, started and ended by it.
#include <fmt/format.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <thread>

#include "chronicle/chronicle_model.hpp"
#include "chronicle/postgres_database.hpp"

namespace dusk::chronicle {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

// Where Debian's packages put the programs of the server; empty where there is none.
fs::path programs() {
    fs::path out;
    std::error_code ignored;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
        if (fs::exists(version.path() / "bin" / "initdb")) out = version.path() / "bin";
    }
    return out;
}

class Server {
  public:
    Server() : folder_(fs::temp_directory_path() / fmt::format("dusk-postgres-{}", ::getpid())) {
        // The server does not run as root.
        if (::getuid() == 0) {
            user_ = ::getpwnam("postgres");
            if (user_ == nullptr) user_ = ::getpwnam("nobody");
        }
        fs::remove_all(folder_);
        fs::create_directories(folder_);
        if (user_ != nullptr) EXPECT_EQ(::chown(folder_.c_str(), user_->pw_uid, user_->pw_gid), 0);
        const pid_t made = start({"initdb", "-D", data(), "-A", "trust", "-U", "dusk", "--no-sync", "-E", "UTF8"});
        int status = 0;
        ::waitpid(made, &status, 0);
        EXPECT_EQ(status, 0) << "initdb failed; see " << folder_;
        run();
    }
    ~Server() {
        end(SIGINT);
        if (!testing::Test::HasFailure()) fs::remove_all(folder_);
    }
    void run() {
        for (int i = 0; i < 5 && !is_up_; ++i) {
            port_ = static_cast<unsigned>(20000 + (::getpid() * 7 + i * 1001) % 20000);
            server_ = start({"postgres", "-D", data(), "-c", "listen_addresses=127.0.0.1", "-c",
                             fmt::format("port={}", port_), "-c", "unix_socket_directories=", "-c", "fsync=off"});
            for (int wait = 0; wait < 600 && !is_up_; ++wait) {
                std::this_thread::sleep_for(50ms);
                is_up_ = open_postgres(url("postgres")).has_value();
                if (::waitpid(server_, nullptr, WNOHANG) == server_) break;  // the port is taken
            }
        }
        ASSERT_TRUE(is_up_) << "the server does not start; see " << folder_;
    }
    void end(int signal) {
        if (!is_up_) return;
        ::kill(server_, signal);
        ::waitpid(server_, nullptr, 0);
        is_up_ = false;
    }
    // A database of this name, empty.
    void make(const std::string& name) const {
        const auto connection = open_postgres(url("postgres"));
        ASSERT_TRUE(connection.has_value()) << connection.error().text;
        ASSERT_TRUE((*connection)->run(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)).has_value());
        const auto made = (*connection)->run(fmt::format("CREATE DATABASE {}", name));
        ASSERT_TRUE(made.has_value()) << made.error().text;
    }
    [[nodiscard]] std::string url(const std::string& name) const {
        return fmt::format("postgresql://dusk@127.0.0.1:{}/{}", port_, name);
    }
    [[nodiscard]] std::unique_ptr<Database> open(const std::string& name) const {
        auto opened = open_postgres(url(name));
        if (!opened) ADD_FAILURE() << opened.error().text;
        return opened ? *std::move(opened) : nullptr;
    }

  private:
    [[nodiscard]] std::string data() const { return (folder_ / "data").string(); }
    pid_t start(const std::vector<std::string>& words) const {
        const std::string program = (programs() / words.front()).string();
        const std::string log = (folder_ / (words.front() + ".log")).string();
        const pid_t child = ::fork();
        if (child != 0) return child;
        if (user_ != nullptr && (::initgroups(user_->pw_name, user_->pw_gid) != 0 || ::setgid(user_->pw_gid) != 0 ||
                                 ::setuid(user_->pw_uid) != 0)) {
            ::_exit(126);
        }
        if (std::freopen(log.c_str(), "a", stdout) == nullptr || ::dup2(STDOUT_FILENO, STDERR_FILENO) < 0) ::_exit(125);
        if (::chdir(folder_.c_str()) != 0) ::_exit(125);
        std::vector<char*> arguments;
        for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        ::execv(program.c_str(), arguments.data());
        ::_exit(127);
    }

    fs::path folder_;
    const passwd* user_ = nullptr;
    unsigned port_ = 0;
    pid_t server_ = 0;
    bool is_up_ = false;
};

class PostgresTest : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        if (!programs().empty()) server_ = std::make_unique<Server>();
    }
    static void TearDownTestSuite() { server_.reset(); }
    void SetUp() override {
        if (server_ == nullptr) {
            GTEST_SKIP() << "no PostgreSQL server on this machine: install the package `postgresql` to run this test";
        }
        server_->make("chronicle");
    }
    static OpenDatabase opener() {
        return [](Access) { return server_->open("chronicle"); };
    }

    static std::unique_ptr<Server> server_;
};
std::unique_ptr<Server> PostgresTest::server_;

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
