// Takes the input of a target apart: the steps of a run.
#pragma once

#include <algorithm>

#include "base/bytes.hpp"

namespace dusk::fuzz {

class Input {
  public:
    Input(const std::uint8_t* data, std::size_t size) : bytes_(data, size) {}

    [[nodiscard]] bool is_empty() const { return bytes_.empty(); }
    // 0 where there are no more.
    std::uint8_t next() {
        if (bytes_.empty()) return 0;
        const std::uint8_t out = bytes_.front();
        bytes_ = bytes_.subspan(1);
        return out;
    }
    // As many as there are, up to `most`.
    ByteView take(std::size_t most) {
        const ByteView out = bytes_.first(std::min(most, bytes_.size()));
        bytes_ = bytes_.subspan(out.size());
        return out;
    }
    // Behind two bytes with their number.
    ByteView take_counted() {
        const std::size_t low = next();
        return take(low + std::size_t{256} * next());
    }

  private:
    ByteView bytes_;
};

}  // namespace dusk::fuzz
