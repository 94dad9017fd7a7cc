#include "vm/host_text.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace dusk::vm {
namespace {

constexpr std::uint64_t kWord = 8;
constexpr std::uint64_t kStep = 2 * kWord;

// A text over several pages, each of which is read when a byte of it is looked at.
class Walk {
  public:
    Walk(ContractMemory& memory, std::uint64_t offset, std::uint64_t size)
        : memory_(memory), at_(offset), end_(offset + size) {}

    bool is_utf8() {
        while (at_ < end_) {
            if (byte(at_) >= 0x80) {
                if (!pass_character()) return false;
            } else if (at_ % kWord == 0) {
                pass_ascii();
            } else {
                ++at_;
            }
        }
        return true;
    }

  private:
    std::uint8_t byte(std::uint64_t at) {
        if (at < seen_at_ || at - seen_at_ >= seen_.size()) {
            const std::uint64_t page = at - at % kPageSize;
            seen_at_ = page;
            seen_ = memory_.look(page, kPageSize);
            if (seen_.empty()) return 0;  // lost
        }
        return seen_[at - seen_at_];
    }

    bool pass_character() {
        auto tail = utf8_tail(byte(at_));
        if (!tail) return false;
        for (std::uint64_t i = 1; i <= tail->size; ++i) {
            if (at_ + i == end_) return false;
            const std::uint8_t next = byte(at_ + i);
            if (next < tail->low || next > tail->high) return false;
            tail->low = 0x80;
            tail->high = 0xbf;
        }
        at_ += tail->size + 1;
        return true;
    }

    // At a multiple of a word. A step may end on another page than it begins.
    void pass_ascii() {
        while (end_ - at_ >= kStep && is_ascii_step()) {
            at_ += kStep;
            const std::uint64_t in_page = (kPageSize - at_ % kPageSize) % kPageSize;
            const std::uint64_t steps = std::min(in_page, end_ - at_) / kStep;
            if (steps > 0 && memory_.reads_zeros(at_)) at_ += steps * kStep;
        }
        while (at_ < end_ && byte(at_) < 0x80) ++at_;
    }

    bool is_ascii_step() {
        std::uint8_t all = 0;
        for (std::uint64_t i = 0; i < kStep; ++i) all |= byte(at_ + i);
        return all < 0x80;
    }

    ContractMemory& memory_;
    std::uint64_t at_;
    std::uint64_t end_;
    ByteView seen_{};  // the page that was looked at last
    std::uint64_t seen_at_ = 0;
};

}  // namespace

bool is_text(ContractMemory& memory, std::uint64_t offset, std::uint64_t size) {
    if (size == 0) return true;
    if (offset / kPageSize == (offset + size - 1) / kPageSize) return is_utf8(memory.look(offset, size));
    return Walk(memory, offset, size).is_utf8();
}

std::optional<std::string> read_name(ContractMemory& memory, std::uint64_t offset, std::uint64_t size) {
    if (!is_text(memory, offset, size)) return std::nullopt;
    std::string name(std::min<std::uint64_t>(size, kLongestName + 1), '\0');
    memory.read(offset, MutableByteView(reinterpret_cast<std::uint8_t*>(name.data()), name.size()));
    return name;
}

}  // namespace dusk::vm
