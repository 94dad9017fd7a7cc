#include "ledger/blob.hpp"

#include <algorithm>

#include "crypto/sha2.hpp"

namespace dusk::ledger {

BlobContent::BlobContent() {
    static const auto zeros = std::make_shared<const Bytes>(kSize);
    bytes_ = zeros;
}

BlobContent BlobContent::copy_of(ByteView bytes) {
    BlobContent out;
    out.bytes_ = std::make_shared<const Bytes>(to_vector(bytes.first(kSize)));
    return out;
}

BlobHash versioned_hash(const ByteArray<48>& commitment) {
    BlobHash out{crypto::sha256(commitment)};
    out.bytes[0] = 0x01;
    return out;
}

}  // namespace dusk::ledger
