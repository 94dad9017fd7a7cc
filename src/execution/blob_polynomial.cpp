#include "execution/blob_polynomial.hpp"

#include <algorithm>

#include "crypto/sha2.hpp"

namespace dusk::execution {

using crypto::Fq;

namespace {

constexpr unsigned kLog2Elements = 12;
static_assert(kBlobElements == std::size_t{1} << kLog2Elements);
static_assert(kBlobElements * Fq::kSize == ledger::BlobContent::kSize);

// The place of a root; nothing for another number.
std::optional<std::size_t> index_of_root(const Fq& z) {
    const BlobPolynomial& roots = blob_roots();
    const auto* const at = std::ranges::find(roots, z);
    if (at == roots.end()) return {};
    return static_cast<std::size_t>(at - roots.begin());
}

// 1 / (z - w_i) for every root; 0 for z itself.
std::unique_ptr<BlobPolynomial> inverse_distances(const Fq& z) {
    auto out = std::make_unique<BlobPolynomial>();
    for (std::size_t i = 0; i < kBlobElements; ++i) (*out)[i] = z - blob_roots()[i];
    Fq::invert_all(*out);
    return out;
}

}  // namespace

std::optional<Fq> from_big_endian(ByteView bytes) {
    ByteArray<Fq::kSize> reversed = take<Fq::kSize>(bytes);
    std::ranges::reverse(reversed);
    const auto value = Fq::from_bytes(reversed);
    return value ? std::optional(*value) : std::nullopt;
}

ByteArray<Fq::kSize> to_big_endian(const Fq& value) {
    ByteArray<Fq::kSize> bytes = value.to_bytes();
    std::ranges::reverse(bytes);
    return bytes;
}

std::unique_ptr<BlobPolynomial> blob_polynomial(const ledger::BlobContent& content) {
    auto out = std::make_unique<BlobPolynomial>();
    for (std::size_t i = 0; i < kBlobElements; ++i) {
        const auto value = from_big_endian(content.bytes().subspan(i * Fq::kSize, Fq::kSize));
        if (!value) return nullptr;
        (*out)[i] = *value;
    }
    return out;
}

std::size_t reversed_blob_index(std::size_t index) {
    std::size_t out = 0;
    for (unsigned bit = 0; bit < kLog2Elements; ++bit) out |= (index >> bit & 1U) << (kLog2Elements - 1 - bit);
    return out;
}

const BlobPolynomial& blob_roots() {
    static const BlobPolynomial roots = [] {
        BlobPolynomial out;
        const Fq root = crypto::root_of_unity(kLog2Elements);
        Fq power = Fq::one();
        for (std::size_t i = 0; i < kBlobElements; ++i) {
            out[reversed_blob_index(i)] = power;
            power *= root;
        }
        return out;
    }();
    return roots;
}

Fq blob_challenge(const ledger::BlobContent& content, const ByteArray<48>& commitment) {
    Bytes input = to_vector(as_bytes("FSBLOBVERIFY_V1_"));
    input.resize(input.size() + 16);
    store_be(input.data() + input.size() - 8, std::uint64_t{kBlobElements});
    append(input, content.bytes());
    append(input, commitment);
    // Reduced, not refused.
    ByteArray<64> wide{};
    std::ranges::reverse_copy(crypto::sha256(input), wide.begin());
    return Fq::from_bytes_wide(wide);
}

// (z^n - 1) / n times the sum of f_i w_i / (z - w_i).
Fq value_at(const Fq& z, const BlobPolynomial& polynomial) {
    if (const auto root = index_of_root(z)) return polynomial[*root];
    const auto inverses = inverse_distances(z);
    Fq sum{};
    for (std::size_t i = 0; i < kBlobElements; ++i) sum += polynomial[i] * blob_roots()[i] * (*inverses)[i];
    Fq power = z;
    for (unsigned i = 0; i < kLog2Elements; ++i) power *= power;
    return sum * (power - Fq::one()) * Fq::from_u64(kBlobElements).invert_vartime().value();
}

std::unique_ptr<BlobPolynomial> quotient_at(const Fq& z, const BlobPolynomial& polynomial) {
    const Fq y = value_at(z, polynomial);
    auto out = inverse_distances(z);
    for (std::size_t i = 0; i < kBlobElements; ++i) (*out)[i] *= y - polynomial[i];
    const auto root = index_of_root(z);
    if (!root) return out;
    // There the quotient is the derivative of f: the sum of q_i w_i / -z over the others.
    Fq sum{};
    for (std::size_t i = 0; i < kBlobElements; ++i) {
        if (i != *root) sum -= (*out)[i] * blob_roots()[i];
    }
    (*out)[*root] = sum * z.invert_vartime().value();
    return out;
}

}  // namespace dusk::execution
