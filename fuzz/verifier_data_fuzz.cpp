// Verifier data, both readings: the strict one has one encoding per value and takes less than the lenient one; any of
// them makes a verifier.
#include <cstdlib>

#include "plonk/verifier.hpp"

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    using namespace dusk::plonk;
    const ByteView bytes(data, size);
    const auto lenient = VerifierData::from_slice_lenient(bytes);
    const auto strict = VerifierData::from_bytes(bytes);
    if (strict) {
        require(lenient && *lenient == *strict);
        require(equal(strict->to_bytes(), bytes));
    }
    if (!lenient) return 0;
    require(VerifierData::from_slice_lenient(lenient->to_bytes()) == *lenient);
    // A proof of identities and zeros: accepted by keys of identities alone, refused or not, but answered.
    const std::vector<Fq> inputs(lenient->public_rows.size());
    (void)Verifier(*lenient, Rules::released).verify(Proof{}, inputs).has_value();
    return 0;
}
