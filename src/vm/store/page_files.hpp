// The contents of pages on the disk: slots of 64 KiB in segment files, shared by content, free again when nothing
// refers to them.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/executor.hpp"
#include "vm/store/error.hpp"
#include "vm/store/file_system.hpp"
#include "vm/store/hash_tree.hpp"

namespace dusk::vm {

// The number of a place for one page, over all segments.
using Slot = std::uint32_t;

class PageFiles;

// A page whose hash is known: the leaf of a page tree. Its slot is not used again before the last reference is gone, so
// whoever holds it (or a state that has it) may read or map the place at any time.
class StoredPage final : public TreeNode {
  public:
    StoredPage(const Hash& page_hash, std::shared_ptr<PageFiles> files)
        : TreeNode{page_hash}, files_(std::move(files)) {}
    StoredPage(const StoredPage&) = delete;
    StoredPage& operator=(const StoredPage&) = delete;
    ~StoredPage();

    // False until the commit that first has it is stored; what follows is for pages that are.
    [[nodiscard]] bool is_stored() const { return slot_.has_value(); }
    [[nodiscard]] Slot slot() const { return *slot_; }
    // For mmap(MAP_PRIVATE | MAP_FIXED, descriptor(), offset()): the file stays open as long as the page.
    [[nodiscard]] int descriptor() const;
    [[nodiscard]] std::uint64_t offset() const;
    [[nodiscard]] std::string file_name() const;
    // The content, 64 KiB; not compared with the hash. Errors: io.
    [[nodiscard]] Result<void, StoreFailure> read(MutableByteView out) const;

  private:
    friend class PageFiles;

    std::shared_ptr<PageFiles> files_;
    std::optional<Slot> slot_;
    bool indexed_ = false;
};

class PageFiles : public std::enable_shared_from_this<PageFiles> {
  public:
    static constexpr std::uint32_t kSlotsPerSegment = 16384;  // 1 GiB

    // The segments of a folder; there need not be any.
    [[nodiscard]] static Result<std::shared_ptr<PageFiles>, StoreFailure> open(FileSystem& system,
                                                                               std::filesystem::path folder);

    // A page that is not stored yet, or the stored one with this hash.
    [[nodiscard]] std::shared_ptr<StoredPage> page(const Hash& hash);

    // A page of the log at its slot: the same object as long as one is there. Null: another page is at this slot, or
    // the segments have no such slot.
    [[nodiscard]] std::shared_ptr<StoredPage> adopt(const Hash& hash, Slot slot);
    // For a damaged log: several pages may claim a slot from now on; which of them is there shows when it is read.
    void adopt_all() { claims_differ_ = true; }
    // All pages of the log are adopted: the index of slots that `adopt` needs goes away.
    void end_adoption();

    struct Content {
        std::shared_ptr<StoredPage> page;  // not stored
        const std::uint8_t* bytes;         // 64 KiB
    };
    // Gives every page a slot and writes it there. With `sync` it is on the disk when this returns. After an error the
    // pages have no slots. Errors: io, no_space.
    [[nodiscard]] Result<void, StoreFailure> write(std::span<const Content> pages, bool sync, Executor& executor);
    // From now on pages of equal content are these. Only for pages that a commit has.
    void publish(std::span<const Content> pages);

    // Copies the content of slot `from` to the lowest free slot, which is taken then.
    [[nodiscard]] Result<Slot, StoreFailure> copy_down(Slot from);
    // Syncs all segments.
    [[nodiscard]] Result<void, StoreFailure> sync();
    // Cuts off what is behind the first `slots` slots.
    [[nodiscard]] Result<void, StoreFailure> shrink(Slot slots);

    struct Usage {
        std::uint64_t used = 0;      // slots that pages have
        std::uint64_t capacity = 0;  // slots up to the end of the files
    };
    [[nodiscard]] Usage usage() const;
    [[nodiscard]] std::string segment_name(Slot slot) const;

  private:
    friend class StoredPage;

    PageFiles(FileSystem& system, std::filesystem::path folder) : system_(system), folder_(std::move(folder)) {}

    [[nodiscard]] Slot take_free_slot();
    void give_back(const StoredPage& page);
    [[nodiscard]] Result<void, StoreFailure> ensure_segments(Slot last);
    [[nodiscard]] std::filesystem::path segment_path(std::size_t segment) const;
    [[nodiscard]] File& segment_of(Slot slot) const;
    [[nodiscard]] Result<void, StoreFailure> write_run(std::span<const Content> pages);

    struct HashKey {
        std::size_t operator()(const Hash& hash) const { return load_le<std::size_t>(hash.data()); }
    };
    struct Known {
        const StoredPage* page;
        std::weak_ptr<StoredPage> reference;
    };

    FileSystem& system_;
    std::filesystem::path folder_;

    mutable std::mutex mutex_;
    std::vector<std::unique_ptr<File>> segments_;
    std::vector<std::uint64_t> slots_at_open_;  // whole slots of each segment when it was opened
    std::vector<std::uint64_t> used_;           // one bit per slot
    std::size_t first_free_word_ = 0;           // no free slot before it
    std::uint64_t used_count_ = 0;
    std::unordered_map<Hash, Known, HashKey> by_hash_;
    std::unordered_map<Slot, Known> by_slot_;  // while the log is read
    bool adopting_ = true;
    bool claims_differ_ = false;
};

}  // namespace dusk::vm
