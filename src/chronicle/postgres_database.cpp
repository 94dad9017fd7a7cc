#include "chronicle/postgres_database.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <vector>

namespace dusk::chronicle {
namespace {

// Types of the server (catalog/pg_type.dat).
constexpr Oid kByteaType = 17;
constexpr Oid kInt8Type = 20;
constexpr int kBinary = 1;
constexpr std::size_t kMostWaiting = 65'536;  // bytes of rows before they are sent

struct FreeResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, FreeResult>;

std::string one_line(const char* text) {
    std::string out = text == nullptr ? "" : text;
    std::ranges::replace(out, '\n', ' ');
    while (!out.empty() && std::isspace(static_cast<unsigned char>(out.back())) != 0) out.pop_back();
    return out;
}

class PostgresRow final : public Row {
  public:
    PostgresRow(const PGresult* result, int row) : result_(result), row_(row) {}
    std::int64_t number(int column) const override {
        const ByteView value = bytes(column);
        return value.size() == 8 ? static_cast<std::int64_t>(load_be<std::uint64_t>(value.data())) : 0;
    }
    ByteView bytes(int column) const override {
        if (column >= PQnfields(result_) || PQgetisnull(result_, row_, column) != 0) return {};
        return {reinterpret_cast<const std::uint8_t*>(PQgetvalue(result_, row_, column)),
                static_cast<std::size_t>(PQgetlength(result_, row_, column))};
    }

  private:
    const PGresult* result_;
    int row_;
};

// Values as the server takes them in binary form.
class Parameters {
  public:
    explicit Parameters(std::span<const Value> values) : numbers_(values.size()) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (const auto* number = std::get_if<std::int64_t>(&values[i])) {
                store_be<std::uint64_t>(numbers_[i].data(), static_cast<std::uint64_t>(*number));
                add(kInt8Type, numbers_[i]);
            } else {
                add(kByteaType, std::get<ByteView>(values[i]));
            }
        }
    }
    [[nodiscard]] int count() const { return static_cast<int>(types_.size()); }
    [[nodiscard]] const Oid* types() const { return types_.data(); }
    [[nodiscard]] const char* const* values() const { return values_.data(); }
    [[nodiscard]] const int* sizes() const { return sizes_.data(); }
    [[nodiscard]] const int* forms() const { return forms_.data(); }

  private:
    void add(Oid type, ByteView bytes) {
        types_.push_back(type);
        // A pointer to nothing would be NULL.
        values_.push_back(bytes.empty() ? "" : reinterpret_cast<const char*>(bytes.data()));
        sizes_.push_back(static_cast<int>(bytes.size()));
        forms_.push_back(kBinary);
    }

    std::vector<ByteArray<8>> numbers_;
    std::vector<Oid> types_;
    std::vector<const char*> values_;
    std::vector<int> sizes_;
    std::vector<int> forms_;
};

class PostgresDatabase final : public Database {
  public:
    explicit PostgresDatabase(PGconn* connection) : connection_(connection) {}
    ~PostgresDatabase() override { PQfinish(connection_); }

    using Database::run;
    Outcome<void> run(std::string_view sql, std::span<const Value> values, const VisitRow& visit) override {
        const Parameters parameters(values);
        const auto name = name_of(sql, parameters);
        if (!name) return fail(name.error());
        if (PQsendQueryPrepared(connection_, name->c_str(), parameters.count(), parameters.values(), parameters.sizes(),
                                parameters.forms(), kBinary) == 0) {
            return fail(failure(nullptr));
        }
        // Row by row: an answer may be larger than the memory.
        if (visit) PQsetSingleRowMode(connection_);
        return take_answers(visit);
    }
    Outcome<void> insert(const Rows& rows) override {
        const std::string sql = fmt::format("COPY {} FROM STDIN (FORMAT binary)", rows.table());
        const Answer begun(PQexec(connection_, sql.c_str()));
        if (PQresultStatus(begun.get()) != PGRES_COPY_IN) return fail(failure(begun.get()));
        const bool sent = copy(rows) && PQputCopyEnd(connection_, nullptr) == 1;
        auto taken = take_answers({});
        if (!sent && taken) return fail(failure(nullptr));
        return taken;
    }
    Outcome<void> begin_writing() override { return run("BEGIN"); }
    Outcome<void> begin_reading() override { return run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }
    Outcome<void> lock() override {
        bool got = false;
        // Any number will do that no other program uses in this database.
        const auto done =
            run("SELECT CASE WHEN pg_try_advisory_lock(1685418859) THEN 1 ELSE 0 END::BIGINT", {}, [&](const Row& row) {
                got = row.number(0) != 0;
                return true;
            });
        if (!done) return done;
        if (got) return {};
        return fail(Failure{FailureKind::in_use, "another node writes to this database"});
    }
    std::string_view key_type() const override { return "BIGINT"; }
    std::string_view table_suffix() const override { return ""; }
    Outcome<bool> has_table(std::string_view name) override {
        bool found = false;
        const auto done =
            run("SELECT CASE WHEN to_regclass(convert_from($1, 'UTF8')) IS NULL THEN 0 ELSE 1 END::BIGINT",
                {as_bytes(name)}, [&](const Row& row) {
                    found = row.number(0) != 0;
                    return true;
                });
        if (!done) return fail(done.error());
        return found;
    }

