// The polynomial behind the content of a blob (spec/transactions.md §4; EIP-4844): its 4096 elements are the values at
// the roots of unity of that order, in the order of reversed bits.
#pragma once

#include <array>
#include <memory>
#include <optional>

#include "crypto/field.hpp"
#include "ledger/blob.hpp"

namespace dusk::execution {

inline constexpr std::size_t kBlobElements = 4096;
using BlobPolynomial = std::array<crypto::Fq, kBlobElements>;

// Null where an element is not below the order of the group.
[[nodiscard]] std::unique_ptr<BlobPolynomial> blob_polynomial(const ledger::BlobContent& content);
// Where it has these values.
[[nodiscard]] const BlobPolynomial& blob_roots();
// The 12 bits of an index from the other end.
[[nodiscard]] std::size_t reversed_blob_index(std::size_t index);

// Where the polynomial of this content is opened to show that it belongs to the commitment: nobody who chooses both
// chooses it.
[[nodiscard]] crypto::Fq blob_challenge(const ledger::BlobContent& content, const ByteArray<48>& commitment);
// About 0.5 ms.
[[nodiscard]] crypto::Fq value_at(const crypto::Fq& z, const BlobPolynomial& polynomial);
// (f - f(z)) / (x - z), for any z. About 1 ms.
[[nodiscard]] std::unique_ptr<BlobPolynomial> quotient_at(const crypto::Fq& z, const BlobPolynomial& polynomial);

// Numbers of 32 bytes as blobs have them.
[[nodiscard]] std::optional<crypto::Fq> from_big_endian(ByteView bytes);
[[nodiscard]] ByteArray<32> to_big_endian(const crypto::Fq& value);

}  // namespace dusk::execution
