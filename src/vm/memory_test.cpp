#include "vm/memory.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>
#include <sys/mman.h>
#include <unistd.h>

#include <set>

#include "vm/page_faults.hpp"

namespace dusk::vm {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::uint32_t kStoredPages = 3;  // 0, 1, 2: full of their number plus one
constexpr std::uint32_t kPages = 7;

// A state of three pages in an anonymous file.
class StoredPages {
  public:
    StoredPages() : file_(::memfd_create("pages", MFD_CLOEXEC)) {
        for (std::uint32_t page = 0; page < kStoredPages; ++page) {
            const Bytes content(kPageSize, static_cast<std::uint8_t>(page + 1));
            EXPECT_EQ(::write(file_, content.data(), content.size()), static_cast<ssize_t>(content.size()));
        }
    }
    ~StoredPages() { ::close(file_); }
    StoredPages(const StoredPages&) = delete;
    StoredPages& operator=(const StoredPages&) = delete;

    [[nodiscard]] PageLookup lookup() const {
        return [file = file_](std::uint32_t page) -> std::optional<PagePlace> {
            if (page >= kStoredPages) return std::nullopt;
            return PagePlace{file, std::uint64_t{page} * kPageSize};
        };
    }

  private:
    int file_;
};

struct Fixture {
    explicit Fixture(bool is_64 = false) {
        install_page_fault_handler();
        memory = ContractMemory::create(is_64, kPages * kPageSize, stored.lookup(), buffers);
        memories.push_back(memory.get());
    }
    volatile std::uint8_t& byte(std::uint64_t offset) const { return memory->linear().base[offset]; }

