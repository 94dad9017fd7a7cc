// Addresses of either kind as people read and type them (spec/crypto.md §16.1). Base58 without checksum or version: the
// number of bytes tells the kinds apart.
#pragma once

#include <variant>

#include "crypto/bls_signature.hpp"
#include "phoenix/keys.hpp"

namespace dusk::phoenix {

// A shielded address (64 bytes) or a public account (96 bytes).
using Address = std::variant<PublicKey, crypto::BlsPublicKey>;

// Nothing is trimmed; keys that are the identity pass. Errors: bad_text, bad_length (neither 64 nor 96 bytes),
// bad_point.
[[nodiscard]] Result<Address, AddressError> parse_address(std::string_view text);
[[nodiscard]] std::string to_base58(const Address& address);

// What a log shows of an address or key in base58: its first 16 characters.
[[nodiscard]] std::string_view short_form(std::string_view base58);

}  // namespace dusk::phoenix
