// Which accesses open which pages, and what snapshots remember: the rules of spec/vm.md §5.2 and §5.4.
#include <algorithm>
#include <bit>
#include <cstring>

#include "vm/memory.hpp"

namespace dusk::vm {
namespace {

constexpr std::uint16_t bit(std::uint32_t block) { return static_cast<std::uint16_t>(1U << (block % kPageBlocks)); }

template <class F>
void for_each_block(std::uint32_t page, std::uint16_t blocks, F&& f) {
    for (std::uint32_t rest = blocks; rest != 0; rest &= rest - 1) {
        f(page * kPageBlocks + static_cast<std::uint32_t>(std::countr_zero(rest)));
    }
}

}  // namespace

void ContractMemory::snapshot() {
    if (!lost_) close_pages();
    snapshots_.emplace_back();
    if (!lost_) keep_hot_blocks();
}

// What is open is closed, so that the next access is seen. Pages with a leaf stay readable.
void ContractMemory::close_pages() {
    for (const std::uint32_t page : open_pages_) {
        PageState& at = state(page);
        if (at.guard == Guard::write) protect(page, at, at.leaf ? Guard::read : Guard::none);
    }
    open_pages_.clear();
    for (const std::uint32_t page : touched_) {
        PageState& at = state(page);
        if (at.guard != Guard::none && !at.leaf) protect(page, at, Guard::none);
    }
    touched_.clear();
    std::erase_if(open_blocks_,
                  [this](std::uint32_t block) { return (state(block / kPageBlocks).open & bit(block)) == 0; });
    if (open_blocks_.size() <= kMostHot) return;
    for (const std::uint32_t block : open_blocks_) {
        protect_block(block, Guard::read);
        state(block / kPageBlocks).open &= static_cast<std::uint16_t>(~bit(block));
    }
    open_blocks_.clear();
}

void ContractMemory::keep_hot_blocks() {
    for (const std::uint32_t block : open_blocks_) {
        const std::uint32_t page = block / kPageBlocks;
        if (!keep_clean(page, state(page), bit(block))) {
            give_up();
            return;
        }
    }
}

bool ContractMemory::keep_clean(std::uint32_t page, PageState& at, std::uint16_t blocks) {
    if (snapshots_.empty()) return true;
    std::unique_ptr<CleanBlocks>& clean = snapshots_.back().clean;
    if (!clean) clean = std::make_unique<CleanBlocks>();
    bool ok = true;
    for_each_block(page, blocks, [&](std::uint32_t block) {
        if (!ok || clean->contains(block)) return;
        if ((at.written & bit(block)) == 0) {
            clean->add({block, at.stored ? CleanBlock::Kind::stored : CleanBlock::Kind::zeros, {}});
            return;
        }
        BlockBuffer copy = buffers_->take();
        ok = copy != nullptr;
        if (!ok) return;
        std::memcpy(copy.get(), content(page) + block % kPageBlocks * kBlockSize, kBlockSize);
        clean->add({block, CleanBlock::Kind::copy, std::move(copy)});
    });
    return ok;
}

bool ContractMemory::touch(std::uint64_t offset, std::size_t size, bool is_write) {
    const auto page = static_cast<std::uint32_t>(offset / kPageSize);
    const auto first = static_cast<std::uint32_t>(offset % kPageSize / kBlockSize);
    const auto last = static_cast<std::uint32_t>((offset + size - 1) % kPageSize / kBlockSize);
    const auto blocks = static_cast<std::uint16_t>((2U << last) - (1U << first));
    const PageState& at = known_state(page);
    if (at.guard == Guard::write || (at.guard == Guard::read && (!is_write || (blocks & ~at.open) == 0))) return true;
    return fault(page, blocks, is_write);
}

bool ContractMemory::handle_fault(std::uint64_t offset, bool is_write) {
    const auto page = static_cast<std::uint32_t>(offset / kPageSize);
    if (lost_) return open_lost(page);
    // A fault on a readable page can only be a write, whatever the system says.
    const Guard guard = known_state(page).guard;
    is_write = is_write || guard == Guard::read;
    return fault(page, bit(static_cast<std::uint32_t>(offset / kBlockSize)), is_write);
}

// The reference sees two faults for a first write, one for a first read, and takes each fault of a page that was hit
// before for a write: after an undone inner frame also the first read of such a page.
bool ContractMemory::fault(std::uint32_t page, std::uint16_t blocks, bool is_write) {
    PageState& at = state(page);
    if (!at.leaf) {
        if (!snapshots_.empty()) {
            auto& hit = snapshots_.back().hit;
            if (!hit) hit = std::make_unique<std::unordered_set<std::uint32_t>>();
            const bool is_first = hit->insert(page).second;
            if (hit->size() > kMostHit) return false;
            if (!is_first) is_write = true;
        }
        if (at.guard == Guard::none) touched_.push_back(page);
    }
    if (!is_write) return protect(page, at, Guard::read);
    const auto closed = static_cast<std::uint16_t>(blocks & ~at.open);
    const bool in_blocks = at.leaf && !snapshots_.empty() &&
                           open_blocks_.size() + static_cast<std::size_t>(std::popcount(closed)) <= kMostOpenBlocks;
    return in_blocks ? open_blocks(page, at, closed) : open_page(page, at);
}

bool ContractMemory::open_page(std::uint32_t page, PageState& at) {
    if (!protect(page, at, Guard::write)) return false;
    open_pages_.push_back(page);
    at.open = 0;
    if (snapshots_.empty()) {
        at.leaf = true;
        dirty_.insert(page);
    }
    if (!keep_clean(page, at, kAllBlocks)) return false;
    const auto fresh = static_cast<std::size_t>(std::popcount(static_cast<std::uint16_t>(~at.written)));
    if (!buffers_->count_written(fresh)) return false;
    at.written = kAllBlocks;
    return true;
}

bool ContractMemory::open_blocks(std::uint32_t page, PageState& at, std::uint16_t blocks) {
    if (at.guard == Guard::none && !protect(page, at, Guard::read)) return false;
    if (!keep_clean(page, at, blocks)) return false;
    const auto fresh = static_cast<std::size_t>(std::popcount(static_cast<std::uint16_t>(blocks & ~at.written)));
    if (!buffers_->count_written(fresh)) return false;
    bool ok = true;
    for_each_block(page, blocks, [&](std::uint32_t block) {
        ok = ok && protect_block(block, Guard::write);
        open_blocks_.push_back(block);
    });
    at.open |= blocks;
    at.written |= blocks;
    return ok;
}

void ContractMemory::apply() {
    if (snapshots_.empty()) return;
    Snapshot kept = std::move(snapshots_.back());
    snapshots_.pop_back();
    if (!kept.clean || lost_) return;
    if (!snapshots_.empty()) {
        std::unique_ptr<CleanBlocks>& into = snapshots_.back().clean;
        if (into) {
            into->add_absent(std::move(*kept.clean));
        } else {
            into = std::move(kept.clean);
        }
        return;
    }
    std::uint32_t previous = ~std::uint32_t{0};
    for (const CleanBlock& clean : kept.clean->all()) {
        const std::uint32_t page = clean.block / kPageBlocks;
        if (page == previous) continue;
        previous = page;
        PageState& at = state(page);
        at.leaf = true;
        dirty_.insert(page);
        if (at.guard == Guard::none && !protect(page, at, Guard::read)) give_up();
    }
}

void ContractMemory::revert() {
    if (snapshots_.empty()) return;
    const Snapshot undone = std::move(snapshots_.back());
    snapshots_.pop_back();
    if (!undone.clean || lost_) return;
    for (const CleanBlock& clean : undone.clean->all()) {
        if (!(state(clean.block / kPageBlocks).leaf ? restore_block(clean) : restore_of_page(clean))) {
            give_up();
            return;
        }
    }
    // Whole pages were opened after the snapshot that is gone: it closed all.
    for (const std::uint32_t page : open_pages_) {
        PageState& at = state(page);
        if (at.leaf && at.guard == Guard::write && !protect(page, at, Guard::read)) give_up();
    }
    open_pages_.clear();
}

// A block of a page with a leaf. It stays open where the snapshot that is the last one now has kept it too, or before
// the first one: then its next content counts as written, whoever writes it.
bool ContractMemory::restore_block(const CleanBlock& clean) {
    const std::uint32_t page = clean.block / kPageBlocks;
    PageState& at = state(page);
    const bool is_open = (at.open & bit(clean.block)) != 0;
    const bool stays =
        is_open && (snapshots_.empty() || (snapshots_.back().clean && snapshots_.back().clean->contains(clean.block)));
    if (clean.kind == CleanBlock::Kind::copy) {
        const bool closed = !is_open && at.guard != Guard::write;
        if (closed && !protect_block(clean.block, Guard::write)) return false;
        std::memcpy(content(page) + std::size_t{clean.block % kPageBlocks} * kBlockSize, clean.content.get(),
                    kBlockSize);
        if ((closed || (is_open && !stays)) && !protect_block(clean.block, Guard::read)) return false;
    } else {
        if (!restore_first(clean.block)) return false;
        if (is_open && !stays && !protect_block(clean.block, Guard::read)) return false;
        if (!stays) forget_written(at, bit(clean.block));
    }
    if (!stays) at.open &= static_cast<std::uint16_t>(~bit(clean.block));
    return true;
}

// The blocks of a page without a leaf come together, in order and of one kind.
bool ContractMemory::restore_of_page(const CleanBlock& clean) {
    const std::uint32_t page = clean.block / kPageBlocks;
    const std::uint32_t in_page = clean.block % kPageBlocks;
    PageState& at = state(page);
    if (in_page == 0 && !protect(page, at, Guard::write)) return false;
    if (clean.kind == CleanBlock::Kind::copy) {
        std::memcpy(content(page) + std::size_t{in_page} * kBlockSize, clean.content.get(), kBlockSize);
    } else {
        if (!restore_first(clean.block)) return false;
        forget_written(at, bit(clean.block));
    }
    if (in_page != kPageBlocks - 1) return true;
    const bool hit = !snapshots_.empty() && snapshots_.back().hit && snapshots_.back().hit->contains(page);
    if (hit) touched_.push_back(page);
    return protect(page, at, hit ? Guard::read : Guard::none);
}

void ContractMemory::forget_written(PageState& at, std::uint16_t blocks) {
    buffers_->forget_written(static_cast<std::size_t>(std::popcount(static_cast<std::uint16_t>(at.written & blocks))));
    at.written &= static_cast<std::uint16_t>(~blocks);
}

}  // namespace dusk::vm
