// A SQL database, as much of it as the chronicle needs: the port that SQLite and PostgreSQL implement.
//
// Both take the same statements: parameters are $1, $2 …, values are 64-bit integers (BIGINT) and byte strings (BYTEA),
// never NULL. For one thread at a time.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "chronicle/failure.hpp"
#include "chronicle/rows.hpp"

namespace dusk::chronicle {

// Of a result, while it is visited. Columns count from 0.
class Row {
  public:
    Row() = default;
    Row(const Row&) = delete;
    Row& operator=(const Row&) = delete;
    virtual ~Row() = default;
    [[nodiscard]] virtual std::int64_t number(int column) const = 0;
    [[nodiscard]] virtual ByteView bytes(int column) const = 0;
};
// Whether to go on. It does not use the database.
using VisitRow = std::function<bool(const Row& row)>;

class Database {
  public:
    Database() = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    virtual ~Database() = default;

    // One statement, which is kept ready for its next use: texts are few and do not hold values.
    [[nodiscard]] virtual Outcome<void> run(std::string_view sql, std::span<const Value> values,
                                            const VisitRow& visit) = 0;
    [[nodiscard]] Outcome<void> run(std::string_view sql, std::initializer_list<Value> values = {},
                                    const VisitRow& visit = {}) {
        return run(sql, std::span(values.begin(), values.size()), visit);
    }

    // Rows that are not there yet. After an error the transaction is to be taken back.
    [[nodiscard]] virtual Outcome<void> insert(const Rows& rows) = 0;

    // Everything until `commit` or `roll_back` is there at once or not at all, whatever ends the process or the
    // connection. A writer keeps others from writing at the same time; a reader sees one moment.
    [[nodiscard]] virtual Outcome<void> begin_writing() = 0;
    [[nodiscard]] virtual Outcome<void> begin_reading() = 0;
    [[nodiscard]] Outcome<void> commit() { return run("COMMIT"); }
    void roll_back() { static_cast<void>(run("ROLLBACK")); }

    // Makes this the only one that writes, as long as it lives. Error: in_use.
    [[nodiscard]] virtual Outcome<void> lock() = 0;
    // The type of an integer by which a table is ordered on the disk.
    [[nodiscard]] virtual std::string_view key_type() const = 0;
    // What stands behind the definition of a table that is ordered by a key of several columns.
    [[nodiscard]] virtual std::string_view table_suffix() const = 0;
    // Whether a table is there.
    [[nodiscard]] virtual Outcome<bool> has_table(std::string_view name) = 0;
};

// Takes back what was done where nothing is said.
class Transaction {
  public:
    explicit Transaction(Database& database) : database_(&database) {}
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction() {
        if (database_ != nullptr) database_->roll_back();
    }
    [[nodiscard]] Outcome<void> commit() {
        auto done = database_->commit();
        if (done) database_ = nullptr;
        return done;
    }

  private:
    Database* database_;
};

}  // namespace dusk::chronicle
