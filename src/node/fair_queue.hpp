// What waits for work that may take long: a queue of bounded size with a part for each of those it comes from. Next is
// the oldest of whoever has had the least work done, and what finds no room takes that of whoever has the most waiting.
// So who brings much keeps nobody waiting but himself.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace dusk::node {

struct QueueLimits {
    std::size_t items = 0;  // of all together
    std::size_t bytes = 0;
};

// Each call but `take_if` is linear in the number of sources. As many are remembered as have something waiting, and
// those who had more work done than others for as long as anything waits.
template <class Source, class Item>
class FairQueue {
  public:
    explicit FairQueue(const QueueLimits& limits) : limits_(limits) {}

    // What there is no room for: nothing, or the newest of whoever has the most, or the item itself.
    [[nodiscard]] std::vector<Item> add(const Source& from, Item item, std::size_t bytes) {
        std::vector<Item> dropped;
        while (items_ >= limits_.items || bytes_ + bytes > limits_.bytes) {
            Part* const fullest = fullest_but(from);
            const Part* const own = part_of(from);
            const auto own_weight =
                weight(own == nullptr ? 1 : own->items.size() + 1, (own == nullptr ? 0 : own->bytes) + bytes);
            if (fullest == nullptr || weight(fullest->items.size(), fullest->bytes) <= own_weight) {
                dropped.push_back(std::move(item));
                return dropped;
            }
            dropped.push_back(remove(*fullest, std::prev(fullest->items.end())));
        }
        // Who comes anew, or had nothing here for a while, begins where the others are.
        Part& part = parts_.try_emplace(from).first->second;
        if (part.items.empty()) part.work = std::max(part.work, least_work_);
        part.items.push_back({std::move(item), bytes});
        part.bytes += bytes;
        ++items_;
        bytes_ += bytes;
        return dropped;
    }

    // Whose turn it is; null where nothing waits.
    [[nodiscard]] const Source* next() const {
        const Source* out = nullptr;
        const Part* least = nullptr;
        for (const auto& [source, part] : parts_) {
            if (part.items.empty() || (least != nullptr && part.work >= least->work)) continue;
            out = &source;
            least = &part;
        }
        return out;
    }
    struct Taken {
        Source from{};
        Item item{};
    };
    [[nodiscard]] std::optional<Taken> take() {
        const Source* const source = next();
        if (source == nullptr) return {};
        Part& part = parts_.find(*source)->second;
        least_work_ = part.work;
        Taken out{*source, remove(part, part.items.begin())};
        forget_some();
        return out;
    }
    // The work on something of this source, in any unit that is the same for all of them.
    void charge(const Source& from, std::uint64_t work) {
        if (Part* const part = part_of(from)) part->work += work;
    }
    // The first of a source of which `is_wanted`, out of its turn.
    template <class IsWanted>
    [[nodiscard]] std::optional<Item> take_if(const Source& from, const IsWanted& is_wanted) {
        Part* const part = part_of(from);
        if (part == nullptr) return {};
        const auto found = std::ranges::find_if(part->items, is_wanted, &Waiting::item);
        if (found == part->items.end()) return {};
        return remove(*part, found);
    }
    void clear() {
        parts_.clear();
        items_ = bytes_ = 0;
        least_work_ = 0;
    }

    [[nodiscard]] bool empty() const { return items_ == 0; }
    [[nodiscard]] std::size_t size() const { return items_; }
    // Of one source.
    [[nodiscard]] std::size_t size_of(const Source& from) const {
        const Part* const part = part_of(from);
        return part == nullptr ? 0 : part->items.size();
    }
    [[nodiscard]] std::size_t bytes_of(const Source& from) const {
        const Part* const part = part_of(from);
        return part == nullptr ? 0 : part->bytes;
    }

  private:
    static constexpr std::size_t kManyParts = 256;

    struct Waiting {
        Item item;
        std::size_t bytes = 0;
    };
    struct Part {
        std::deque<Waiting> items{};
        std::size_t bytes = 0;
        std::uint64_t work = 0;
    };

    // By the limit that is nearer.
    [[nodiscard]] double weight(std::size_t items, std::size_t bytes) const {
        return std::max(static_cast<double>(items) / static_cast<double>(std::max<std::size_t>(limits_.items, 1)),
                        static_cast<double>(bytes) / static_cast<double>(std::max<std::size_t>(limits_.bytes, 1)));
    }
    [[nodiscard]] Part* part_of(const Source& from) {
        const auto found = parts_.find(from);
        return found == parts_.end() ? nullptr : &found->second;
    }
    [[nodiscard]] const Part* part_of(const Source& from) const {
        const auto found = parts_.find(from);
        return found == parts_.end() ? nullptr : &found->second;
    }
    [[nodiscard]] Part* fullest_but(const Source& from) {
        Part* out = nullptr;
        for (auto& [source, part] : parts_) {
            if (source == from || part.items.empty()) continue;
            if (out == nullptr || weight(part.items.size(), part.bytes) > weight(out->items.size(), out->bytes))
                out = &part;
        }
        return out;
    }
    Item remove(Part& part, typename std::deque<Waiting>::iterator at) {
        Waiting out = std::move(*at);
        part.items.erase(at);
        part.bytes -= out.bytes;
        bytes_ -= out.bytes;
        --items_;
        return std::move(out.item);
    }
    // Those that have nothing here and are not ahead of the others are as good as new.
    void forget_some() {
        if (items_ == 0) return clear();
        if (parts_.size() < kManyParts) return;
        std::erase_if(parts_,
                      [&](const auto& one) { return one.second.items.empty() && one.second.work <= least_work_; });
    }

    QueueLimits limits_;
    std::map<Source, Part> parts_{};
    std::size_t items_ = 0;
    std::size_t bytes_ = 0;
    std::uint64_t least_work_ = 0;  // of whoever had its turn last
};

}  // namespace dusk::node