    StoredPages stored;
    BlockBuffers buffers{100'000};
    std::unique_ptr<ContractMemory> memory;
    std::vector<ContractMemory*> memories;
};

TEST(ContractMemory, ReadsStoredPagesAndZerosWithoutTrace) {
    const Fixture f;
    const ServedMemories served(f.memories);
    f.memory->snapshot();
    EXPECT_EQ(f.byte(kPageSize + 5), 2);
    EXPECT_EQ(f.byte(5 * kPageSize), 0);
    EXPECT_EQ(f.memory->read(2 * kPageSize - 1, 2), (Bytes{2, 3}));
    f.memory->apply();
    EXPECT_THAT(f.memory->dirty_pages(), IsEmpty());
}

TEST(ContractMemory, EveryWriteMakesItsPageDirty) {
    const Fixture f;
    const ServedMemories served(f.memories);
    f.memory->snapshot();
    f.byte(kPageSize) = 2;      // what it was
    f.byte(4 * kPageSize) = 0;  // the same for a page of zeros
    f.memory->write(6 * kPageSize - 1, Bytes{9, 9});
    f.memory->apply();
    EXPECT_THAT(f.memory->dirty_pages(), ElementsAre(1, 4, 5, 6));
}

TEST(ContractMemory, EmptyRangesTouchNothing) {
    const Fixture f;
    const ServedMemories served(f.memories);
    f.memory->snapshot();
    f.memory->write(4 * kPageSize, {});
    EXPECT_THAT(f.memory->read(4 * kPageSize, 0), IsEmpty());
    f.memory->apply();
    EXPECT_THAT(f.memory->dirty_pages(), IsEmpty());
}

TEST(ContractMemory, RevertBringsBackContentsOfNestedFrames) {
    const Fixture f;
    const ServedMemories served(f.memories);
    f.memory->snapshot();
    f.byte(7) = 50;
    f.byte(4 * kPageSize) = 51;
    f.memory->snapshot();
    f.byte(7) = 60;
    f.byte(8) = 61;
    f.byte(4 * kPageSize) = 62;
    f.byte(5 * kPageSize) = 63;
    f.memory->revert();
    EXPECT_EQ(f.byte(7), 50);
    EXPECT_EQ(f.byte(8), 1);
    EXPECT_EQ(f.byte(4 * kPageSize), 51);
    f.memory->apply();
    EXPECT_THAT(f.memory->dirty_pages(), ElementsAre(0, 4));
    f.memory->snapshot();
    f.byte(7) = 70;
    f.memory->revert();
    EXPECT_EQ(f.byte(7), 50);
    EXPECT_EQ(f.byte(4 * kPageSize), 51);
}

// spec/vm.md §5.4: a page that a frame read, and that an undone inner frame did not touch, is dirty after another read.
TEST(ContractMemory, AReadAfterAnUndoneInnerFrameCanMakeALeaf) {
    const Fixture f;
    const ServedMemories served(f.memories);
    f.memory->snapshot();
    EXPECT_EQ(f.byte(4 * kPageSize), 0);
    EXPECT_EQ(f.byte(5 * kPageSize), 0);
    f.memory->snapshot();
    EXPECT_EQ(f.byte(5 * kPageSize), 0);
    f.memory->revert();
    EXPECT_EQ(f.byte(4 * kPageSize), 0);
    EXPECT_EQ(f.byte(5 * kPageSize), 0);
    f.memory->apply();
    EXPECT_THAT(f.memory->dirty_pages(), ElementsAre(4));
}

TEST(ContractMemory, PagesAboveFourGigabytesAreLikeOthers) {
    const Fixture f(true);
    const ServedMemories served(f.memories);
    const std::uint64_t high = (std::uint64_t{1} << 41) + 3;
    EXPECT_TRUE(f.memory->reaches((std::uint64_t{1} << 42) - 1, 1));
    EXPECT_FALSE(f.memory->reaches((std::uint64_t{1} << 42) - 1, 2));
    f.memory->snapshot();
    f.memory->write(high, Bytes{1, 2, 3});
    f.memory->snapshot();
    f.memory->write(high + 1, Bytes{7});
    f.byte(high + 2) = 8;
    EXPECT_EQ(f.byte(high + 1), 7);
    EXPECT_EQ(f.byte(high + kPageSize), 0);
    f.memory->revert();
    EXPECT_EQ(f.memory->read(high, 3), (Bytes{1, 2, 3}));
    f.memory->apply();
    EXPECT_THAT(f.memory->dirty_pages(), ElementsAre(static_cast<std::uint32_t>(high / kPageSize)));
    f.memory->snapshot();
    f.memory->write(high, Bytes{9});
    f.memory->revert();
    EXPECT_EQ(f.memory->page_content(static_cast<std::uint32_t>(high / kPageSize))[3], 1);
}

// The rules of spec/vm.md §5.4 word by word, for whole pages and without any memory behind them.
class ReferenceModel {
  public:
    ReferenceModel() {
        for (std::uint32_t page = 0; page < kPages; ++page) {
            content_[page] = Bytes(kOffsets.size(), page < kStoredPages ? static_cast<std::uint8_t>(page + 1) : 0);
        }
        snapshots_.emplace_back();
    }
    static constexpr std::array<std::size_t, 4> kOffsets{0, 4095, 4096, 65535};  // places that are looked at

    std::uint8_t read(std::uint32_t page, std::size_t place) {
        if (guard_[page] == 0) fault(page);
        return content_[page][place];
    }
    void write(std::uint32_t page, std::size_t place, std::uint8_t value) {
        while (guard_[page] != 2) fault(page);
        content_[page][place] = value;
    }
    void snapshot() {
        guard_.fill(0);
        snapshots_.emplace_back();
    }
    void apply() {
        guard_.fill(0);
        Snapshot kept = std::move(snapshots_.back());
        snapshots_.pop_back();
        snapshots_.back().clean.merge(kept.clean);
    }
    void revert() {
        const Snapshot undone = std::move(snapshots_.back());
        snapshots_.pop_back();
        for (const auto& [page, content] : undone.clean) {
            content_[page] = content;
            guard_[page] = snapshots_.back().hit.contains(page) ? 1 : 0;
        }
    }
    [[nodiscard]] std::size_t depth() const { return snapshots_.size() - 1; }
    [[nodiscard]] bool is_dirty(std::uint32_t page) const { return snapshots_.front().clean.contains(page); }
    [[nodiscard]] const Bytes& content(std::uint32_t page) const { return content_[page]; }

  private:
    struct Snapshot {
        std::set<std::uint32_t> hit;
        std::map<std::uint32_t, Bytes> clean;
    };
    void fault(std::uint32_t page) {
        Snapshot& top = snapshots_.back();
        if (top.hit.insert(page).second) {
            guard_[page] = 1;
        } else {
            top.clean.emplace(page, content_[page]);
            guard_[page] = 2;
        }
    }

