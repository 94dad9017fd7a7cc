#include "execution/blob_maker.hpp"

#include <atomic>

#include "base/hex.hpp"
#include "crypto/msm.hpp"
#include "execution/blob_polynomial.hpp"

namespace dusk::execution {
namespace {

using crypto::G1Affine;

std::string_view next_word(std::string_view& text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t begin = std::min(text.find_first_not_of(kSpace), text.size());
    const std::size_t end = std::min(text.find_first_of(kSpace, begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    text.remove_prefix(end);
    return word;
}

ByteArray<48> commit(std::span<const G1Affine> points, const BlobPolynomial& polynomial, Executor& executor) {
    return crypto::msm_vartime(points, polynomial, executor).to_affine().to_compressed();
}

}  // namespace

std::string_view to_string(BlobSetupError error) {
    switch (error) {
        case BlobSetupError::malformed:
            return "this is no trusted setup: the numbers 4096 and 65 and then points in hexadecimal";
        case BlobSetupError::bad_point:
            return "a point of the trusted setup is none of the group";
    }
    return "unknown error";
}

Result<BlobSetup, BlobSetupError> BlobSetup::read(std::string_view text, Executor& executor) {
    if (next_word(text) != "4096" || next_word(text) != "65") return fail(BlobSetupError::malformed);
    std::vector<Bytes> encoded(kBlobElements);
    for (Bytes& point : encoded) {
        auto bytes = from_hex(next_word(text));
        if (!bytes || bytes->size() != G1Affine::kCompressedSize) return fail(BlobSetupError::malformed);
        point = *std::move(bytes);
    }
    std::vector<G1Affine> points(kBlobElements);
    std::atomic<bool> all_good = true;
    executor.parallel_for(kBlobElements, [&](std::size_t i) {
        const auto point = G1Affine::from_compressed(encoded[i]);
        if (point) {
            points[reversed_blob_index(i)] = *point;
        } else {
            all_good = false;
        }
    });
    if (!all_good) return fail(BlobSetupError::bad_point);
    return BlobSetup(std::move(points));
}

Result<ledger::Blob, BlobFault> BlobSetup::make(const ledger::BlobContent& content, Executor& executor) const {
    const auto polynomial = blob_polynomial(content);
    if (!polynomial) return fail(BlobFault::field);
    ledger::BlobSidecar sidecar{.commitment = commit(points_, *polynomial, executor), .proof = {}, .content = content};
    const auto quotient = quotient_at(blob_challenge(content, sidecar.commitment), *polynomial);
    sidecar.proof = commit(points_, *quotient, executor);
    const ledger::BlobHash hash = ledger::versioned_hash(sidecar.commitment);
    return ledger::Blob{.hash = hash, .sidecar = std::move(sidecar)};
}

}  // namespace dusk::execution
