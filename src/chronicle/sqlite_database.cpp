#include "chronicle/sqlite_database.hpp"

#include <sqlite3.h>

#include <map>

namespace dusk::chronicle {
namespace {

constexpr int kPatience = 10'000;  // milliseconds that another connection may hold the file

FailureKind kind_of(int code) {
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return FailureKind::in_use;
        case SQLITE_FULL:
            return FailureKind::no_space;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return FailureKind::damaged;
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return FailureKind::unreachable;
        default:
            return FailureKind::refused;
    }
}

class SqliteRow final : public Row {
  public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
    std::int64_t number(int column) const override { return sqlite3_column_int64(statement_, column); }
    ByteView bytes(int column) const override {
        const void* const data = sqlite3_column_blob(statement_, column);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
        return {static_cast<const std::uint8_t*>(data), data == nullptr ? 0 : size};
    }

  private:
    sqlite3_stmt* statement_;
};

class SqliteDatabase final : public Database {
  public:
    SqliteDatabase(std::filesystem::path file, sqlite3* handle) : file_(std::move(file)), handle_(handle) {}
    ~SqliteDatabase() override {
        for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
        sqlite3_close(handle_);
    }

    using Database::run;
    Outcome<void> run(std::string_view sql, std::span<const Value> values, const VisitRow& visit) override {
        const auto found = statement_of(sql);
        if (!found) return fail(found.error());
        sqlite3_stmt* const statement = *found;
        auto done = bind(statement, values);
        if (done) done = step(statement, visit);
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
        return done;
    }
    Outcome<void> insert(const Rows& rows) override {
        std::string sql = "INSERT INTO " + std::string(rows.table()) + " VALUES (?";
        for (std::size_t i = 1; i < rows.columns(); ++i) sql += ", ?";
        const auto found = statement_of(sql + ")");
        if (!found) return fail(found.error());
        Outcome<void> done;
        for (std::size_t row = 0; row < rows.count() && done; ++row) {
            for (std::size_t i = 0; i < rows.columns() && done; ++i) {
                done = bind(*found, static_cast<int>(i) + 1, rows.value(row, i));
            }
            if (done) done = step(*found, {});
            sqlite3_reset(*found);
        }
        sqlite3_clear_bindings(*found);
        return done;
    }
    Outcome<void> begin_writing() override { return run("BEGIN IMMEDIATE"); }
    Outcome<void> begin_reading() override { return run("BEGIN"); }
    // The file lies in the folder of a node, which one node uses at a time.
    Outcome<void> lock() override { return {}; }
    std::string_view key_type() const override { return "INTEGER"; }
    std::string_view table_suffix() const override { return " WITHOUT ROWID"; }
    Outcome<bool> has_table(std::string_view name) override {
        bool found = false;
        const auto done = run("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = CAST($1 AS TEXT)",
                              {as_bytes(name)}, [&](const Row&) { return found = true; });
        if (!done) return fail(done.error());
        return found;
    }

    [[nodiscard]] Failure failure(int code) const {
        return {kind_of(code), file_.string() + ": " + sqlite3_errmsg(handle_)};
    }

  private:
    Outcome<sqlite3_stmt*> statement_of(std::string_view sql) {
        const auto known = statements_.find(sql);
        if (known != statements_.end()) return known->second;
        sqlite3_stmt* statement = nullptr;
        const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                            SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
        if (code != SQLITE_OK) return fail(failure(code));
        statements_.emplace(sql, statement);
        return statement;
    }
    Outcome<void> bind(sqlite3_stmt* statement, std::span<const Value> values) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            // By name, since SQLite numbers the parameters in the order in which they stand.
            const int at = sqlite3_bind_parameter_index(statement, ("$" + std::to_string(i + 1)).c_str());
            if (auto bound = bind(statement, at, values[i]); !bound) return bound;
        }
        return {};
    }
    // The value lives until the statement is reset.
    Outcome<void> bind(sqlite3_stmt* statement, int at, const Value& value) {
        int code = SQLITE_OK;
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
            code = sqlite3_bind_int64(statement, at, *number);
        } else {
            const ByteView bytes = std::get<ByteView>(value);
            // A pointer to nothing would be NULL.
            code = sqlite3_bind_blob64(statement, at, bytes.empty() ? "" : static_cast<const void*>(bytes.data()),
                                       bytes.size(), SQLITE_STATIC);
        }
        if (code != SQLITE_OK) return fail(failure(code));
        return {};
    }
    Outcome<void> step(sqlite3_stmt* statement, const VisitRow& visit) {
        while (true) {
            const int code = sqlite3_step(statement);
            if (code == SQLITE_DONE) return {};
            if (code != SQLITE_ROW) return fail(failure(code));
            if (visit && !visit(SqliteRow(statement))) return {};
        }
    }

    std::filesystem::path file_;
    sqlite3* handle_;
    std::map<std::string, sqlite3_stmt*, std::less<>> statements_;
};

}  // namespace

Outcome<std::unique_ptr<Database>> open_sqlite(const std::filesystem::path& file, Access access) {
    sqlite3* handle = nullptr;
    const bool writes = access == Access::write;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (writes ? SQLITE_OPEN_CREATE : 0);
    const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
    auto database = std::make_unique<SqliteDatabase>(file, handle);  // closes the handle, after a failure too
    if (code != SQLITE_OK) return fail(database->failure(code));
    sqlite3_busy_timeout(handle, kPatience);
    for (const char* pragma : {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL",
                               "PRAGMA journal_size_limit = 67108864", "PRAGMA cache_size = -16384"}) {
        if (const auto done = database->run(pragma); !done) return fail(done.error());
    }
    if (!writes) {
        if (const auto done = database->run("PRAGMA query_only = ON"); !done) return fail(done.error());
    }
    return database;
}

}  // namespace dusk::chronicle
