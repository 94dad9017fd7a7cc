#include "consensus/sortition_score.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "crypto/keccak.hpp"

namespace dusk::consensus {

ByteArray<32> sortition_hash(const ledger::Seed& seed, std::uint8_t step, std::uint32_t counter) {
    ByteArray<ledger::Seed::kSize + 1 + 4> input;
    std::ranges::copy(seed.bytes, input.begin());
    input[ledger::Seed::kSize] = step;
    store_le(input.data() + ledger::Seed::kSize + 1, counter);
    return crypto::sha3_256(input);
}

unsigned __int128 sortition_score(const ByteArray<32>& hash, unsigned __int128 total) {
    unsigned __int128 rest = 0;
    if (total <= std::numeric_limits<std::uint64_t>::max()) {
        for (std::size_t i = 0; i < hash.size(); i += 8) {
            rest = (rest << 64U | std::byteswap(load_le<std::uint64_t>(hash.data() + i))) % total;
        }
        return rest;
    }
    for (const std::uint8_t byte : hash) {
        for (int bit = 7; bit >= 0; --bit) {
            rest = rest << 1U | (byte >> bit & 1U);
            if (rest >= total) rest -= total;
        }
    }
    return rest;
}

}  // namespace dusk::consensus
