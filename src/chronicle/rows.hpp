// Rows that wait to be inserted together: in one statement where the database has one for it, which saves an answer
// from the server for each row.
#pragma once

#include <initializer_list>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.hpp"

namespace dusk::chronicle {

using Value = std::variant<std::int64_t, ByteView>;

// Of one table, in the order of its columns.
class Rows {
  public:
    // `table` outlives this.
    Rows(std::string_view table, std::size_t columns) : table_(table), columns_(columns) {}

    // A value for each column; they are copied.
    void add(std::initializer_list<Value> values);
    void clear();

    [[nodiscard]] std::string_view table() const { return table_; }
    [[nodiscard]] std::size_t columns() const { return columns_; }
    [[nodiscard]] std::size_t count() const { return cells_.size() / columns_; }
    // The view lives until the next row is added. Both are below their counts.
    [[nodiscard]] Value value(std::size_t row, std::size_t column) const;
    // What they take in memory, in bytes.
    [[nodiscard]] std::size_t size() const { return bytes_.size() + cells_.size() * sizeof(Cell); }

  private:
    struct Bytestring {
        std::size_t begin = 0;
        std::size_t size = 0;
    };
    using Cell = std::variant<std::int64_t, Bytestring>;

    std::string_view table_;
    std::size_t columns_;
    std::vector<Cell> cells_{};
    Bytes bytes_{};
};

}  // namespace dusk::chronicle
