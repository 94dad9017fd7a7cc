#include "plonk/gadget_map.hpp"

#include <algorithm>

namespace dusk::plonk {

void GadgetMap::enter(std::uint32_t row, std::uint32_t witness, std::string_view name) {
    std::string path = marks_.empty() ? std::string() : marks_.back().path;
    open_.push_back(path.size());
    if (!path.empty()) path += '/';
    path += name;
    marks_.push_back({row, witness, std::move(path)});
}

void GadgetMap::leave(std::uint32_t row, std::uint32_t witness) {
    std::string path = marks_.back().path.substr(0, open_.back());
    open_.pop_back();
    marks_.push_back({row, witness, std::move(path)});
}

std::string_view GadgetMap::path_of_row(std::uint32_t row) const {
    const auto after = std::ranges::upper_bound(marks_, row, {}, &Mark::row);
    return after == marks_.begin() ? std::string_view() : std::string_view((after - 1)->path);
}

}  // namespace dusk::plonk
