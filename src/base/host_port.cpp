#include "base/host_port.hpp"

#include <charconv>

namespace dusk {

std::optional<HostPort> split_host_port(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return {};
    HostPort out{.host = text.substr(0, colon)};
    if (out.host.starts_with('[') && out.host.ends_with(']')) {
        out.host = out.host.substr(1, out.host.size() - 2);
    } else if (out.host.find(':') != std::string_view::npos) {
        return {};
    }
    const std::string_view digits = text.substr(colon + 1);
    const char* const after = digits.data() + digits.size();
    const auto [end, wrong] = std::from_chars(digits.data(), after, out.port);
    if (wrong != std::errc() || end != after) return {};
    return out;
}

}  // namespace dusk
