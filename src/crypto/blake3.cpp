#include "crypto/blake3.hpp"

#include <algorithm>
#include <bit>

#include "base/cpu.hpp"
#include "crypto/blake3_compress.hpp"

namespace dusk::crypto {
namespace {

using namespace blake3_detail;
static_assert(std::endian::native == std::endian::little, "words of the message are loaded as they are");

using Words = std::array<std::uint32_t, 8>;

void compress_block(Words& value, const std::uint8_t* block, std::uint64_t counter, std::size_t size,
                    std::uint32_t flags) {
    std::uint32_t m[16];
    std::memcpy(m, block, sizeof m);
    std::uint32_t v[8];
    std::memcpy(v, value.data(), sizeof v);
    compress(v, m,
             Node<std::uint32_t>{static_cast<std::uint32_t>(counter), static_cast<std::uint32_t>(counter >> 32),
                                 static_cast<std::uint32_t>(size), flags});
    std::memcpy(value.data(), v, sizeof v);
}

Words parent(const Words& left, const Words& right, std::uint32_t flags) {
    ByteArray<kBlock> block;
    std::memcpy(block.data(), left.data(), 32);
    std::memcpy(block.data() + 32, right.data(), 32);
    Words value = kInitial;
    compress_block(value, block.data(), 0, kBlock, kParent | flags);
    return value;
}

// Four lanes need no more than the baseline of every 64-bit CPU has.
void halves_of_4_chunks(const std::uint8_t* chunks, std::uint64_t first, Words* out) {
    halves_of_chunks<4>(chunks, first, out);
}
#if defined(__x86_64__)
__attribute__((target("avx2"))) void halves_of_8_chunks(const std::uint8_t* chunks, std::uint64_t first, Words* out) {
    halves_of_chunks<8>(chunks, first, out);
}
__attribute__((target("avx512f,avx512dq,avx512vl,avx512bw"))) void halves_of_16_chunks(const std::uint8_t* chunks,
                                                                                       std::uint64_t first,
                                                                                       Words* out) {
    halves_of_chunks<16>(chunks, first, out);
}
#endif

#if defined(__x86_64__)
// Nothing else needs AVX2. It counts as a companion of MULX and ADX, so that DUSK_CPU=portable is without it.
bool has_avx2() {
    static const bool offered = __builtin_cpu_supports("avx2") != 0;
    return offered && cpu_features().bmi2_adx;
}
#endif

// How many chunks are hashed together, at the most `available`, as a whole subtree that may start at chunk `first`.
// 0: one at a time.
std::size_t together(std::uint64_t first, std::size_t available) {
#if defined(__x86_64__)
    if (available >= 16 && first % 16 == 0 && cpu_features().avx512_ifma) return 16;
    if (available >= 8 && first % 8 == 0 && has_avx2()) return 8;
#endif
    return available >= 4 && first % 4 == 0 ? 4 : 0;
}

void halves([[maybe_unused]] std::size_t count, const std::uint8_t* chunks, std::uint64_t first, Words* out) {
#if defined(__x86_64__)
    if (count == 16) return halves_of_16_chunks(chunks, first, out);
    if (count == 8) return halves_of_8_chunks(chunks, first, out);
#endif
    halves_of_4_chunks(chunks, first, out);
}

}  // namespace

Blake3::Blake3() : value_(kInitial) {}

// Merges what can be merged now that input from chunk `first_chunk` on exists: one root stays per bit of the number of
// chunks before it.
void Blake3::merge_before(std::uint64_t first_chunk) {
    while (depth_ > static_cast<std::size_t>(std::popcount(first_chunk))) {
        stack_[depth_ - 2] = parent(stack_[depth_ - 2], stack_[depth_ - 1], 0);
        --depth_;
    }
}

// Adds the root of a subtree that starts at chunk `first_chunk`.
void Blake3::push(const ChainingValue& subtree, std::uint64_t first_chunk) {
    merge_before(first_chunk);
    stack_[depth_++] = subtree;
}

// `bytes` fit into the chunk in progress.
void Blake3::add_to_chunk(ByteView bytes) {
    while (!bytes.empty()) {
        if (filled_ == kBlock) {
            compress_block(value_, block_.data(), chunk_, kBlock, blocks_ == 0 ? kChunkStart : 0u);
            ++blocks_;
            filled_ = 0;
        }
        const std::size_t taken = std::min(kBlock - filled_, bytes.size());
        std::memcpy(block_.data() + filled_, bytes.data(), taken);
        filled_ += taken;
        bytes = bytes.subspan(taken);
    }
}

void Blake3::update(ByteView piece) {
    while (!piece.empty()) {
        if (chunk_size() == kChunk) {
            compress_block(value_, block_.data(), chunk_, kBlock, kChunkEnd);
            push(value_, chunk_);
            ++chunk_;
            value_ = kInitial;
            blocks_ = filled_ = 0;
        }
        if (chunk_size() == 0) {
            if (const std::size_t count = together(chunk_, piece.size() / kChunk); count != 0) {
                std::array<Words, 2> roots;
                halves(count, piece.data(), chunk_, roots.data());
                push(roots[0], chunk_);
                push(roots[1], chunk_ + count / 2);
                chunk_ += count;
                piece = piece.subspan(count * kChunk);
                continue;
            }
            merge_before(chunk_);
        }
        const std::size_t taken = std::min(kChunk - chunk_size(), piece.size());
        add_to_chunk(piece.first(taken));
        piece = piece.subspan(taken);
    }
}

ByteArray<32> Blake3::finish() const {
    std::size_t left = depth_;
    Words value;
    if (chunk_size() == 0 && depth_ > 0) {
        // A subtree was the last input: its two halves are still apart.
        left -= 2;
        value = parent(stack_[left], stack_[left + 1], left == 0 ? kRoot : 0u);
    } else {
        ByteArray<kBlock> last{};
        std::copy_n(block_.begin(), filled_, last.begin());
        value = value_;
        compress_block(value, last.data(), chunk_, filled_,
                       (blocks_ == 0 ? kChunkStart : 0u) | kChunkEnd | (left == 0 ? kRoot : 0u));
    }
    while (left > 0) {
        --left;
        value = parent(stack_[left], value, left == 0 ? kRoot : 0u);
    }
    ByteArray<32> digest;
    std::memcpy(digest.data(), value.data(), digest.size());
    return digest;
}

ByteArray<32> blake3(ByteView message) {
    Blake3 hasher;
    hasher.update(message);
    return hasher.finish();
}

}  // namespace dusk::crypto
