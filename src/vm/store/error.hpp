// Why the state store could not do what it was asked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace dusk::vm {

enum class StoreError : std::uint8_t {
    io,                // the system could not read or write a file
    no_space,          // the disk or a quota is full
    locked,            // another process has the store open
    not_a_store,       // the folder or file holds something else
    unknown_version,   // written by a later version
    damaged_log,       // a record of the log is not what was written
    damaged_page,      // the content of a page is not what was written
    damaged_bytecode,  // the same of a bytecode
    unknown_commit,    // there is no such commit; perhaps it was finalized or deleted
    unknown_bytecode,  // no contract was deployed with it
    bad_change,        // a change that no session makes
    failed_before,     // a write failed in a way that leaves the disk unknown: open the store again
    bad_export,        // not a whole file of an exported state
    wrong_root,        // an exported state does not have the root it claims
};

// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(StoreError error);

struct StoreFailure {
    StoreError kind;
    std::string file{};        // empty where no file is to blame
    std::uint64_t offset = 0;  // where in that file, for damage
    int system_error = 0;      // errno; 0 where none belongs to it

    bool operator==(const StoreFailure&) const = default;
};

// One sentence that names the file, the place and the system's reason.
[[nodiscard]] std::string describe(const StoreFailure& failure);

// The failure of a system call on `file`.
[[nodiscard]] StoreFailure system_failure(std::string file, int system_error);

}  // namespace dusk::vm
