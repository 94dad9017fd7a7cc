// Why a ceremony file is refused, and whose contribution it is about.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.hpp"

namespace dusk::plonk {

enum class CeremonyFault : std::uint8_t {
    // Reading.
    not_a_ceremony,   // the first bytes are those of something else
    unknown_version,  // made by a later program
    short_input,      // the bytes end before the last field
    trailing_bytes,   // bytes after the last field
    bad_count,        // a number of powers that is not 2^k + 10, or too many powers
    too_many,         // more contributions than kMostContributions
    bad_name,         // a contributor's name that is empty, too long, not UTF-8, or holds control characters
    bad_point,        // no compressed point of the subgroup
    identity,         // the identity, where no honest file has it
    bad_scalar,       // an answer that is not below the modulus
    // Checking.
    no_contributions,      // nobody has contributed: the secret is 1
    broken_chain,          // the contribution was not made for what stands before it
    no_change,             // the contribution's secret is 1
    bad_knowledge,         // the proof that the contributor knows the secret does not hold
    bad_pair,              // the points of G1 and G2 are not multiples by the same secret
    wrong_generator,       // the first power is not the generator
    wrong_product,         // the second power is not the product of the contributions
    not_powers,            // the points are not the powers of one secret
    root_of_unity_secret,  // the secret is a root of unity of some domain
    // Contributing.
    bad_randomness,  // the generator gives unusable secrets only
};

struct CeremonyError {
    CeremonyFault fault;
    std::optional<std::size_t> contribution{};  // its index, the first is 0
    std::string name{};                         // of its contributor

    friend bool operator==(const CeremonyError&, const CeremonyError&) = default;
};

// What is wrong, one sentence; with the number (the first is 1) and the name of the contribution.
[[nodiscard]] std::string to_string(const CeremonyError& error);

}  // namespace dusk::plonk
