// Buffers of one page each for the pages that a session has to remember, with a bound on how many there are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace dusk::vm {

class PageBuffers;

struct PageBufferReturn {
    PageBuffers* owner = nullptr;
    void operator()(std::uint8_t* buffer) const noexcept;
};
// 64 KiB, or nothing.
using PageBuffer = std::unique_ptr<std::uint8_t, PageBufferReturn>;

// Not thread-safe: one per session.
class PageBuffers {
  public:
    explicit PageBuffers(std::size_t most_pages) : most_(most_pages) {}
    ~PageBuffers();
    PageBuffers(const PageBuffers&) = delete;
    PageBuffers& operator=(const PageBuffers&) = delete;

    // Empty when no more are allowed or there is no memory.
    [[nodiscard]] PageBuffer take();

    // Counts a page that the session wrote: it takes memory of its own from now on. False: no more are allowed.
    [[nodiscard]] bool count_written();
    void forget_written() { --written_; }

  private:
    friend struct PageBufferReturn;
    static constexpr std::size_t kKept = 64;

    std::vector<std::uint8_t*> free_;
    std::size_t most_;
    std::size_t taken_ = 0;
    std::size_t written_ = 0;
};

}  // namespace dusk::vm
