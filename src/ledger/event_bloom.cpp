#include "ledger/event_bloom.hpp"

#include <algorithm>

#include "crypto/blake3.hpp"

namespace dusk::ledger {
namespace {

struct Bit {
    std::size_t byte;
    std::uint8_t mask;
};

std::array<Bit, 3> bits_of(ByteView source, ByteView topic, ByteView data) {
    crypto::Blake3 hash;
    hash.update(source);
    hash.update(topic);
    hash.update(data);
    const auto digest = hash.finish();
    std::array<Bit, 3> out{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        const unsigned bit = load_be<std::uint16_t>(digest.data() + 2 * i) & 0x7ffU;
        out[i] = {EventBloom::kSize - 1 - bit / 8, static_cast<std::uint8_t>(1U << (bit % 8))};
    }
    return out;
}

}  // namespace

void EventBloom::add(ByteView source, ByteView topic, ByteView data) {
    for (const Bit& bit : bits_of(source, topic, {})) bytes_[bit.byte] |= bit.mask;
    for (const Bit& bit : bits_of(source, topic, data)) bytes_[bit.byte] |= bit.mask;
}

bool EventBloom::may_contain(ByteView source, ByteView topic) const { return may_contain(source, topic, {}); }

bool EventBloom::may_contain(ByteView source, ByteView topic, ByteView data) const {
    return std::ranges::all_of(bits_of(source, topic, data),
                               [&](const Bit& bit) { return (bytes_[bit.byte] & bit.mask) != 0; });
}

}  // namespace dusk::ledger
