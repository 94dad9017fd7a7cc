// Files of public parameters (CRS) of every kind: told apart, read, checked.
#pragma once

#include <variant>

#include "app/outcome.hpp"
#include "plonk/ceremony.hpp"
#include "plonk/parameters_pin.hpp"

namespace dusk::app {

enum class CrsKind : std::uint8_t {
    ceremony,  // docs/formats/ceremony.md
    checked,   // spec/plonk.md §3: compressed points
    raw,       // the same with the points as they lie in memory
};

[[nodiscard]] std::string_view to_string(CrsKind kind);

// By the content: the magic of a ceremony; a count of points that makes exactly the size, for the raw format; else the
// checked format, which has no mark.
[[nodiscard]] CrsKind kind_of_crs(ByteView content);

[[nodiscard]] Failure failure_of(const plonk::CeremonyError& error, const std::filesystem::path& path);
[[nodiscard]] Failure failure_of(plonk::ProofError error, const std::filesystem::path& path);
// The network is named in it.
[[nodiscard]] Failure failure_of(plonk::PinError error, std::string_view network);

struct CrsFile {
    CrsKind kind;
    std::variant<plonk::Ceremony, plonk::PublicParameters> content;

    // Null for parameters.
    [[nodiscard]] const plonk::Ceremony* ceremony() const { return std::get_if<plonk::Ceremony>(&content); }
    [[nodiscard]] plonk::OpeningKey opening_key() const {
        return std::visit([](const auto& of) { return plonk::OpeningKey(of.opening_key()); }, content);
    }
    [[nodiscard]] std::span<const plonk::G1Affine> powers() const {
        return std::visit([](const auto& of) { return of.powers(); }, content);
    }
    // SHA-256 of the parameters in the checked format, by which networks know them.
    [[nodiscard]] plonk::ParametersDigest digest() const;
};

// Every point is in its subgroup; nothing else is known. About 70 us per point (25 us of the raw format).
// Errors: bad_crs, truncated, unsupported_version.
[[nodiscard]] Result<CrsFile, Failure> decode_crs(ByteView content, const std::filesystem::path& path,
                                                  Executor& executor);

// That the points are the powers of one secret, and every contribution of a ceremony. Errors: bad_crs,
// no_contributions.
[[nodiscard]] Result<void, Failure> verify_crs(const CrsFile& file, const std::filesystem::path& path,
                                               RandomSource& random, Executor& executor);

// The parameters themselves. Errors: bad_crs (of a ceremony that nobody contributed to).
[[nodiscard]] Result<plonk::PublicParameters, Failure> parameters_of(CrsFile&& file, const std::filesystem::path& path);

}  // namespace dusk::app
