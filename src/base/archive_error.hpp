// Why bytes are not an archive of a type, and why a value does not fit where its archive should go.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dusk {

enum class ArchiveFault : std::uint8_t {
    too_short,         // the root does not fit
    weak_buffer,       // the buffer is less aligned than a type in it
    misaligned,        // an object stands at an address that its type does not allow
    out_of_bounds,     // a pointer leads outside the buffer, or its target does not fit
    claimed_before,    // a pointer leads to bytes that belong to another object, or against the order of objects
    too_deep,          // objects own objects own objects …
    bad_bool,          // neither 0 nor 1
    bad_tag,           // no such enum variant
    bad_text,          // not UTF-8, or longer than can stand inline
    bad_value,         // the bytes of a value are no value of its type
    bad_map,           // nodes that do not make a sorted tree of equal depth, or not with this number of entries
    buffer_full,       // (writing) the archive does not fit
    scratch_exhausted  // (writing) the reference's writer would have no room for its notes on nested lists
};

// Where it went wrong: `offset` counts from the start of the archive (writing: bytes needed).
struct ArchiveError {
    ArchiveFault fault;
    std::size_t offset;

    bool operator==(const ArchiveError&) const = default;
};

// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(ArchiveFault fault);
[[nodiscard]] std::string describe(const ArchiveError& error);

}  // namespace dusk