    std::array<Bytes, kPages> content_;
    std::array<int, kPages> guard_{};
    std::vector<Snapshot> snapshots_;
};

void compare(const Fixture& f, const ReferenceModel& model) {
    const auto pages = f.memory->dirty_pages();
    const std::set<std::uint32_t> dirty(pages.begin(), pages.end());
    for (std::uint32_t page = 0; page < kPages; ++page) {
        bool changed = false;
        for (std::size_t place = 0; place < ReferenceModel::kOffsets.size(); ++place) {
            const std::uint8_t first = page < kStoredPages ? static_cast<std::uint8_t>(page + 1) : 0;
            changed = changed || model.content(page)[place] != first;
            if (dirty.contains(page)) {
                RC_ASSERT(f.memory->page_content(page)[ReferenceModel::kOffsets[place]] == model.content(page)[place]);
            }
        }
        if (page >= kStoredPages) RC_ASSERT(dirty.contains(page) == model.is_dirty(page));
        if (changed) RC_ASSERT(dirty.contains(page));
    }
}

// `frames`: calls within calls, some undone; accesses by code and by the host.
void play(const Fixture& f, ReferenceModel& model) {
    const auto count = *rc::gen::inRange(1, 60);
    for (int i = 0; i < count; ++i) {
        const auto page = *rc::gen::inRange<std::uint32_t>(0, kPages);
        const auto place = *rc::gen::inRange<std::size_t>(0, ReferenceModel::kOffsets.size());
        const std::uint64_t offset = std::uint64_t{page} * kPageSize + ReferenceModel::kOffsets[place];
        const auto value = *rc::gen::arbitrary<std::uint8_t>();
        switch (*rc::gen::inRange(0, 8)) {
            case 0:
                f.memory->snapshot();
                model.snapshot();
                break;
            case 1:
                if (model.depth() < 2) break;  // the outermost frame ends at the end
                f.memory->revert();
                model.revert();
                break;
            case 2:
            case 3:
                RC_ASSERT(f.byte(offset) == model.read(page, place));
                break;
            case 4:
                RC_ASSERT(f.memory->read(offset, 1)[0] == model.read(page, place));
                break;
            case 5:
                f.memory->write(offset, Bytes{value});
                model.write(page, place, value);
                break;
            default:
                f.byte(offset) = value;
                model.write(page, place, value);
                break;
        }
    }
}

TEST(ContractMemory, FollowsTheReferenceFaultByFault) {
    rc::check("the same contents and the same leaves as the reference", [] {
        const Fixture f;
        const ServedMemories served(f.memories);
        ReferenceModel model;
        const auto calls = *rc::gen::inRange(1, 6);
        for (int call = 0; call < calls; ++call) {
            f.memory->snapshot();
            model.snapshot();
            play(f, model);
            const bool succeeds = *rc::gen::inRange(0, 4) != 0;
            while (model.depth() > 0) {
                if (succeeds) {
                    f.memory->apply();
                    model.apply();
                } else {
                    f.memory->revert();
                    model.revert();
                }
            }
            compare(f, model);
        }
    });
}

TEST(ContractMemory, ManyBlocksAreOpenedAsPages) {
    const Fixture f;
    const ServedMemories served(f.memories);
    for (int call = 0; call < 3; ++call) {
        f.memory->snapshot();
        for (std::uint64_t page = 0; page < 500; ++page) {
            for (std::uint64_t block = 0; block < 16; block += 2) f.byte(page * kPageSize + block * kBlockSize) = 1;
        }
        f.memory->apply();
    }
    EXPECT_EQ(f.memory->dirty_pages().size(), 500);
    f.memory->snapshot();
    for (std::uint64_t page = 0; page < 500; ++page) f.byte(page * kPageSize) = 2;
    f.memory->revert();
    for (std::uint64_t page = 0; page < 500; ++page) ASSERT_EQ(f.byte(page * kPageSize), 1);
    EXPECT_FALSE(f.memory->is_lost());
}

}  // namespace
}  // namespace dusk::vm
