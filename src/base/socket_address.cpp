#include "base/socket_address.hpp"

#include <fmt/core.h>

namespace dusk {
namespace {

std::string text_of(const ByteArray<4>& ip) { return fmt::format("{}.{}.{}.{}", ip[0], ip[1], ip[2], ip[3]); }

using Groups = std::array<std::uint16_t, 8>;

// The longest run of two or more zeros, the first of them: [first, last).
std::pair<std::size_t, std::size_t> zeros_of(const Groups& groups) {
    std::pair<std::size_t, std::size_t> longest{0, 1};
    for (std::size_t first = 0; first < groups.size(); ++first) {
        std::size_t last = first;
        while (last < groups.size() && groups[last] == 0) ++last;
        if (last - first > longest.second - longest.first) longest = {first, last};
    }
    return longest.second - longest.first > 1 ? longest : std::pair<std::size_t, std::size_t>{8, 8};
}

// As RFC 5952 has it.
std::string text_of(const ByteArray<16>& ip) {
    constexpr ByteArray<12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (take<12>(ip) == kMapped) return "::ffff:" + text_of(take<4>(ByteView(ip).subspan(12)));
    Groups groups{};
    for (std::size_t i = 0; i < groups.size(); ++i) groups[i] = load_be<std::uint16_t>(ip.data() + 2 * i);
    const auto [first, last] = zeros_of(groups);
    std::string out;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (i == first) out += "::";
        if (i >= first && i < last) continue;
        out += fmt::format("{}{:x}", out.empty() || out.ends_with(':') ? "" : ":", groups[i]);
    }
    return out;
}

}  // namespace

std::string SocketAddress::to_text() const {
    if (const auto* four = std::get_if<ByteArray<4>>(&ip)) return fmt::format("{}:{}", text_of(*four), port);
    return fmt::format("[{}]:{}", text_of(std::get<ByteArray<16>>(ip)), port);
}

}  // namespace dusk
