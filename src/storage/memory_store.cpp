#include "storage/memory_store.hpp"

#include <algorithm>
#include <cassert>
#include <cerrno>

namespace dusk::storage {
namespace {

StorageFailure ended() { return system_failure("store in memory", EIO); }

}  // namespace

bool MemoryStore::Less::operator()(ByteView a, ByteView b) const {
    const std::size_t common = std::min(a.size(), b.size());
    const int order = common == 0 ? 0 : std::memcmp(a.data(), b.data(), common);
    return order != 0 ? order < 0 : a.size() < b.size();
}

StorageResult<std::optional<Bytes>> MemoryStore::get(ByteView key) {
    if (stopped_) return fail(ended());
    const auto found = values_.find(key);
    return found == values_.end() ? std::nullopt : std::optional(found->second);
}

StorageResult<void> MemoryStore::write(const WriteBatch& batch, Sync sync) {
    if (stopped_) return fail(ended());
    stopped_ = stop_at_ == writes_;
    if (!stopped_ || stop_ == Stop::after) apply(batch, stopped_ ? Sync::no : sync);
    if (stopped_) return fail(ended());
    return {};
}

void MemoryStore::apply(const WriteBatch& batch, Sync sync) {
    ++writes_;
    std::vector<WriteBatch::Change> undo;
    for (const auto& [key, value] : batch.changes()) {
        const auto found = values_.find(key);
        const bool known = found != values_.end();
        undo.push_back({key, known ? std::optional(std::move(found->second)) : std::nullopt});
        if (value && known) {
            found->second = *value;
        } else if (value) {
            values_.emplace(key, *value);
        } else if (known) {
            values_.erase(found);
        }
    }
    std::ranges::reverse(undo);
    undo_.push_back(std::move(undo));
    if (sync == Sync::yes) undo_.clear();
}

StorageResult<void> MemoryStore::scan(const KeyRange& range, Order order, const Visit& visit) {
    if (stopped_) return fail(ended());
    const auto begin = values_.lower_bound(range.begin);
    const auto end = Less()(range.begin, range.end) ? values_.lower_bound(range.end) : begin;
    if (order == Order::ascending) {
        for (auto at = begin; at != end && visit(at->first, at->second); ++at) {
        }
    } else {
        for (auto at = end; at != begin && visit(std::prev(at)->first, std::prev(at)->second); --at) {
        }
    }
    return {};
}

void MemoryStore::crash(std::size_t lost) {
    assert(lost <= undo_.size());
    for (; lost > 0; --lost) {
        for (auto& [key, value] : undo_.back()) {
            if (value) {
                values_.insert_or_assign(key, std::move(*value));
            } else {
                values_.erase(key);
            }
        }
        undo_.pop_back();
    }
    undo_.clear();  // what has survived is on the disk
    stopped_ = false;
    stop_at_.reset();
}

void MemoryStore::stop_at(std::uint64_t writes, Stop how) {
    stop_at_ = writes_ + writes;
    stop_ = how;
}

}  // namespace dusk::storage
