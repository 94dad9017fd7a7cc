// What `dusk crs` says about files of public parameters.
#pragma once

#include "app/crs_files.hpp"
#include "base/hex.hpp"

namespace dusk::app {

template <std::size_t N>
[[nodiscard]] std::string hex_of(const ByteArray<N>& bytes) {
    return to_hex(ByteView(bytes));
}

// Number of points and rows, SHA-256 of both formats, and the network that has them.
void report_parameters(Outcome& outcome, const plonk::PublicParameters& parameters);
// Number of points, and every contribution with its digest.
void report_ceremony(Outcome& outcome, const plonk::Ceremony& ceremony);

// The kind of the file, and what of the above applies. Warns of parameters whose secret is public.
[[nodiscard]] Outcome crs_outcome(const CrsFile& file, const std::filesystem::path& path,
                                  const ByteArray<32>& file_digest);

// After a contribution: what its contributor should publish.
[[nodiscard]] Outcome contributed_outcome(const plonk::Ceremony& ceremony, const std::filesystem::path& path,
                                          const ByteArray<32>& file_digest);

}  // namespace dusk::app
