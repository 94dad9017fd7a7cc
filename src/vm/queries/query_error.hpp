// Why a host query has no answer. Bad arguments are no errors: they have answers (spec/vm.md §8.6).
#pragma once

#include <cstdint>
#include <string_view>

namespace dusk::vm {

enum class QueryError : std::uint8_t {
    // The released node's code stops on this argument (an empty Poseidon input, a JubJub point with z = 0, a Groth16
    // key
    // with too few lines): the call that asked ends with an error, as docs/deviations.md says.
    aborted,
};

// What is wrong, one sentence.
[[nodiscard]] constexpr std::string_view to_string(QueryError error) {
    switch (error) {
        case QueryError::aborted:
            return "the released node aborts on this argument of a host query";
    }
    return "unknown error";
}

}  // namespace dusk::vm
