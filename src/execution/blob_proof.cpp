#include "execution/blob_proof.hpp"

#include "execution/blob_polynomial.hpp"
#include "vm/queries/kzg_opening.hpp"

namespace dusk::execution {

std::string_view to_string(BlobFault fault) {
    switch (fault) {
        case BlobFault::no_content:
            return "the content of a blob is missing";
        case BlobFault::hash:
            return "the hash of a blob is not that of its commitment";
        case BlobFault::field:
            return "a blob has an element that is too large";
        case BlobFault::proof:
            return "the proof of a blob does not hold";
    }
    return "unknown error";
}

Result<void, BlobFault> check_blob(const ledger::Blob& blob) {
    if (!blob.sidecar) return fail(BlobFault::no_content);
    const ledger::BlobSidecar& sidecar = *blob.sidecar;
    if (ledger::versioned_hash(sidecar.commitment) != blob.hash) return fail(BlobFault::hash);
    const auto polynomial = blob_polynomial(sidecar.content);
    if (!polynomial) return fail(BlobFault::field);
    const crypto::Fq z = blob_challenge(sidecar.content, sidecar.commitment);
    const crypto::Fq y = value_at(z, *polynomial);
    if (!vm::verify_kzg_opening(sidecar.commitment, to_big_endian(z), to_big_endian(y), sidecar.proof)) {
        return fail(BlobFault::proof);
    }
    return {};
}

Result<void, BlobFault> check_blobs(const ledger::Transaction& transaction) {
    const ledger::Blobs* blobs = transaction.blobs();
    if (blobs == nullptr) return {};
    for (const ledger::Blob& blob : blobs->blobs) {
        if (auto checked = check_blob(blob); !checked) return checked;
    }
    return {};
}

}  // namespace dusk::execution
