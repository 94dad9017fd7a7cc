// For tests and measurements: a PostgreSQL server of their own on loopback, started and ended by them.
#pragma once

#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <thread>
#include <vector>

#include "chronicle/postgres_database.hpp"

namespace dusk::chronicle {

// Where Debian's packages put the programs of the server; empty where there is none.
inline std::filesystem::path postgres_programs() {
    std::filesystem::path out;
    std::error_code ignored;
    for (const auto& version : std::filesystem::directory_iterator("/usr/lib/postgresql", ignored)) {
        if (std::filesystem::exists(version.path() / "bin" / "initdb")) out = version.path() / "bin";
    }
    return out;
}

class TestPostgres {
  public:
    TestPostgres() : folder_(std::filesystem::temp_directory_path() / fmt::format("dusk-postgres-{}", ::getpid())) {
        // The server does not run as root.
        if (::getuid() == 0) {
            user_ = ::getpwnam("postgres");
            if (user_ == nullptr) user_ = ::getpwnam("nobody");
        }
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        if (user_ != nullptr) must(::chown(folder_.c_str(), user_->pw_uid, user_->pw_gid) == 0, "chown failed");
        const pid_t made = start({"initdb", "-D", data(), "-A", "trust", "-U", "dusk", "--no-sync", "-E", "UTF8"});
        int status = 0;
        ::waitpid(made, &status, 0);
        must(status == 0, "initdb failed");
        run();
    }
    ~TestPostgres() {
        end(SIGINT);
        std::error_code ignored;
        if (!keeps_) std::filesystem::remove_all(folder_, ignored);
    }
    void run() {
        for (int i = 0; i < 5 && !is_up_; ++i) {
            port_ = static_cast<unsigned>(20000 + (::getpid() * 7 + i * 1001) % 20000);
            server_ = start({"postgres", "-D", data(), "-c", "listen_addresses=127.0.0.1", "-c",
                             fmt::format("port={}", port_), "-c", "unix_socket_directories=", "-c", "fsync=off"});
            for (int wait = 0; wait < 600 && !is_up_; ++wait) {
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
                is_up_ = open_postgres(url("postgres")).has_value();
                if (::waitpid(server_, nullptr, WNOHANG) == server_) break;  // the port is taken
            }
        }
        must(is_up_, "the server does not start");
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
        must(connection.has_value(), "the server does not answer");
        must((*connection)->run(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)).has_value(), "DROP");
        must((*connection)->run(fmt::format("CREATE DATABASE {}", name)).has_value(), "CREATE");
    }
    [[nodiscard]] std::string url(const std::string& name) const {
        return fmt::format("postgresql://dusk@127.0.0.1:{}/{}", port_, name);
    }
    [[nodiscard]] std::unique_ptr<Database> open(const std::string& name) const {
        auto opened = open_postgres(url(name));
        must(opened.has_value(), "the database does not open");
        return *std::move(opened);
    }

    // Its folder stays, to be looked at.
    void keep() { keeps_ = true; }

  private:
    void must(bool holds, const char* what) const {
        if (!holds) throw std::runtime_error(fmt::format("PostgreSQL: {}; see {}", what, folder_.string()));
    }
    [[nodiscard]] std::string data() const { return (folder_ / "data").string(); }
    pid_t start(const std::vector<std::string>& words) const {
        const std::string program = (postgres_programs() / words.front()).string();
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

    std::filesystem::path folder_;
    const passwd* user_ = nullptr;
    unsigned port_ = 0;
    pid_t server_ = 0;
    bool is_up_ = false;
    bool keeps_ = false;
};

}  // namespace dusk::chronicle
