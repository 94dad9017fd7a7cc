// Blobs: data that the chain orders and proves to be there, but does not execute (spec/transactions.md §4).
#pragma once

#include <memory>
#include <optional>

#include "ledger/identifiers.hpp"

namespace dusk::ledger {

// 4096 field elements of 32 bytes, big-endian; any bytes here, the proof decides. Shared by copies.
class BlobContent {
  public:
    static constexpr std::size_t kSize = 131072;

    BlobContent();  // zeros
    // The first kSize bytes of `bytes`, which has at least as many.
    [[nodiscard]] static BlobContent copy_of(ByteView bytes);
    [[nodiscard]] ByteView bytes() const { return *bytes_; }
    friend bool operator==(const BlobContent& a, const BlobContent& b) { return equal(a.bytes(), b.bytes()); }

  private:
    std::shared_ptr<const Bytes> bytes_;
};

// What proves that a blob is the one that its hash names. KZG as Ethereum has it, function "verify blob proof".
struct BlobSidecar {
    static constexpr std::size_t kSize = 48 + 48 + BlobContent::kSize;

    ByteArray<48> commitment{};
    ByteArray<48> proof{};
    BlobContent content;
    friend bool operator==(const BlobSidecar&, const BlobSidecar&) = default;
};

struct Blob {
    BlobHash hash;
    // Nodes drop it some time after the block; the transaction stays the same.
    std::optional<BlobSidecar> sidecar;
    friend bool operator==(const Blob&, const Blob&) = default;
};

[[nodiscard]] BlobHash versioned_hash(const ByteArray<48>& commitment);

}  // namespace dusk::ledger
