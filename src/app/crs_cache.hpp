// Public parameters that are ready to use: made or checked once, then read from the cache folder many times faster.
// What the cache holds is used only if its SHA-256 is the expected one; else it is made again and replaced.
#pragma once

#include <filesystem>
#include <optional>

#include "app/outcome.hpp"
#include "plonk/public_parameters.hpp"

namespace dusk::app {

struct LoadedParameters {
    plonk::PublicParameters parameters;
    ByteArray<32> digest;                 // SHA-256 of the checked format
    bool from_cache = false;              // else computed or checked now
    std::vector<std::string> warnings{};  // a damaged or unwritable cache
};

// The development parameters: `FOLDER/crs/development.raw`, with the digest that is pinned in the source. Without a
// folder they are computed every time (2 s).
[[nodiscard]] LoadedParameters load_development_parameters(const std::optional<std::filesystem::path>& folder,
                                                           Executor& executor);

// A file that somebody gives: a ceremony or parameters in either format. At its first use every point and that they are
// powers of one secret is checked; the result is kept as `FOLDER/crs/<SHA-256 of the file>.raw`. Errors: those of
// reading and of `verify_crs`.
[[nodiscard]] Result<LoadedParameters, Failure> load_parameters(const std::filesystem::path& path,
                                                                const std::optional<std::filesystem::path>& folder,
                                                                RandomSource& random, Executor& executor);

// The same for a network, whose pin they must match. `path` may be empty for "devnet". Errors: also
// development_parameters, other_parameters, unknown_network, no_parameters.
[[nodiscard]] Result<LoadedParameters, Failure> load_network_parameters(
    std::string_view network, const std::filesystem::path& path, const std::optional<std::filesystem::path>& folder,
    RandomSource& random, Executor& executor);

}  // namespace dusk::app
