// BLAKE3 with a digest of 32 bytes, unkeyed (the BLAKE3 paper, 2020). Long messages are hashed several chunks at a
// time, one per vector lane.
#pragma once

#include "base/bytes.hpp"

namespace dusk::crypto {

[[nodiscard]] ByteArray<32> blake3(ByteView message);

// A message that comes in pieces. Long pieces are faster than many short ones.
class Blake3 {
  public:
    Blake3();
    void update(ByteView piece);
    // The digest of all pieces so far; more pieces may follow.
    [[nodiscard]] ByteArray<32> finish() const;

  private:
    using ChainingValue = std::array<std::uint32_t, 8>;

    void add_to_chunk(ByteView bytes);
    void merge_before(std::uint64_t first_chunk);
    void push(const ChainingValue& subtree, std::uint64_t first_chunk);
    [[nodiscard]] std::size_t chunk_size() const { return 64 * blocks_ + filled_; }

    // The chunk in progress: blocks 0..blocks_ are compressed into `value_`, `block_` holds what follows. The last
    // block of a chunk stays here until more input shows that it is not the end.
    ChainingValue value_;
    ByteArray<64> block_{};
    std::size_t filled_ = 0;
    std::size_t blocks_ = 0;
    std::uint64_t chunk_ = 0;  // its index

    // Roots of the finished subtrees from left to right, merged as late as possible: the last merge is the root's.
    std::array<ChainingValue, 56> stack_;
    std::size_t depth_ = 0;
};

}  // namespace dusk::crypto
