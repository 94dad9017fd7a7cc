// The linear memory of one contract in one session: address space whose pages come from a stored state, and
// exact knowledge of which pages were written (spec/vm.md §5).
//
// Tracking is part of consensus: a page (64 KiB) that was ever opened for writing is hashed into the state, whatever
// its content, and a page without a leaf that was only read is not. Of pages that have a leaf already only writes can
// be seen, so they are readable from the start and are opened and remembered in blocks of 4 KiB; the few blocks that
// calls keep writing (stack, argument buffer) stay open and are copied when a call begins. Pages without a leaf follow
// the reference's rule, fault by fault (§5.4).
//
// Accesses of contract code fault into `handle_fault` (page_faults.hpp), the host asks with `read` and `write`. A
// memory of 64-bit addresses has 2^42 bytes of address space. Loads and stores reach the first 4 GiB, `memory.fill`,
// `copy` and `init` of a memory that has grown all of it, and so does all code of one that begins with more.
//
// Not thread-safe: a memory belongs to one session, which runs on one thread at a time.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/bytes.hpp"
#include "vm/clean_blocks.hpp"
#include "vm/contract_id.hpp"
#include "vm/linear_memory.hpp"

namespace dusk::vm {

inline constexpr std::uint32_t kPageBlocks = kPageSize / kBlockSize;

// Where the content of a stored page lies: 64 KiB at `offset`, a multiple of 4096, of an open file.
struct PagePlace {
    int file = -1;
    std::uint64_t offset = 0;
};
// The place of a page of the state that the memory starts from. Nothing: the page has no leaf and is zero.
using PageLookup = std::function<std::optional<PagePlace>(std::uint32_t page)>;

class ContractMemory {
  public:
    // The memory of a contract that is being deployed (`lookup` empty, length 0) or of a stored one.
    // Nothing when the system has no address space left.
    static std::unique_ptr<ContractMemory> create(bool is_64, std::uint64_t length, PageLookup lookup,
                                                  BlockBuffers& buffers);
    ~ContractMemory();
    ContractMemory(const ContractMemory&) = delete;
    ContractMemory& operator=(const ContractMemory&) = delete;

    // What the engine works on. Its length changes when code grows the memory.
    [[nodiscard]] LinearMemory& linear() { return linear_; }
    [[nodiscard]] const LinearMemory& linear() const { return linear_; }

    // Begins a frame: what is written from here on can be undone.
    void snapshot();
    // Undoes all writes since the last snapshot, which is dropped.
    void revert();
    // Keeps all writes since the last snapshot, which is merged into the one before it or into the session.
    void apply();

    // Host accesses. The range must lie in the memory's maximum (`reaches`). Empty ranges touch nothing.
    [[nodiscard]] bool reaches(std::uint64_t offset, std::uint64_t size) const {
        return offset <= linear_.maximum && size <= linear_.maximum - offset;
    }
    void read(std::uint64_t offset, MutableByteView out);
    [[nodiscard]] Bytes read(std::uint64_t offset, std::size_t size);
    void write(std::uint64_t offset, ByteView bytes);
    // Reads without looking at what is read.
    void access(std::uint64_t offset, std::size_t size);
    // Reads up to `size` bytes, those of one page, in place. Valid until the next write or snapshot. Empty: the memory
    // is lost.
    [[nodiscard]] ByteView look(std::uint64_t offset, std::uint64_t size);
    // Reads the page that holds `offset` and says whether it is known to be all zeros, at no cost of its size.
    [[nodiscard]] bool reads_zeros(std::uint64_t offset);
    // What `read` would give, without being an access.
    [[nodiscard]] Bytes peek(std::uint64_t offset, std::size_t size);

    // Serves an access fault of contract code. False: the page cannot be opened (no memory, too many mappings, or more
    // written than the session may hold); then the memory is lost and must not be used further.
    bool handle_fault(std::uint64_t offset, bool is_write);
    [[nodiscard]] bool contains(const void* address) const {
        const auto at = reinterpret_cast<std::uintptr_t>(address);
        const auto begin = reinterpret_cast<std::uintptr_t>(linear_.base);
        return at >= begin && at - begin < linear_.maximum;
    }
    // True after a fault that could not be served.
    [[nodiscard]] bool is_lost() const { return lost_; }
    // True where the reason is that the file does not have a stored page, or the disk does not give it.
    [[nodiscard]] bool is_unreadable() const { return unreadable_; }
    // Drops all content. Code that is running comes to its end in a memory of zeros, of which a few pages exist at a
    // time. False: not even that is possible.
    bool give_up();
    bool give_up_unreadable() {
        unreadable_ = true;
        return give_up();
    }

