// Which gadget made a row, for messages: "transfer/input 0/range".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dusk::plonk {

class GadgetMap {
  public:
    // From this row and witness on the gadget named so is at work, inside the one before.
    void enter(std::uint32_t row, std::uint32_t witness, std::string_view name);
    void leave(std::uint32_t row, std::uint32_t witness);

    // The names from the outermost gadget to the innermost; empty for a row outside all.
    [[nodiscard]] std::string_view path_of_row(std::uint32_t row) const;

    // Where a path starts or is returned to.
    struct Mark {
        std::uint32_t row;
        std::uint32_t witness;
        std::string path;
    };
    [[nodiscard]] const std::vector<Mark>& marks() const { return marks_; }

  private:
    std::vector<Mark> marks_;        // ascending rows; of equal rows the last one counts
    std::vector<std::size_t> open_;  // lengths of the paths around the current one
};

}  // namespace dusk::plonk
