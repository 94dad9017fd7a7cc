// What of a text is read. The pages were found with the reference's memory and library on the same bytes.
#include "vm/host_text.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "base/utf8.hpp"
#include "vm/page_faults.hpp"

namespace dusk::vm {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::uint64_t kEnd = 3 * kPageSize;  // of the page that the bytes are put into

// A memory in which page 2 ends with `bytes`, and what else there is are zeros without leaves.
class Text {
  public:
    explicit Text(const Bytes& bytes, std::uint64_t end = kEnd) {
        install_page_fault_handler();
        memory_->snapshot();
        memory_->write(end - bytes.size(), bytes);
        memory_->apply();
    }

    // Reads a text in a frame.
    bool read(std::uint64_t begin, std::uint64_t end) {
        memory_->snapshot();
        return is_text(*memory_, begin, end - begin);
    }
    // The pages without a leaf that the frame has read: another read after an undone inner frame makes leaves of them.
    std::vector<std::uint32_t> pages_read() {
        const auto before = memory_->dirty_pages();
        memory_->snapshot();
        memory_->revert();
        for (std::uint32_t page = 0; page < 16; ++page) (void)memory_->read(page * kPageSize, 1);
        memory_->apply();
        auto pages = memory_->dirty_pages();
        std::erase_if(pages, [&](std::uint32_t page) { return std::ranges::find(before, page) != before.end(); });
        return pages;
    }
    ContractMemory& memory() { return *memory_; }

  private:
    BlockBuffers buffers_{100'000};
    std::unique_ptr<ContractMemory> memory_ = ContractMemory::create(false, 16 * kPageSize, {}, buffers_);
};

struct Case {
    Bytes bytes;  // at the end of page 2
    std::uint64_t begin;
    std::uint64_t end;
    bool is_text;
    bool reads_next;  // page 3
};

TEST(HostText, IsReadUpToTheByteThatCannotStandThere) {
    const std::vector<Case> cases{
        {{0xe2, 0x82}, kEnd - 16, kEnd + 100, false, true},        // the third byte is wrong
        {{0xe0, 0x80}, kEnd - 16, kEnd + 100, false, false},       // the second
        {{0xf0, 0x90, 0x80}, kEnd - 16, kEnd + 100, false, true},  // the fourth
        {{0xed, 0xa0}, kEnd - 16, kEnd + 100, false, false},       // a surrogate
        {{0xf4, 0x90}, kEnd - 16, kEnd + 100, false, false},       // above U+10FFFF
        {{0xc0}, kEnd - 16, kEnd + 100, false, false},
        {{0xc2}, kEnd - 16, kEnd + 100, false, true},
        {{0xc2}, kEnd - 16, kEnd, false, false},  // ends inside a character
        // Steps through ASCII of two words, which may reach over the wrong byte.
        {{0xff}, kEnd - 24, kEnd + 100, false, true},
        {{0xff}, kEnd - 16, kEnd + 100, false, false},
        {{0xff}, kEnd - 21, kEnd + 100, false, false},
        {{0xff}, kEnd - 24, kEnd + 7, false, false},  // too short for a second step
        {{0xff}, kEnd - 24, kEnd + 8, false, true},
        {{0xff, 0, 0, 0, 0, 0, 0, 0}, kEnd - 24, kEnd + 100, false, true},
        {{0xff, 0, 0, 0, 0, 0, 0, 0, 0}, kEnd - 24, kEnd + 100, false, false},
        {{0xe0, 0x80}, kEnd - 10, kEnd + 100, false, true},
        {{'a', 'b'}, kEnd - 10, kEnd + 100, true, true},
        {{'a', 'b'}, kEnd - 10, kEnd, true, false},
    };
    for (const Case& one : cases) {
        Text text(one.bytes);
        EXPECT_EQ(text.read(one.begin, one.end), one.is_text) << &one - cases.data();
        EXPECT_EQ(text.pages_read(), one.reads_next ? std::vector<std::uint32_t>{3} : std::vector<std::uint32_t>{})
            << &one - cases.data();
    }
}

TEST(HostText, AllPagesOfATextAreRead) {
    Text text({'x'});
    EXPECT_TRUE(text.read(kEnd - 5, kEnd + 4 * kPageSize + 1));
    EXPECT_THAT(text.pages_read(), ElementsAre(3, 4, 5, 6, 7));
}

TEST(HostText, EmptyTextsReadNothing) {
    Text text({'x'});
    EXPECT_TRUE(text.read(kEnd + 5, kEnd + 5));
    EXPECT_THAT(text.pages_read(), IsEmpty());
}

TEST(HostText, PeekingLeavesNoTrace) {
    Text text({1, 2});
    ContractMemory& memory = text.memory();
    memory.snapshot();
    memory.write(kEnd + 7, Bytes{5});  // a page that is written, in an outer frame, and has no leaf yet
    memory.snapshot();
    EXPECT_EQ(memory.peek(kEnd - 2, 10), (Bytes{1, 2, 0, 0, 0, 0, 0, 0, 0, 5}));
    EXPECT_EQ(memory.peek(kEnd + kPageSize - 1, 2 * kPageSize), Bytes(2 * kPageSize));
    memory.apply();
    EXPECT_THAT(text.pages_read(), ElementsAre(3));  // the one that was written
}

TEST(HostText, AgreesWithTheWholeText) {
    rc::check("a text over two pages", [] {
        const auto bytes = *rc::gen::container<Bytes>(rc::gen::oneOf(
            rc::gen::arbitrary<std::uint8_t>(), rc::gen::inRange<std::uint8_t>(0, 0x80),
            rc::gen::element<std::uint8_t>(0xe2, 0x82, 0xac, 0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80, 0xed, 0xf4)));
        const auto behind = *rc::gen::inRange<std::size_t>(0, bytes.size() + 1);
        Text text(bytes, kEnd + behind);
        const bool is_read = text.read(kEnd + behind - bytes.size(), kEnd + behind);
        RC_ASSERT(is_read == is_utf8(bytes));
    });
}

}  // namespace
}  // namespace dusk::vm
