// Makes blobs: commits to a content and proves that it is the one (spec/transactions.md §4; EIP-4844,
// blob_to_kzg_commitment and compute_blob_kzg_proof).
#pragma once

#include <string_view>
#include <vector>

#include "base/executor.hpp"
#include "base/result.hpp"
#include "crypto/g1.hpp"
#include "execution/blob_proof.hpp"

namespace dusk::execution {

enum class BlobSetupError : std::uint8_t {
    malformed,  // not the text of a setup: counts 4096 and 65, then points in hexadecimal
    bad_point,  // a point that is none of the group
};
[[nodiscard]] std::string_view to_string(BlobSetupError error);

// The points that content is committed with: those of Ethereum's ceremony. Verifying needs one other point only, which
// is in the program; these are 400 kB, and come from whoever has them.
class BlobSetup {
  public:
    // The file `trusted_setup.txt` of the KZG libraries of Ethereum: the numbers 4096 and 65, and 4096 points of G1 in
    // Lagrange form; what follows is not looked at. Whether the points are those of the ceremony shows in `check_blob`.
    // About 0.3 s on one thread.
    [[nodiscard]] static Result<BlobSetup, BlobSetupError> read(std::string_view text, Executor& executor);

    // The content with commitment, proof and hash; not checked. About 0.1 s on one thread. Error: field.
    [[nodiscard]] Result<ledger::Blob, BlobFault> make(const ledger::BlobContent& content, Executor& executor) const;

  private:
    explicit BlobSetup(std::vector<crypto::G1Affine> points) : points_(std::move(points)) {}
    std::vector<crypto::G1Affine> points_;  // in the order of the elements
};

}  // namespace dusk::execution
