// What small blocks are repaired with, as plain sums: each repair symbol of a block of K source symbols is a sum of
// them with factors that depend on K alone. For few symbols that is less work than the steps of the library.
#pragma once

#include <memory>
#include <span>

#include "base/bytes.hpp"

namespace dusk::kadcast {

// The factors of the first repair symbols: kRows rows of `symbols` octets.
class RepairCoefficients {
  public:
    static constexpr std::uint32_t kRows = 64;
    static constexpr std::uint32_t kMostSymbols = 1024;

    // Remembered in the process for the numbers that were used last, up to 8 MB. `symbols`: 1 to kMostSymbols.
    [[nodiscard]] static std::shared_ptr<const RepairCoefficients> of(std::uint32_t symbols);
    // Whether all of these repair symbols (identifiers from `symbols` up) are among the rows, and few enough for the
    // sums to be worth it.
    [[nodiscard]] static bool serves(std::uint32_t symbols, std::span<const std::uint32_t> ids);

    explicit RepairCoefficients(std::uint32_t symbols);
    [[nodiscard]] ByteView row(std::uint32_t id) const {
        return ByteView(factors_).subspan(std::size_t{id - symbols_} * symbols_, symbols_);
    }
    [[nodiscard]] std::size_t bytes() const { return factors_.size(); }

  private:
    std::uint32_t symbols_;
    Bytes factors_;
};

}  // namespace dusk::kadcast
