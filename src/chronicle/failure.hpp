// Why the chronicle cannot go on.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace dusk::chronicle {

enum class FailureKind : std::uint8_t {
    unreachable,      // no connection, or the disk failed
    in_use,           // another node writes there
    no_space,         // the disk is full
    damaged,          // what is stored cannot be read
    refused,          // the database does not do what it is asked: rights, version
    other_chain,      // it holds the blocks of another chain
    unknown_version,  // made by a later program
    chain,            // the chain's own store cannot be read
    too_much,         // an answer would be too large
};
struct Failure {
    FailureKind kind{};
    std::string text{};  // for people
};
template <class T>
using Outcome = Result<T, Failure>;

}  // namespace dusk::chronicle
