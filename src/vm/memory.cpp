// Pages as the system has them: mappings, protections, contents.
#include "vm/memory.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

namespace dusk::vm {
namespace {

constexpr std::uint64_t kMaximum32 = std::uint64_t{1} << 32;
constexpr std::uint64_t kMaximum64 = std::uint64_t{1} << 42;
constexpr std::uint32_t kNoPage = ~std::uint32_t{0};

int system_protection(bool readable, bool writable) {
    return (readable ? PROT_READ : PROT_NONE) | (writable ? PROT_WRITE : PROT_NONE);
}

}  // namespace

std::unique_ptr<ContractMemory> ContractMemory::create(bool is_64, std::uint64_t length, PageLookup lookup,
                                                       BlockBuffers& buffers) {
    void* base =
        ::mmap(nullptr, is_64 ? kMaximum64 : kMaximum32, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED) return nullptr;
    return std::unique_ptr<ContractMemory>(
        new ContractMemory(static_cast<std::uint8_t*>(base), is_64, length, std::move(lookup), buffers));
}

ContractMemory::ContractMemory(std::uint8_t* base, bool is_64, std::uint64_t length, PageLookup lookup,
                               BlockBuffers& buffers)
    : linear_{base, length, is_64 ? kMaximum64 : kMaximum32, !lookup}, lookup_(std::move(lookup)), buffers_(&buffers) {}

ContractMemory::~ContractMemory() { ::munmap(linear_.base, linear_.maximum); }

void ContractMemory::read(std::uint64_t offset, MutableByteView out) {
    for (std::size_t done = 0; done < out.size();) {
        const std::uint64_t at = offset + done;
        const std::size_t count = std::min<std::size_t>(out.size() - done, kPageSize - at % kPageSize);
        if (!lost_ && !touch(at, count, false)) give_up();
        if (lost_) {
            std::ranges::fill(out.subspan(done), std::uint8_t{0});
            return;
        }
        std::memcpy(out.data() + done, linear_.base + at, count);
        done += count;
    }
}

Bytes ContractMemory::read(std::uint64_t offset, std::size_t size) {
    Bytes out(size);
    read(offset, MutableByteView(out));
    return out;
}

void ContractMemory::write(std::uint64_t offset, ByteView bytes) {
    for (std::size_t done = 0; done < bytes.size();) {
        const std::uint64_t at = offset + done;
        const std::size_t count = std::min<std::size_t>(bytes.size() - done, kPageSize - at % kPageSize);
        if (!lost_ && !touch(at, count, true)) give_up();
        if (lost_) return;
        std::memcpy(linear_.base + at, bytes.data() + done, count);
        done += count;
    }
}

void ContractMemory::access(std::uint64_t offset, std::size_t size) {
    for (std::size_t done = 0; done < size && !lost_;) {
        const std::uint64_t at = offset + done;
        const std::size_t count = std::min<std::size_t>(size - done, kPageSize - at % kPageSize);
        if (!touch(at, count, false)) give_up();
        done += count;
    }
}

ByteView ContractMemory::look(std::uint64_t offset, std::uint64_t size) {
    const std::uint64_t count = std::min<std::uint64_t>(size, kPageSize - offset % kPageSize);
    if (!lost_ && !touch(offset, count, false)) give_up();
    if (lost_) return {};
    return {linear_.base + offset, count};
}

Bytes ContractMemory::peek(std::uint64_t offset, std::size_t size) {
    Bytes out(size);  // zeros
    for (std::size_t done = 0; done < size && !lost_;) {
        const std::uint64_t at = offset + done;
        const std::size_t count = std::min<std::size_t>(size - done, kPageSize - at % kPageSize);
        if (!peek_page(at, MutableByteView(out).subspan(done, count))) give_up();
        done += count;
    }
    return out;
}

bool ContractMemory::peek_page(std::uint64_t offset, MutableByteView out) {
    const auto page = static_cast<std::uint32_t>(offset / kPageSize);
    PageState& at = known_state(page);
    if (!at.leaf && at.written == 0) return true;  // zeros
    // Reading a page with a leaf leaves no trace.
    const bool is_hidden = at.guard == Guard::none;
    if (is_hidden && !(at.leaf ? touch(offset, out.size(), false) : protect(page, at, Guard::read))) return false;
    std::memcpy(out.data(), linear_.base + offset, out.size());
    return !is_hidden || at.leaf || protect(page, at, Guard::none);
}

bool ContractMemory::reads_zeros(std::uint64_t offset) {
    if (!lost_ && !touch(offset, 1, false)) give_up();
    if (lost_) return true;
    const PageState& at = state(static_cast<std::uint32_t>(offset / kPageSize));
    return !at.stored && at.written == 0;
}

bool ContractMemory::protect(std::uint32_t page, PageState& at, Guard guard) {
    if (at.stored && !at.mapped) return map_stored(page, at, guard);
    if (at.guard == guard) return true;
    std::uint8_t* const bytes = content(page);
    if (::mprotect(bytes, kPageSize, system_protection(guard != Guard::none, guard == Guard::write)) != 0) return false;
    at.guard = guard;
    return true;
}

bool ContractMemory::protect_block(std::uint32_t block, Guard guard) {
    return ::mprotect(linear_.base + std::size_t{block} * kBlockSize, kBlockSize,
                      system_protection(guard != Guard::none, guard == Guard::write)) == 0;
}

bool ContractMemory::map_stored(std::uint32_t page, PageState& at, Guard guard) {
    const std::optional<PagePlace> place = lookup_(page);
    if (!place) return false;
    void* const bytes = ::mmap(content(page), kPageSize, system_protection(guard != Guard::none, guard == Guard::write),
                               MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE, place->file, static_cast<off_t>(place->offset));
    if (bytes == MAP_FAILED) return false;
    at.mapped = true;
    at.guard = guard;
    return true;
}

// Brings back what a block held at first. Its protection stays.
bool ContractMemory::restore_first(std::uint32_t block) {
    // A private mapping shows the file again, or zeros, once its own copy is dropped.
    return ::madvise(linear_.base + std::size_t{block} * kBlockSize, kBlockSize, MADV_DONTNEED) == 0;
}

bool ContractMemory::give_up() {
    lost_ = true;
    lost_window_.fill(kNoPage);
    // One mapping instead of up to one for each page.
    return ::mmap(linear_.base, linear_.maximum, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1,
                  0) != MAP_FAILED;
}

bool ContractMemory::open_lost(std::uint32_t page) {
    const auto at = [this](std::uint32_t index) { return linear_.base + std::size_t{index} * kPageSize; };
    std::uint32_t& oldest = lost_window_[lost_next_];
    lost_next_ = (lost_next_ + 1) % lost_window_.size();
    if (oldest != kNoPage) {
        ::madvise(at(oldest), kPageSize, MADV_DONTNEED);
        ::mprotect(at(oldest), kPageSize, PROT_NONE);
    }
    oldest = page;
    return ::mprotect(at(page), kPageSize, PROT_READ | PROT_WRITE) == 0;
}

std::vector<std::uint32_t> ContractMemory::dirty_pages() const {
    std::vector<std::uint32_t> pages(dirty_.begin(), dirty_.end());
    std::ranges::sort(pages);
    return pages;
}

ContractMemory::PageState& ContractMemory::state(std::uint32_t page) {
    const std::uint32_t index = page / kChunkPages;
    std::unique_ptr<Chunk>& chunk = index < kLowChunks ? chunks_.at(index) : high_chunks_[index];
    if (!chunk) chunk = std::make_unique<Chunk>();
    return (*chunk)[page % kChunkPages];
}

ContractMemory::PageState& ContractMemory::known_state(std::uint32_t page) {
    PageState& at = state(page);
    if (!at.known) {
        at.known = true;
        at.stored = lookup_ && lookup_(page);
        at.leaf = at.stored;
    }
    return at;
}

}  // namespace dusk::vm