    // Pages that were written in this session and not undone, ascending. Valid between calls, without snapshots.
    [[nodiscard]] std::vector<std::uint32_t> dirty_pages() const;
    // The content of a dirty page, until the next access.
    [[nodiscard]] const std::uint8_t* page_content(std::uint32_t page) const { return content(page); }

  private:
    enum class Guard : std::uint8_t { none, read, write };
    struct PageState {
        Guard guard = Guard::none;  // of the page, but for the open blocks
        bool known : 1 = false;     // `leaf` and `stored` were looked up
        bool leaf : 1 = false;      // has a leaf in the state tree, or will have one: only writes matter
        bool stored : 1 = false;    // its first content is that of the stored state, else zeros
        bool mapped : 1 = false;    // the stored content is in place
        std::uint16_t open = 0;     // blocks of a readable page that are open for writing
        std::uint16_t written = 0;  // blocks whose content may differ from the first one
    };
    // Most stay empty: a call that changes nothing has one as well, until the root call ends.
    struct Snapshot {
        std::unique_ptr<CleanBlocks> clean;
        std::unique_ptr<std::unordered_set<std::uint32_t>> hit;  // pages without a leaf that were accessed
    };
    ContractMemory(std::uint8_t* base, bool is_64, std::uint64_t length, PageLookup lookup, BlockBuffers& buffers);

    // Following the reference (memory_guards.cpp).
    bool touch(std::uint64_t offset, std::size_t size, bool is_write);
    bool fault(std::uint32_t page, std::uint16_t blocks, bool is_write);
    bool open_page(std::uint32_t page, PageState& at);
    bool open_blocks(std::uint32_t page, PageState& at, std::uint16_t blocks);
    bool keep_clean(std::uint32_t page, PageState& at, std::uint16_t blocks);
    void close_pages();
    void keep_hot_blocks();
    bool restore_block(const CleanBlock& clean);
    bool restore_of_page(const CleanBlock& clean);
    void forget_written(PageState& at, std::uint16_t blocks);

    // The system's side (memory_pages.cpp).
    PageState& state(std::uint32_t page);
    PageState& known_state(std::uint32_t page);
    [[nodiscard]] std::uint8_t* content(std::uint32_t page) const {
        return linear_.base + std::size_t{page} * kPageSize;
    }
    bool peek_page(std::uint64_t offset, MutableByteView out);
    bool protect(std::uint32_t page, PageState& at, Guard guard);
    bool protect_block(std::uint32_t block, Guard guard);
    bool map_stored(std::uint32_t page, PageState& at, Guard guard);
    bool restore_first(std::uint32_t block);
    bool open_lost(std::uint32_t page);

    static constexpr std::uint16_t kAllBlocks = 0xffff;
    static constexpr std::size_t kMostHot = 24;           // blocks that stay open between calls
    static constexpr std::size_t kMostOpenBlocks = 1024;  // beyond them whole pages are opened: mappings are limited
    static constexpr std::size_t kChunkPages = 256;
    static constexpr std::size_t kLowChunks = 256;
    // Pages without a leaf that one frame may read: 64 GiB of zeros. Each takes some memory to remember.
    static constexpr std::size_t kMostHit = std::size_t{1} << 20;
    using Chunk = std::array<PageState, kChunkPages>;

    LinearMemory linear_;
    PageLookup lookup_;
    BlockBuffers* buffers_;
    std::array<std::unique_ptr<Chunk>, kLowChunks> chunks_;                  // of the first 4 GiB
    std::unordered_map<std::uint32_t, std::unique_ptr<Chunk>> high_chunks_;  // of what is above
    std::vector<Snapshot> snapshots_;
    std::vector<std::uint32_t> open_blocks_;  // blocks open for writing in readable pages
    std::vector<std::uint32_t> open_pages_;   // pages open for writing as a whole
    std::vector<std::uint32_t> touched_;      // pages without a leaf that are open
    std::unordered_set<std::uint32_t> dirty_;
    bool lost_ = false;
    bool unreadable_ = false;
    std::array<std::uint32_t, 64> lost_window_{};  // pages that are open in a lost memory, the oldest at `lost_next_`
    std::size_t lost_next_ = 0;
};

}  // namespace dusk::vm
