#include "node/address_range.hpp"

#include <charconv>

namespace dusk::node {

namespace ip = boost::asio::ip;

ByteArray<16> address_bytes(const ip::address& address) {
    return address.is_v4() ? ip::make_address_v6(ip::v4_mapped, address.to_v4()).to_bytes()
                           : address.to_v6().to_bytes();
}

bool AddressRange::contains(const ip::address& address) const {
    const ByteArray<16> other = address_bytes(address);
    for (unsigned bit = 0; bit < bits; bit += 8) {
        const unsigned left = bits - bit;
        const auto mask = static_cast<std::uint8_t>(left >= 8 ? 0xff : 0xff << (8 - left));
        if (((first[bit / 8] ^ other[bit / 8]) & mask) != 0) return false;
    }
    return true;
}

std::optional<AddressRange> parse_address_range(std::string_view text) {
    const std::size_t slash = text.find('/');
    boost::system::error_code wrong;
    const auto address = ip::make_address(text.substr(0, slash), wrong);
    if (wrong) return {};
    AddressRange out{.first = address_bytes(address)};
    if (slash == std::string_view::npos) return out;
    const std::string_view digits = text.substr(slash + 1);
    const unsigned most = address.is_v4() ? 32 : 128;
    unsigned length = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    if (error != std::errc() || end != digits.data() + digits.size() || length == 0 || length > most) return {};
    out.bits = 128 - most + length;
    return out;
}

}  // namespace dusk::node
