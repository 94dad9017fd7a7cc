#include "chronicle/rows.hpp"

#include <cassert>

namespace dusk::chronicle {

void Rows::add(std::initializer_list<Value> values) {
    assert(values.size() == columns_);
    for (const Value& value : values) {
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
            cells_.emplace_back(*number);
        } else {
            const ByteView bytes = std::get<ByteView>(value);
            cells_.emplace_back(Bytestring{.begin = bytes_.size(), .size = bytes.size()});
            append(bytes_, bytes);
        }
    }
}

void Rows::clear() {
    cells_.clear();
    bytes_.clear();
}

Value Rows::value(std::size_t row, std::size_t column) const {
    const Cell& cell = cells_[row * columns_ + column];
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
    const Bytestring& at = std::get<Bytestring>(cell);
    return ByteView(bytes_).subspan(at.begin, at.size);
}

}  // namespace dusk::chronicle
