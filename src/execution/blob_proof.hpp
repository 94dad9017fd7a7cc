// Whether a blob is the one that its transaction names (spec/transactions.md §4; EIP-4844, verify_blob_kzg_proof).
#pragma once

#include "base/result.hpp"
#include "ledger/transaction.hpp"

namespace dusk::execution {

enum class BlobFault : std::uint8_t {
    no_content,  // the sidecar is missing
    hash,        // the hash of the commitment is another one
    field,       // an element is not below the order of the group
    proof,       // commitment or proof are no points, or the proof does not show that they belong to the content
};
[[nodiscard]] std::string_view to_string(BlobFault fault);

// About 2 ms. Errors: every BlobFault.
[[nodiscard]] Result<void, BlobFault> check_blob(const ledger::Blob& blob);

// Of all blobs of the transaction, for pools and for validators of new blocks; execution does not look. Nothing to do
// for other transactions.
[[nodiscard]] Result<void, BlobFault> check_blobs(const ledger::Transaction& transaction);

}  // namespace dusk::execution
