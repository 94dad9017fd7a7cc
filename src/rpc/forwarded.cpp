#include "rpc/forwarded.hpp"

#include <algorithm>
#include <optional>
#include <ranges>

#include "rpc/header_list.hpp"
#include "rpc/lower_case.hpp"

namespace dusk::rpc {
namespace {

namespace ip = boost::asio::ip;

constexpr std::size_t kMostHops = 16;
constexpr std::size_t kLongest = 64;  // letters of an address with its port

// "192.0.2.1", "192.0.2.1:4711", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:4711"
std::optional<ip::address> address_of(std::string_view text) {
    if (text.size() > kLongest) return {};
    std::string_view host = text;
    std::string_view port;
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) return {};
        host = text.substr(1, end - 1);
        port = text.substr(end + 1);
    } else if (std::ranges::count(text, ':') == 1) {
        host = text.substr(0, text.find(':'));
        port = text.substr(text.find(':'));
    }
    if (!port.empty() &&
        (port.size() < 2 || port[0] != ':' || port.find_first_not_of("0123456789", 1) != std::string_view::npos))
        return {};
    if (host.find('%') != std::string_view::npos) return {};  // zones mean something on one machine only
    boost::system::error_code wrong;
    const auto out = ip::make_address(host, wrong);
    return wrong ? std::nullopt : std::optional(out);
}

// Of one element of Forwarded (RFC 7239 §4): the value of `for`.
std::string_view node_of(std::string_view element) {
    for (const auto part : element | std::views::split(';')) {
        const std::string_view pair = trimmed(std::string_view(part.begin(), part.end()));
        const std::size_t sign = pair.find('=');
        if (sign == std::string_view::npos || lower_case(pair.substr(0, sign)) != "for") continue;
        std::string_view value = pair.substr(sign + 1);
        if (value.size() >= 2 && value.starts_with('"') && value.ends_with('"'))
            value = value.substr(1, value.size() - 2);
        return value;
    }
    return {};
}

}  // namespace

ip::address client_of(const ip::address& from, std::span<const std::string_view> lines,
                      const node::ProxySettings& proxies) {
    ip::address client = from;
    std::size_t hops = 0;
    for (std::string_view rest : lines | std::views::reverse) {
        for (bool is_more = true; is_more;) {
            if (!proxies.trusts(client) || hops++ == kMostHops) return client;
            const std::size_t comma = rest.rfind(',');
            is_more = comma != std::string_view::npos;
            const std::string_view element = trimmed(is_more ? rest.substr(comma + 1) : rest);
            if (is_more) rest = rest.substr(0, comma);
            const auto hop = address_of(proxies.is_forwarded() ? node_of(element) : element);
            if (!hop) return client;
            client = *hop;
        }
    }
    return client;
}

}  // namespace dusk::rpc
