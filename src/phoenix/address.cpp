#include "phoenix/address.hpp"

#include "base/base58.hpp"

namespace dusk::phoenix {
namespace {

template <class Key>
Result<Address, AddressError> decode(ByteView bytes) {
    const auto key = Key::from_bytes(bytes);
    if (!key) return fail(AddressError::bad_point);
    return Address(*key);
}

}  // namespace

Result<Address, AddressError> parse_address(std::string_view text) {
    const auto bytes = from_base58(text, crypto::BlsPublicKey::kSize);
    if (!bytes) {
        return fail(bytes.error() == Base58Error::too_long ? AddressError::bad_length : AddressError::bad_text);
    }
    switch (bytes->size()) {
        case PublicKey::kSize:
            return decode<PublicKey>(*bytes);
        case crypto::BlsPublicKey::kSize:
            return decode<crypto::BlsPublicKey>(*bytes);
        default:
            return fail(AddressError::bad_length);
    }
}

std::string to_base58(const Address& address) {
    return std::visit([](const auto& key) { return key.to_base58(); }, address);
}

std::string_view short_form(std::string_view base58) {
    constexpr std::size_t kCharacters = 16;
    return base58.substr(0, kCharacters);
}

}  // namespace dusk::phoenix
