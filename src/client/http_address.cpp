#include "client/http_address.hpp"

#include "base/host_port.hpp"

namespace dusk::client {
namespace {

constexpr std::uint16_t kPlainPort = 80;
constexpr std::uint16_t kSecurePort = 443;

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

// Letters that names and addresses have; nothing that could end a line or begin a path.
bool is_host(std::string_view host) {
    for (const char c : host) {
        const bool is_good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                             c == '.' || c == '_' || c == ':' || c == '%';
        if (!is_good) return false;
    }
    return !host.empty();
}

}  // namespace

std::optional<HttpAddress> parse_http_address(std::string_view text) {
    HttpAddress out;
    const bool is_plain = take_prefix(text, "http://");
    out.is_secure = !is_plain && take_prefix(text, "https://");
    while (text.ends_with('/')) text.remove_suffix(1);
    const auto parts = split_host_port(text);
    if (parts) {
        out.host = parts->host;
        out.port = parts->port;
    } else if (is_plain || out.is_secure) {
        const bool has_brackets = text.starts_with('[') && text.ends_with(']');
        if (has_brackets) text = text.substr(1, text.size() - 2);
        if (!has_brackets && text.find(':') != std::string_view::npos) return {};
        out.host = text;
        out.port = out.is_secure ? kSecurePort : kPlainPort;
    }
    if (!is_host(out.host) || out.port == 0) return {};
    return out;
}

std::string HttpAddress::authority() const {
    std::string out = host.find(':') == std::string::npos ? host : "[" + host + "]";
    if (port != (is_secure ? kSecurePort : kPlainPort)) out += ":" + std::to_string(port);
    return out;
}

}  // namespace dusk::client
