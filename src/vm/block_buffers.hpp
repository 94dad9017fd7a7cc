// Buffers of one block (4 KiB) each for what sessions have to remember, with a bound on how many there are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace dusk::vm {

// What the system protects and maps at least.
inline constexpr std::size_t kBlockSize = 4096;

class BlockBuffers;

struct BlockBufferReturn {
    BlockBuffers* owner = nullptr;
    void operator()(std::uint8_t* buffer) const noexcept;
};
// 4 KiB, or nothing.
using BlockBuffer = std::unique_ptr<std::uint8_t, BlockBufferReturn>;

// Not thread-safe: one per session.
class BlockBuffers {
  public:
    explicit BlockBuffers(std::size_t most_blocks) : most_(most_blocks) {}
    ~BlockBuffers();
    BlockBuffers(const BlockBuffers&) = delete;
    BlockBuffers& operator=(const BlockBuffers&) = delete;

    // Empty when no more are allowed or there is no memory.
    [[nodiscard]] BlockBuffer take();

    // Counts blocks that the session wrote: they take memory of their own from now on. False: no more are allowed.
    [[nodiscard]] bool count_written(std::size_t blocks);
    void forget_written(std::size_t blocks) { written_ -= blocks; }

  private:
    friend struct BlockBufferReturn;
    static constexpr std::size_t kKept = 256;

    std::vector<std::uint8_t*> free_;
    std::size_t most_;
    std::size_t taken_ = 0;
    std::size_t written_ = 0;
};

}  // namespace dusk::vm
