// Which public parameters a network accepts: the SHA-256 of their checked format (spec/plonk.md §3).
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "plonk/opening_key.hpp"

namespace dusk::plonk {

using ParametersDigest = ByteArray<32>;  // SHA-256 of the checked format

// What plonk/development.hpp makes.
[[nodiscard]] const ParametersDigest& development_digest();
// SHA-256 of its raw format, for a cached file.
[[nodiscard]] const ByteArray<32>& development_raw_digest();

struct NetworkPin {
    std::string_view network;
    ParametersDigest digest;
};

// The networks that are known here: "rusk" (the public one) and "devnet". None for any other name: its operator says
// which digest it has.
[[nodiscard]] std::optional<NetworkPin> pin_of(std::string_view network);
// The network that accepts this digest.
[[nodiscard]] std::optional<NetworkPin> pin_with(const ParametersDigest& digest);

enum class PinError : std::uint8_t {
    development_parameters,  // their secret is public, and this network is not devnet
    other_parameters,        // not those of the network
};
// One sentence.
[[nodiscard]] std::string_view to_string(PinError error);

// Whether a network takes the parameters with this digest and these points. Only "devnet" ever takes the development
// parameters, whatever an operator pins; they are known by their secret (plonk/development.hpp), not by their bytes.
[[nodiscard]] Result<void, PinError> admit_parameters(const NetworkPin& pin, const ParametersDigest& digest,
                                                      const OpeningKey& opening_key, std::span<const G1Affine> powers);

}  // namespace dusk::plonk
