// What must hold of every type of the ledger's wire forms: what decodes encodes to the bytes it was read from, less
// those behind its end, and reads back as the same bytes; what does not says where and why.
#pragma once

#include "ledger/wire.hpp"
#include "require.hpp"

namespace dusk::fuzz {

// `canonical` is false where other bytes may be read as the same value.
template <class T>
Result<T, ledger::WireError> check_wire(ByteView bytes, bool canonical = true) {
    auto decoded = ledger::decode<T>(bytes);
    if (!decoded) {
        require(decoded.error().offset <= bytes.size());
        require(!ledger::describe(decoded.error()).empty());
        return decoded;
    }
    const Bytes encoded = ledger::encode(*decoded);
    if (canonical) require(encoded.size() <= bytes.size() && equal(encoded, bytes.first(encoded.size())));
    const auto again = ledger::decode<T>(encoded);
    require(again.has_value() && ledger::encode(*again) == encoded);
    return decoded;
}

}  // namespace dusk::fuzz
