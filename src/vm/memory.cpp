#include "vm/memory.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

namespace dusk::vm {
namespace {

constexpr std::uint64_t kMaximum64 = std::uint64_t{1} << 42;

int protection(bool readable, bool writable) {
    return (readable ? PROT_READ : PROT_NONE) | (writable ? PROT_WRITE : PROT_NONE);
}

// Reads a stored page. False when the file does not give it.
bool read_place(const PagePlace& place, std::uint8_t* to) {
    std::size_t done = 0;
    while (done < kPageSize) {
        const auto count = ::pread(place.file, to + done, kPageSize - done, static_cast<off_t>(place.offset + done));
        if (count <= 0) return false;
        done += static_cast<std::size_t>(count);
    }
    return true;
}

}  // namespace

std::unique_ptr<ContractMemory> ContractMemory::create(bool is_64, std::uint64_t length, PageLookup lookup,
                                                       PageBuffers& buffers) {
    void* base = ::mmap(nullptr, kMappedBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED) return nullptr;
    return std::unique_ptr<ContractMemory>(
        new ContractMemory(static_cast<std::uint8_t*>(base), is_64, length, std::move(lookup), buffers));
}

ContractMemory::ContractMemory(std::uint8_t* base, bool is_64, std::uint64_t length, PageLookup lookup,
                               PageBuffers& buffers)
    : linear_{base, length, is_64 ? kMaximum64 : kMappedBytes, !lookup},
      lookup_(std::move(lookup)),
      buffers_(&buffers) {}

ContractMemory::~ContractMemory() { ::munmap(linear_.base, kMappedBytes); }

void ContractMemory::snapshot() {
    if (!lost_) close_pages();
    snapshots_.emplace_back();
}

// Everything is closed, so that the next access of each page is seen. Pages with a leaf stay readable.
void ContractMemory::close_pages() {
    for (const std::uint32_t page : writable_) {
        PageState& at = state(page);
        if (at.guard == Guard::write) protect(page, at, at.leaf ? Guard::read : Guard::none);
    }
    writable_.clear();
    for (const std::uint32_t page : touched_) {
        PageState& at = state(page);
        if (at.guard != Guard::none && !at.leaf) protect(page, at, Guard::none);
    }
    touched_.clear();
}

void ContractMemory::revert() {
    if (snapshots_.empty()) return;
    const Snapshot undone = std::move(snapshots_.back());
    snapshots_.pop_back();
    if (!undone.clean || lost_) return;
    for (const auto& [page, clean] : *undone.clean) restore(page, clean);
}

void ContractMemory::restore(std::uint32_t page, const CleanPage& clean) {
    PageState& at = state(page);
    const bool is_high = page >= kMappedPages;
    std::uint8_t* const bytes = content(page);
    const bool hit = !snapshots_.empty() && snapshots_.back().has_hit(page);
    const Guard guard = at.leaf || hit ? Guard::read : Guard::none;
    bool ok = true;
    switch (clean.kind) {
        case CleanPage::Kind::copy:
            ok = protect(page, at, Guard::write);
            if (ok) std::memcpy(bytes, clean.content.get(), kPageSize);
            break;
        case CleanPage::Kind::zeros:
            if (is_high) {
                std::memset(bytes, 0, kPageSize);
            } else {
                ok = ::madvise(bytes, kPageSize, MADV_DONTNEED) == 0;
            }
            break;
        case CleanPage::Kind::stored:
            ok = is_high ? read_place(*lookup_(page), bytes) : map_stored(page, at, guard);
            break;
    }
    if (clean.kind != CleanPage::Kind::copy && at.written) {
        at.written = false;
        buffers_->forget_written();
    }
    if (!ok || !protect(page, at, guard)) give_up();
    if (!at.leaf && guard == Guard::read) touched_.push_back(page);
}

void ContractMemory::apply() {
    if (snapshots_.empty()) return;
    Snapshot kept = std::move(snapshots_.back());
    snapshots_.pop_back();
    if (!kept.clean || lost_) return;
    if (!snapshots_.empty()) {
        std::unique_ptr<CleanPages>& into = snapshots_.back().clean;
        if (into) {
            into->merge(*kept.clean);  // where absent
        } else {
            into = std::move(kept.clean);
        }
        return;
    }
    for (const auto& [page, clean] : *kept.clean) {
        PageState& at = state(page);
        at.leaf = true;
        dirty_.insert(page);
        if (at.guard == Guard::none && !protect(page, at, Guard::read)) give_up();
    }
}

void ContractMemory::read(std::uint64_t offset, MutableByteView out) {
    for (std::size_t done = 0; done < out.size();) {
        const std::uint64_t at = offset + done;
        const auto page = static_cast<std::uint32_t>(at / kPageSize);
        const std::size_t count = std::min<std::size_t>(out.size() - done, kPageSize - at % kPageSize);
        if (!lost_ && !touch(page, false)) give_up();
        if (lost_) {
            std::ranges::fill(out.subspan(done), std::uint8_t{0});
            return;
        }
        std::memcpy(out.data() + done, content(page) + at % kPageSize, count);
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
        const auto page = static_cast<std::uint32_t>(at / kPageSize);
        const std::size_t count = std::min<std::size_t>(bytes.size() - done, kPageSize - at % kPageSize);
        if (!lost_ && !touch(page, true)) give_up();
        if (lost_) return;
        std::memcpy(content(page) + at % kPageSize, bytes.data() + done, count);
        done += count;
    }
}

bool ContractMemory::reads_zeros(std::uint64_t offset) {
    const auto page = static_cast<std::uint32_t>(offset / kPageSize);
    if (!lost_ && !touch(page, false)) give_up();
    if (lost_) return true;
    const PageState& at = state(page);
    return !at.stored && !at.written;
}

bool ContractMemory::handle_fault(std::uint64_t offset, bool is_write) {
    const auto page = static_cast<std::uint32_t>(offset / kPageSize);
    if (lost_) return open_lost(page);
    PageState& at = known_state(page);
    // A fault on a readable page can only be a write, whatever the system says.
    return fault(page, at, is_write || at.guard == Guard::read);
}

bool ContractMemory::touch(std::uint32_t page, bool is_write) {
    PageState& at = known_state(page);
    if (at.guard == Guard::write || (at.guard == Guard::read && !is_write)) return true;
    return fault(page, at, is_write);
}

// The reference sees two faults for a first write, one for a first read, and takes each fault of a page that was hit
// before for a write: after an undone inner frame also the first read of such a page.
bool ContractMemory::fault(std::uint32_t page, PageState& at, bool is_write) {
    if (!at.leaf && !snapshots_.empty()) {
        std::unique_ptr<PageSet>& hit = snapshots_.back().hit;
        if (!hit) hit = std::make_unique<PageSet>();
        const bool is_first = hit->insert(page).second;
        if (!is_first) is_write = true;
    }
    if (!at.leaf && at.guard == Guard::none) touched_.push_back(page);
    return is_write ? open_for_writing(page, at) : open_for_reading(page, at);
}

bool ContractMemory::open_for_reading(std::uint32_t page, PageState& at) { return protect(page, at, Guard::read); }

bool ContractMemory::open_for_writing(std::uint32_t page, PageState& at) {
    if (!protect(page, at, Guard::write)) return false;
    writable_.push_back(page);
    if (snapshots_.empty()) {
        at.leaf = true;
        dirty_.insert(page);
    } else if (!keep_clean(page, at)) {
        return false;
    }
    if (!at.written) {
        if (!buffers_->count_written()) return false;
        at.written = true;
    }
    return true;
}

bool ContractMemory::keep_clean(std::uint32_t page, PageState& at) {
    std::unique_ptr<CleanPages>& pages = snapshots_.back().clean;
    if (!pages) pages = std::make_unique<CleanPages>();
    const auto [entry, is_new] = pages->try_emplace(page);
    if (!is_new) return true;
    CleanPage& clean = entry->second;
    if (!at.written) {
        clean.kind = at.stored ? CleanPage::Kind::stored : CleanPage::Kind::zeros;
        return true;
    }
    clean.kind = CleanPage::Kind::copy;
    clean.content = buffers_->take();
    if (!clean.content) return false;
    std::memcpy(clean.content.get(), content(page), kPageSize);
    return true;
}

bool ContractMemory::protect(std::uint32_t page, PageState& at, Guard guard) {
    if (page >= kMappedPages) {
        if (content(page) == nullptr) return false;
        at.guard = guard;
        return true;
    }
    if (at.stored && !at.mapped) return map_stored(page, at, guard);
    if (at.guard == guard) return true;
    std::uint8_t* const bytes = linear_.base + std::size_t{page} * kPageSize;
    if (::mprotect(bytes, kPageSize, protection(guard != Guard::none, guard == Guard::write)) != 0) return false;
    at.guard = guard;
    return true;
}

bool ContractMemory::map_stored(std::uint32_t page, PageState& at, Guard guard) {
    const std::optional<PagePlace> place = lookup_(page);
    if (!place) return false;
    const int prot = protection(guard != Guard::none, guard == Guard::write);
    void* const bytes = ::mmap(linear_.base + std::size_t{page} * kPageSize, kPageSize, prot,
                               MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE, place->file, static_cast<off_t>(place->offset));
    if (bytes == MAP_FAILED) return false;
    at.mapped = true;
    at.guard = guard;
    return true;
}

bool ContractMemory::give_up() {
    lost_ = true;
    lost_window_.fill(kMappedPages);
    // One mapping instead of up to one for each page.
    return ::mmap(linear_.base, kMappedBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1,
                  0) != MAP_FAILED;
}

bool ContractMemory::open_lost(std::uint32_t page) {
    const auto at = [this](std::uint32_t index) { return linear_.base + std::size_t{index} * kPageSize; };
    std::uint32_t& oldest = lost_window_[lost_next_];
    lost_next_ = (lost_next_ + 1) % lost_window_.size();
    if (oldest != kMappedPages) {
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

const std::uint8_t* ContractMemory::page_content(std::uint32_t page) const {
    if (page < kMappedPages) return linear_.base + std::size_t{page} * kPageSize;
    return high_.at(page).content.get();
}

ContractMemory::PageState& ContractMemory::state(std::uint32_t page) {
    if (page >= kMappedPages) return high_[page].state;
    std::unique_ptr<Block>& block = blocks_[page / kBlockPages];
    if (!block) block = std::make_unique<Block>();
    return (*block)[page % kBlockPages];
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

// Null for a page above the mapping that there is no memory for.
std::uint8_t* ContractMemory::content(std::uint32_t page) {
    if (page < kMappedPages) return linear_.base + std::size_t{page} * kPageSize;
    HighPage& high = high_[page];
    if (!high.content) {
        high.content = buffers_->take();
        if (!high.content) return nullptr;
        std::memset(high.content.get(), 0, kPageSize);
        if (lookup_) {
            if (const auto place = lookup_(page); place && !read_place(*place, high.content.get())) {
                high.content.reset();
            }
        }
    }
    return high.content.get();
}

}  // namespace dusk::vm
