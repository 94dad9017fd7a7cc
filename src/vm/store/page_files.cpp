#include "vm/store/page_files.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <bit>

namespace dusk::vm {
namespace {

constexpr unsigned kWordBits = 64;

std::uint64_t offset_in_segment(Slot slot) { return std::uint64_t{slot % PageFiles::kSlotsPerSegment} * kPageSize; }

}  // namespace

StoredPage::~StoredPage() {
    if (slot_) files_->give_back(*this);
}

int StoredPage::descriptor() const { return files_->segment_of(*slot_).descriptor(); }
std::string StoredPage::file_name() const { return files_->segment_name(*slot_); }
std::uint64_t StoredPage::offset() const { return offset_in_segment(*slot_); }

Result<void, StoreFailure> StoredPage::read(MutableByteView out) const {
    const auto got = files_->segment_of(*slot_).read_at(out.first(kPageSize), offset());
    if (!got) return fail(system_failure(files_->segment_name(*slot_), got.error()));
    if (*got == kPageSize) return {};
    return fail(
        StoreFailure{.kind = StoreError::damaged_page, .file = files_->segment_name(*slot_), .offset = offset()});
}

Result<std::shared_ptr<PageFiles>, StoreFailure> PageFiles::open(FileSystem& system, std::filesystem::path folder) {
    const std::shared_ptr<PageFiles> files(new PageFiles(system, std::move(folder)));
    while (true) {
        const auto path = files->segment_path(files->segments_.size());
        auto file = system.open(path, FileSystem::Open::existing);
        if (!file && file.error() == ENOENT) return files;
        if (!file) return fail(system_failure(path.string(), file.error()));
        const auto size = (*file)->size();
        if (!size) return fail(system_failure(path.string(), size.error()));
        files->segments_.push_back(std::move(*file));
        files->slots_at_open_.push_back(*size / kPageSize);
    }
}

std::filesystem::path PageFiles::segment_path(std::size_t segment) const {
    return folder_ / fmt::format("pages.{}", segment);
}

std::string PageFiles::segment_name(Slot slot) const { return segment_path(slot / kSlotsPerSegment).string(); }

File& PageFiles::segment_of(Slot slot) const {
    const std::scoped_lock lock(mutex_);
    return *segments_[slot / kSlotsPerSegment];
}

std::shared_ptr<StoredPage> PageFiles::page(const Hash& hash) {
    {
        const std::scoped_lock lock(mutex_);
        if (const auto known = by_hash_.find(hash); known != by_hash_.end()) {
            if (auto page = known->second.reference.lock()) return page;
        }
    }
    return std::make_shared<StoredPage>(hash, shared_from_this());
}

std::shared_ptr<StoredPage> PageFiles::adopt(const Hash& hash, Slot slot) {
    std::shared_ptr<StoredPage> held;  // goes away, if it must, without the lock
    const std::scoped_lock lock(mutex_);
    const std::size_t segment = slot / kSlotsPerSegment;
    if (segment >= slots_at_open_.size() || slot % kSlotsPerSegment >= slots_at_open_[segment]) return nullptr;
    if (const auto known = by_slot_.find(slot); known != by_slot_.end()) {
        held = known->second.reference.lock();
        if (held && held->hash == hash) return held;
        if (held && !claims_differ_) return nullptr;
    }
    auto page = std::make_shared<StoredPage>(hash, shared_from_this());
    page->slot_ = slot;
    page->indexed_ = true;
    by_slot_[slot] = {.page = page.get(), .reference = page};
    by_hash_[hash] = {.page = page.get(), .reference = page};
    if (used_.size() <= slot / kWordBits) used_.resize(slot / kWordBits + 1);
    used_[slot / kWordBits] |= std::uint64_t{1} << (slot % kWordBits);
    ++used_count_;
    return page;
}

void PageFiles::end_adoption() {
    const std::scoped_lock lock(mutex_);
    by_slot_ = {};
    adopting_ = false;
}

void PageFiles::give_back(const StoredPage& page) {
    const std::scoped_lock lock(mutex_);
    const Slot slot = page.slot();
    used_[slot / kWordBits] &= ~(std::uint64_t{1} << (slot % kWordBits));
    first_free_word_ = std::min<std::size_t>(first_free_word_, slot / kWordBits);
    --used_count_;
    if (!page.indexed_) return;
    const auto known = by_hash_.find(page.hash);
    if (known != by_hash_.end() && known->second.page == &page) by_hash_.erase(known);
    if (!adopting_) return;
    const auto placed = by_slot_.find(slot);
    if (placed != by_slot_.end() && placed->second.page == &page) by_slot_.erase(placed);
}

// The lowest one. The lock is held.
Slot PageFiles::take_free_slot() {
    while (first_free_word_ < used_.size() && used_[first_free_word_] == ~std::uint64_t{0}) ++first_free_word_;
    if (first_free_word_ == used_.size()) used_.push_back(0);
    std::uint64_t& word = used_[first_free_word_];
    const auto bit = static_cast<unsigned>(std::countr_one(word));
    word |= std::uint64_t{1} << bit;
    ++used_count_;
    return static_cast<Slot>(first_free_word_ * kWordBits + bit);
}

// The lock is held.
Result<void, StoreFailure> PageFiles::ensure_segments(Slot last) {
    while (segments_.size() <= last / kSlotsPerSegment) {
        const auto path = segment_path(segments_.size());
        auto file = system_.open(path, FileSystem::Open::create);
        if (!file) return fail(system_failure(path.string(), file.error()));
        segments_.push_back(std::move(*file));
        if (const auto named = system_.sync_folder(folder_); !named) {
            return fail(system_failure(folder_.string(), named.error()));
        }
    }
    return {};
}

// Pages whose slots follow one another in one segment.
Result<void, StoreFailure> PageFiles::write_run(std::span<const Content> pages) {
    std::vector<ByteView> pieces;
    pieces.reserve(pages.size());
    for (const Content& content : pages) pieces.emplace_back(content.bytes, kPageSize);
    const Slot first = pages.front().page->slot();
    const auto written = segment_of(first).write_at(pieces, offset_in_segment(first));
    if (!written) return fail(system_failure(segment_name(first), written.error()));
    return {};
}

Result<void, StoreFailure> PageFiles::write(std::span<const Content> pages, bool sync, Executor& executor) {
    constexpr std::size_t kMostPerRun = 64;
    if (pages.empty()) return {};
    const auto undo = [&](const StoreFailure& failure) {
        for (const Content& content : pages) {
            if (!content.page->slot_) continue;
            give_back(*content.page);
            content.page->slot_.reset();
        }
        return fail(failure);
    };
    {
        std::unique_lock lock(mutex_);
        for (const Content& content : pages) content.page->slot_ = take_free_slot();
        const auto there = ensure_segments(pages.back().page->slot());
        lock.unlock();
        if (!there) return undo(there.error());
    }
    std::vector<std::span<const Content>> runs;
    for (std::size_t at = 0; at < pages.size();) {
        std::size_t count = 1;
        while (at + count < pages.size() && count < kMostPerRun) {
            const Slot slot = pages[at + count].page->slot();
            if (slot != pages[at].page->slot() + count || slot % kSlotsPerSegment == 0) break;
            ++count;
        }
        runs.push_back(pages.subspan(at, count));
        at += count;
    }
    std::vector<Result<void, StoreFailure>> results(runs.size());
    if (runs.size() == 1) {
        results[0] = write_run(runs[0]);
    } else {
        executor.parallel_for(runs.size(), [&](std::size_t i) { results[i] = write_run(runs[i]); });
    }
    for (const auto& result : results) {
        if (!result) return undo(result.error());
    }
    if (!sync) return {};
    std::size_t synced = segments_.size();  // the segment that was synced last
    for (const Content& content : pages) {
        const std::size_t segment = content.page->slot() / kSlotsPerSegment;
        if (std::exchange(synced, segment) == segment) continue;
        if (const auto done = segment_of(content.page->slot()).sync(); !done) {
            return undo(system_failure(segment_name(content.page->slot()), done.error()));
        }
    }
    return {};
}

void PageFiles::publish(std::span<const Content> pages) {
    const std::scoped_lock lock(mutex_);
    for (const Content& content : pages) {
        by_hash_[content.page->hash] = {.page = content.page.get(), .reference = content.page};
        content.page->indexed_ = true;
    }
}

Result<Slot, StoreFailure> PageFiles::copy_down(Slot from) {
    Slot to = 0;
    {
        const std::scoped_lock lock(mutex_);
        to = take_free_slot();
        if (const auto there = ensure_segments(to); !there) return fail(there.error());
    }
    Bytes content(kPageSize);
    const auto got = segment_of(from).read_at(content, offset_in_segment(from));
    if (!got) return fail(system_failure(segment_name(from), got.error()));
    const ByteView piece = content;
    const auto written = segment_of(to).write_at({&piece, 1}, offset_in_segment(to));
    if (!written) return fail(system_failure(segment_name(to), written.error()));
    return to;
}

Result<void, StoreFailure> PageFiles::sync() {
    const std::scoped_lock lock(mutex_);
    for (std::size_t i = 0; i < segments_.size(); ++i) {
        if (const auto done = segments_[i]->sync(); !done) {
            return fail(system_failure(segment_path(i).string(), done.error()));
        }
    }
    return {};
}

Result<void, StoreFailure> PageFiles::shrink(Slot slots) {
    const std::scoped_lock lock(mutex_);
    const std::size_t keep = (std::size_t{slots} + kSlotsPerSegment - 1) / kSlotsPerSegment;
    while (segments_.size() > keep) {
        segments_.pop_back();
        const auto path = segment_path(segments_.size());
        if (const auto gone = system_.remove(path); !gone) return fail(system_failure(path.string(), gone.error()));
    }
    const std::uint64_t rest =
        std::uint64_t{slots} * kPageSize - (keep == 0 ? 0 : keep - 1) * kSlotsPerSegment * kPageSize;
    if (keep == 0) return {};
    if (const auto cut = segments_.back()->resize(rest); !cut) {
        return fail(system_failure(segment_path(keep - 1).string(), cut.error()));
    }
    return {};
}

PageFiles::Usage PageFiles::usage() const {
    const std::scoped_lock lock(mutex_);
    Usage usage{.used = used_count_};
    for (const auto& segment : segments_) usage.capacity += segment->size().value_or(0) / kPageSize;
    return usage;
}

}  // namespace dusk::vm
