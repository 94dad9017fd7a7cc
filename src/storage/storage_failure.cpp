#include "storage/storage_failure.hpp"

#include <cerrno>
#include <system_error>

namespace dusk::storage {

std::string_view to_string(StorageError error) {
    switch (error) {
        case StorageError::io:
            return "the system could not read or write a file";
        case StorageError::no_space:
            return "the disk is full";
        case StorageError::locked:
            return "another process has it open";
        case StorageError::damaged:
            return "what is stored is damaged";
        case StorageError::not_a_store:
            return "it is something else";
        case StorageError::unknown_version:
            return "it was written by a later version of this program";
        case StorageError::other_key:
            return "it belongs to another key";
    }
    return "unknown error";
}

StorageFailure system_failure(std::string_view file, int error) {
    StorageError kind = StorageError::io;
    if (error == ENOSPC || error == EDQUOT || error == EFBIG) kind = StorageError::no_space;
    if (error == EWOULDBLOCK) kind = StorageError::locked;
    return {kind, std::string(file) + ": " + std::generic_category().message(error)};
}

}  // namespace dusk::storage
