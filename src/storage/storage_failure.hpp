// Why something could not be kept or found again.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace dusk::storage {

enum class StorageError : std::uint8_t {
    io,               // the system could not read or write a file
    no_space,         // the disk or a quota is full
    locked,           // another process has it open
    damaged,          // not what was written
    not_a_store,      // something else lies where the store should be
    unknown_version,  // written by a later version of this program
    other_key,        // a signing journal of another key
};
// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(StorageError error);

struct StorageFailure {
    StorageError kind;
    std::string text;  // for people: what is wrong where, and what to do
};

template <class T>
using StorageResult = Result<T, StorageFailure>;

// Of a call to the system on a file: `error` is its errno.
[[nodiscard]] StorageFailure system_failure(std::string_view file, int error);

}  // namespace dusk::storage
