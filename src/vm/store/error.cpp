#include "vm/store/error.hpp"

#include <fmt/core.h>

#include <cerrno>
#include <system_error>

namespace dusk::vm {

std::string_view to_string(StoreError error) {
    switch (error) {
        case StoreError::io:
            return "the system could not read or write it";
        case StoreError::no_space:
            return "the disk is full";
        case StoreError::locked:
            return "another process has this state store open";
        case StoreError::not_a_store:
            return "this is no state store";
        case StoreError::unknown_version:
            return "it was written by a later version of dusk";
        case StoreError::damaged_log:
            return "a record of the log is damaged";
        case StoreError::damaged_page:
            return "a page is damaged";
        case StoreError::damaged_bytecode:
            return "a bytecode is damaged";
        case StoreError::unknown_commit:
            return "there is no such commit";
        case StoreError::unknown_bytecode:
            return "there is no such bytecode";
        case StoreError::bad_change:
            return "a change that no session makes";
        case StoreError::failed_before:
            return "an earlier write failed and left the disk unknown: open the store again";
        case StoreError::bad_export:
            return "this is no whole exported state";
        case StoreError::wrong_root:
            return "the exported state does not have the root it claims";
    }
    return "unknown error";
}

std::string describe(const StoreFailure& failure) {
    std::string text(to_string(failure.kind));
    if (!failure.file.empty()) text = fmt::format("{}: {}", failure.file, text);
    const bool damaged_file = failure.kind == StoreError::damaged_log ||
                              (failure.kind == StoreError::damaged_page && !failure.file.empty()) ||
                              failure.kind == StoreError::bad_export;
    if (damaged_file) text += fmt::format(" (at byte {})", failure.offset);
    if (failure.system_error != 0) text += ": " + std::generic_category().message(failure.system_error);
    return text;
}

StoreFailure system_failure(std::string file, int system_error) {
    const bool full = system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
    return {
        .kind = full ? StoreError::no_space : StoreError::io, .file = std::move(file), .system_error = system_error};
}

}  // namespace dusk::vm
