// Poseidon: hashes and encryption of field elements with the SAFE sponge. spec/crypto.md §6.3 and §6.4.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "crypto/field.hpp"
#include "crypto/safe.hpp"

namespace dusk::crypto::poseidon {

// The value is the domain separator.
enum class Domain : std::uint64_t {
    merkle4 = 0x0f,  // exactly four inputs
    merkle2 = 0x03,  // exactly two inputs
    encryption = 0x100000000,
    other = 0,
};

enum class Error : std::uint8_t {
    empty_input,        // nothing, or an empty part, to hash, encrypt or decrypt
    wrong_input_count,  // a Merkle domain takes exactly its arity
    too_long,           // 2^31 elements or more
    decryption_failed,  // wrong key or nonce, or a changed cipher
};
[[nodiscard]] std::string_view to_string(Error error);

// The hash of the input, one element. There is no padding: inputs of different lengths have different tags.
// Errors: empty_input, wrong_input_count, too_long. Time: one permutation for each four elements, or part of
// four.
[[nodiscard]] Result<Fq, Error> digest(Domain domain, std::span<const Fq> input);

// `truncate` of the digest; same errors.
[[nodiscard]] Result<Fr, Error> digest_truncated(Domain domain, std::span<const Fq> input);

// The integer of x modulo 2^250, which is always below the modulus of Fr.
[[nodiscard]] Fr truncate(const Fq& x);

// `digest` in the domain `other` of a number of elements that is fixed where it is called, which cannot fail.
template <std::size_t N>
    requires(N > 0 && N != std::dynamic_extent)
[[nodiscard]] Fq hash(const std::array<Fq, N>& input) {
    return digest(Domain::other, input).value();
}
template <std::size_t N>
    requires(N > 0 && N != std::dynamic_extent)
[[nodiscard]] Fr hash_truncated(const std::array<Fq, N>& input) {
    return truncate(hash(input));
}

// A node of a Merkle tree with four or two children: `digest` in its domain.
[[nodiscard]] Fq merkle4_node(const std::array<Fq, 4>& children);
[[nodiscard]] Fq merkle2_node(const std::array<Fq, 2>& children);

// Digests of many inputs of the same length, which lie one after the other: `out.size()` times `length` elements. With
// AVX-512 IFMA eight at a time, at about a sixth of the time of one each.
// Errors as of `digest`; wrong_input_count also where the input has another size. Then `out` has not changed.
[[nodiscard]] Result<void, Error> digest_batch(Domain domain, std::size_t length, std::span<const Fq> inputs,
                                               std::span<Fq> out);
// `merkle4_node` of each of `nodes`, which are as many as `out`; in one piece or each in its own place.
void merkle4_nodes(std::span<const std::array<Fq, 4>> nodes, std::span<Fq> out);
void merkle4_nodes(std::span<const std::array<Fq, 4>* const> nodes, std::span<Fq> out);

// A hash that takes its input in parts. The result is that of the parts joined.
class Hash {
  public:
    explicit Hash(Domain domain) : domain_(domain) {}

    // How many elements come out, 1 unless set. Heeded only in the domain `other` and for a length above 0.
    Hash& output_len(std::size_t length);
    Hash& update(std::span<const Fq> input);

    // Errors as of `digest`; an empty part is an `empty_input`.
    [[nodiscard]] Result<std::vector<Fq>, Error> finalize() const;
    [[nodiscard]] Result<std::vector<Fr>, Error> finalize_truncated() const;

  private:
    Domain domain_;
    std::size_t output_length_ = 1;
    std::vector<Fq> input_;
    std::vector<std::size_t> parts_;
};

// The two coordinates of an affine JubJub point, agreed by Diffie-Hellman.
struct SharedSecret {
    Fq u, v;
};

// One element more than the message. Errors: empty_input, too_long.
[[nodiscard]] Result<std::vector<Fq>, Error> encrypt(std::span<const Fq> message, const SharedSecret& secret,
                                                     const Fq& nonce);
// Errors: empty_input for a cipher of fewer than two elements; too_long; decryption_failed.
[[nodiscard]] Result<std::vector<Fq>, Error> decrypt(std::span<const Fq> cipher, const SharedSecret& secret,
                                                     const Fq& nonce);

}  // namespace dusk::crypto::poseidon
