#include "kadcast/repair_coefficients.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <numeric>
#include <vector>

#include "kadcast/source_block.hpp"

namespace dusk::kadcast {
namespace {

// Above, the library's steps, whose number grows with the block alone, are fewer.
constexpr std::size_t kMostSums = 40;
constexpr std::size_t kMostRemembered = std::size_t{8} << 20;

struct Remembered {
    std::shared_ptr<const RepairCoefficients> coefficients;
    std::uint64_t used = 0;
};

class Memory {
  public:
    std::shared_ptr<const RepairCoefficients> find(std::uint32_t symbols) {
        const std::scoped_lock lock(mutex_);
        const auto found = all_.find(symbols);
        if (found == all_.end()) return nullptr;
        found->second.used = ++clock_;
        return found->second.coefficients;
    }
    void put(std::uint32_t symbols, std::shared_ptr<const RepairCoefficients> coefficients) {
        const std::scoped_lock lock(mutex_);
        const std::size_t bytes = coefficients->bytes();
        if (!all_.try_emplace(symbols, Remembered{std::move(coefficients), ++clock_}).second) return;
        bytes_ += bytes;
        while (bytes_ > kMostRemembered && all_.size() > 1) {
            const auto oldest = std::ranges::min_element(all_, {}, [](const auto& entry) { return entry.second.used; });
            bytes_ -= oldest->second.coefficients->bytes();
            all_.erase(oldest);
        }
    }

  private:
    std::mutex mutex_;
    std::map<std::uint32_t, Remembered> all_;
    std::size_t bytes_ = 0;
    std::uint64_t clock_ = 0;
};

}  // namespace

// The factors of a symbol show where it is a unit vector.
RepairCoefficients::RepairCoefficients(std::uint32_t symbols) : symbols_(symbols) {
    Bytes units(std::size_t{symbols} * symbols);
    for (std::size_t i = 0; i < symbols; ++i) units[i * symbols + i] = 1;
    std::vector<std::uint32_t> ids(kRows);
    std::iota(ids.begin(), ids.end(), symbols);
    factors_ = repair_symbols_by_library(units, static_cast<std::uint16_t>(symbols), ids);
}

std::shared_ptr<const RepairCoefficients> RepairCoefficients::of(std::uint32_t symbols) {
    static Memory memory;
    if (auto found = memory.find(symbols)) return found;
    auto made = std::make_shared<const RepairCoefficients>(symbols);
    memory.put(symbols, made);
    return made;
}

bool RepairCoefficients::serves(std::uint32_t symbols, std::span<const std::uint32_t> ids) {
    return symbols <= kMostSymbols && ids.size() <= kMostSums &&
           std::ranges::all_of(ids, [&](std::uint32_t id) { return id - symbols < kRows; });
}

}  // namespace dusk::kadcast
