#include "base/reader.hpp"

#include <fmt/core.h>

namespace dusk {

std::string_view to_string(ReadFault fault) {
    switch (fault) {
        case ReadFault::short_input:
            return "the bytes end within a field";
        case ReadFault::over_limit:
            return "a length or count is larger than allowed";
        case ReadFault::trailing_bytes:
            return "bytes are left over after the last field";
        case ReadFault::bad_bool:
            return "a truth value is neither 0 nor 1";
        case ReadFault::bad_tag:
            return "an enum tag does not exist";
        case ReadFault::bad_value:
            return "a field holds no value of its type";
    }
    return "unknown error";
}

std::string describe(const ReadError& error) { return fmt::format("{} (at {})", to_string(error.fault), error.offset); }

void Reader::reject(ReadFault fault, std::size_t offset) {
    if (!error_) error_ = ReadError{fault, offset};
}

ByteView Reader::bytes(std::size_t count) {
    if (error_) return {};
    if (count > remaining()) {
        reject(ReadFault::short_input, position_);
        return {};
    }
    const ByteView out = bytes_.subspan(position_, count);
    position_ += count;
    return out;
}

bool Reader::boolean() {
    const std::size_t at = position_;
    const std::uint8_t byte = u8();
    if (byte > 1) reject(ReadFault::bad_bool, at);
    return byte == 1;
}

std::uint8_t Reader::tag(std::uint8_t count) {
    const std::size_t at = position_;
    const std::uint8_t byte = u8();
    if (byte < count) return byte;
    reject(ReadFault::bad_tag, at);
    return 0;
}

std::size_t Reader::checked_count(std::uint64_t count, std::size_t max, std::size_t item_size, std::size_t at) {
    if (error_) return 0;
    if (count > max || count > remaining() / item_size) {
        reject(ReadFault::over_limit, at);
        return 0;
    }
    return static_cast<std::size_t>(count);
}

Result<void, ReadError> Reader::finish() {
    if (!error_ && position_ != bytes_.size()) reject(ReadFault::trailing_bytes, position_);
    if (error_) return fail(*error_);
    return {};
}

}  // namespace dusk
