#include "base/archive_error.hpp"

#include <fmt/core.h>

namespace dusk {

std::string_view to_string(ArchiveFault fault) {
    switch (fault) {
        case ArchiveFault::too_short:
            return "the archive is shorter than its root object";
        case ArchiveFault::weak_buffer:
            return "the buffer is less aligned than a type in it needs";
        case ArchiveFault::misaligned:
            return "an object is not aligned for its type";
        case ArchiveFault::out_of_bounds:
            return "a pointer leads outside the archive";
        case ArchiveFault::claimed_before:
            return "a pointer leads to bytes that are taken or out of order";
        case ArchiveFault::too_deep:
            return "objects are nested too deeply";
        case ArchiveFault::bad_bool:
            return "a truth value is neither 0 nor 1";
        case ArchiveFault::bad_tag:
            return "an enum tag does not exist";
        case ArchiveFault::bad_text:
            return "a text is not UTF-8 or its length is wrong";
        case ArchiveFault::bad_value:
            return "a value in the archive is none of its type";
        case ArchiveFault::bad_map:
            return "the nodes of a map do not form a sorted tree";
        case ArchiveFault::buffer_full:
            return "the value does not fit into the archive buffer";
        case ArchiveFault::scratch_exhausted:
            return "a list in the value has more elements than the writer can hold";
    }
    return "unknown error";
}

std::string describe(const ArchiveError& error) {
    return fmt::format("{} (at {})", to_string(error.fault), error.offset);
}

}  // namespace dusk
