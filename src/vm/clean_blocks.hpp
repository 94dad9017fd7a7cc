// What blocks held before they were written: one list per snapshot.
#pragma once

#include <algorithm>
#include <cstdint>
#include <unordered_set>
#include <vector>

#include "vm/block_buffers.hpp"

namespace dusk::vm {

struct CleanBlock {
    enum class Kind : std::uint8_t {
        zeros,   // never written, and no part of the stored state
        stored,  // never written: as the stored state has it
        copy,    // `content`
    };
    std::uint32_t block = 0;  // its index in the memory
    Kind kind = Kind::zeros;
    BlockBuffer content{};
};

// A list without repetitions. Most hold a few blocks, so that an index is only made for long ones.
class CleanBlocks {
  public:
    [[nodiscard]] bool contains(std::uint32_t block) const {
        if (!index_.empty()) return index_.contains(block);
        return std::ranges::any_of(blocks_, [&](const CleanBlock& clean) { return clean.block == block; });
    }
    // For a block that is not there.
    void add(CleanBlock clean) {
        blocks_.push_back(std::move(clean));
        if (!index_.empty()) {
            index_.insert(blocks_.back().block);
        } else if (blocks_.size() > kIndexed) {
            for (const CleanBlock& each : blocks_) index_.insert(each.block);
        }
    }
    // Takes over those that are not there.
    void add_absent(CleanBlocks&& other) {
        for (CleanBlock& clean : other.blocks_) {
            if (!contains(clean.block)) add(std::move(clean));
        }
    }
    [[nodiscard]] const std::vector<CleanBlock>& all() const { return blocks_; }
    [[nodiscard]] bool is_empty() const { return blocks_.empty(); }

  private:
    static constexpr std::size_t kIndexed = 32;

    std::vector<CleanBlock> blocks_;
    std::unordered_set<std::uint32_t> index_;
};

}  // namespace dusk::vm