    [[nodiscard]] Failure failure(const PGresult* result) const {
        const char* const state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
        const std::string_view code = state == nullptr ? "" : state;
        FailureKind kind = FailureKind::refused;
        if (PQstatus(connection_) != CONNECTION_OK || code.starts_with("08") || code.starts_with("57P")) {
            kind = FailureKind::unreachable;
        } else if (code == "53100") {
            kind = FailureKind::no_space;
        } else if (code.starts_with("XX")) {
            kind = FailureKind::damaged;
        }
        return {kind, "PostgreSQL: " +
                          one_line(result == nullptr ? PQerrorMessage(connection_) : PQresultErrorMessage(result))};
    }

  private:
    Outcome<std::string> name_of(std::string_view sql, const Parameters& parameters) {
        const auto known = names_.find(sql);
        if (known != names_.end()) return known->second;
        std::string name = fmt::format("s{}", names_.size());
        const Answer prepared(
            PQprepare(connection_, name.c_str(), std::string(sql).c_str(), parameters.count(), parameters.types()));
        if (PQresultStatus(prepared.get()) != PGRES_COMMAND_OK) return fail(failure(prepared.get()));
        names_.emplace(sql, name);
        return name;
    }
    // The rows as COPY takes them in binary form: a head, then for each row the number of its columns, and for each of
    // these its size and itself, and a row of -1 columns. False: the connection does not take them.
    bool copy(const Rows& rows) {
        Bytes out{'P', 'G', 'C', 'O', 'P', 'Y', '\n', 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0};
        const auto put = [&out]<class T>(T number) {
            out.resize(out.size() + sizeof number);
            store_be<T>(out.data() + out.size() - sizeof number, number);
        };
        for (std::size_t row = 0; row < rows.count(); ++row) {
            put(static_cast<std::uint16_t>(rows.columns()));
            for (std::size_t i = 0; i < rows.columns(); ++i) {
                const Value value = rows.value(row, i);
                if (const auto* number = std::get_if<std::int64_t>(&value)) {
                    put(std::uint32_t{sizeof *number});
                    put(static_cast<std::uint64_t>(*number));
                } else {
                    const ByteView bytes = std::get<ByteView>(value);
                    put(static_cast<std::uint32_t>(bytes.size()));
                    append(out, bytes);
                }
            }
            if (out.size() >= kMostWaiting && !send(out)) return false;
        }
        put(std::uint16_t{0xffff});
        return send(out);
    }
    bool send(Bytes& out) {
        const bool sent =
            PQputCopyData(connection_, reinterpret_cast<const char*>(out.data()), static_cast<int>(out.size())) == 1;
        out.clear();
        return sent;
    }
    // All of them: the connection takes the next statement only then.
    Outcome<void> take_answers(const VisitRow& visit) {
        Outcome<void> out;
        bool goes_on = true;
        while (const Answer answer{PQgetResult(connection_)}) {
            const ExecStatusType status = PQresultStatus(answer.get());
            if (status == PGRES_SINGLE_TUPLE) {
                if (goes_on) goes_on = visit(PostgresRow(answer.get(), 0));
            } else if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && out) {
                out = fail(failure(answer.get()));
            }
        }
        return out;
    }

    PGconn* connection_;
    std::map<std::string, std::string, std::less<>> names_;
};

}  // namespace

Outcome<std::unique_ptr<Database>> open_postgres(const std::string& url) {
    // What the URL says counts more, since it comes last.
    const std::array<const char*, 7> names{"connect_timeout",
                                           "application_name",
                                           "tcp_user_timeout",
                                           "keepalives_idle",
                                           "keepalives_interval",
                                           "dbname",
                                           nullptr};
    const std::array<const char*, 7> values{"10", "dusk", "30000", "30", "10", url.c_str(), nullptr};
    PGconn* const connection = PQconnectdbParams(names.data(), values.data(), 1);
    auto database = std::make_unique<PostgresDatabase>(connection);  // ends the connection, after a failure too
    if (PQstatus(connection) != CONNECTION_OK)
        return fail(Failure{FailureKind::unreachable, database->failure(nullptr).text});
    PQsetNoticeProcessor(connection, [](void*, const char*) {}, nullptr);
    // What the last transactions said is read again from the chain.
    for (const char* setting : {"SET synchronous_commit = off", "SET client_min_messages = error"}) {
        if (const auto done = database->run(setting); !done) return fail(done.error());
    }
    return database;
}

}  // namespace dusk::chronicle
