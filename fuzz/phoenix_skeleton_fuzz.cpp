// Transaction skeletons: what decodes encodes to the bytes it was read from, less those behind its end, under both
// point rules; the hash input is those bytes without the count.
#include <cstdlib>

#include "phoenix/transaction_skeleton.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using dusk::phoenix::PointRule;
    using dusk::phoenix::TransactionSkeleton;
    const dusk::ByteView bytes(data, size);

    const auto lax = TransactionSkeleton::from_bytes(bytes, PointRule::lax);
    const auto strict = TransactionSkeleton::from_bytes(bytes, PointRule::strict);
    if (strict && !lax) std::abort();
    if (!lax) return 0;
    const dusk::Bytes encoded = lax->to_bytes();
    if (encoded.size() > size || !dusk::equal(encoded, bytes.first(encoded.size()))) std::abort();
    if (strict && strict->to_bytes() != encoded) std::abort();
    if (lax->hash_input().size() + 8 != encoded.size()) std::abort();
    return 0;
}
