#include "execution/blob_proof.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "crypto/field.hpp"
#include "crypto/sha2.hpp"
#include "vm/queries/kzg_opening.hpp"

namespace dusk::execution {
namespace {

using crypto::Fq;

constexpr unsigned kLog2Elements = 12;
constexpr std::size_t kElements = std::size_t{1} << kLog2Elements;
static_assert(kElements * Fq::kSize == ledger::BlobContent::kSize);

using Polynomial = std::array<Fq, kElements>;  // its values at the roots of unity, in the order of reversed bits

std::optional<Fq> element(ByteView big_endian) {
    ByteArray<Fq::kSize> bytes = take<Fq::kSize>(big_endian);
    std::ranges::reverse(bytes);
    const auto value = Fq::from_bytes(bytes);
    return value ? std::optional(*value) : std::nullopt;
}

ByteArray<Fq::kSize> big_endian(const Fq& value) {
    ByteArray<Fq::kSize> bytes = value.to_bytes();
    std::ranges::reverse(bytes);
    return bytes;
}

std::size_t reversed_bits(std::size_t index) {
    std::size_t out = 0;
    for (unsigned bit = 0; bit < kLog2Elements; ++bit) out |= (index >> bit & 1U) << (kLog2Elements - 1 - bit);
    return out;
}

// In the order of the values.
const Polynomial& roots_of_unity() {
    static const Polynomial roots = [] {
        Polynomial out;
        const Fq root = crypto::root_of_unity(kLog2Elements);
        Fq power = Fq::one();
        for (std::size_t i = 0; i < kElements; ++i) {
            out[reversed_bits(i)] = power;
            power *= root;
        }
        return out;
    }();
    return roots;
}

// Where the polynomial is opened: nobody who chooses content and commitment chooses it.
Fq challenge(const ledger::BlobSidecar& sidecar) {
    Bytes input = to_vector(as_bytes("FSBLOBVERIFY_V1_"));
    input.resize(input.size() + 16);
    store_be(input.data() + input.size() - 8, std::uint64_t{kElements});
    append(input, sidecar.content.bytes());
    append(input, sidecar.commitment);
    // Reduced, not refused.
    ByteArray<64> wide{};
    std::ranges::reverse_copy(crypto::sha256(input), wide.begin());
    return Fq::from_bytes_wide(wide);
}

// (z^n - 1) / n times the sum of f_i w_i / (z - w_i).
Fq value_at(const Fq& z, const Polynomial& values) {
    const Polynomial& roots = roots_of_unity();
    if (const auto* const at = std::ranges::find(roots, z); at != roots.end()) {
        return values[static_cast<std::size_t>(at - roots.begin())];
    }
    Polynomial terms;
    for (std::size_t i = 0; i < kElements; ++i) terms[i] = z - roots[i];
    Fq::invert_all(terms);
    Fq sum{};
    for (std::size_t i = 0; i < kElements; ++i) sum += values[i] * roots[i] * terms[i];
    Fq power = z;
    for (unsigned i = 0; i < kLog2Elements; ++i) power *= power;
    return sum * (power - Fq::one()) * Fq::from_u64(kElements).invert_vartime().value();
}

}  // namespace

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
    const auto values = std::make_unique<Polynomial>();
    for (std::size_t i = 0; i < kElements; ++i) {
        const auto value = element(sidecar.content.bytes().subspan(i * Fq::kSize, Fq::kSize));
        if (!value) return fail(BlobFault::field);
        (*values)[i] = *value;
    }
    const Fq z = challenge(sidecar);
    const Fq y = value_at(z, *values);
    if (!vm::verify_kzg_opening(sidecar.commitment, big_endian(z), big_endian(y), sidecar.proof)) {
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
