// The stakes after a block, as they are kept for those who ask later who sat in a committee (src/chronicle).
//
//     count u32 ‖ count × (key 96 ‖ value u64 ‖ eligible since u64), rising by key; integers are little-endian
#pragma once

#include <span>
#include <vector>

#include "base/reader.hpp"
#include "consensus/provisioners.hpp"

namespace dusk::chain {

struct KeptStake {
    ledger::KeyBytes key{};
    ledger::Lux value{};  // above zero
    ledger::Height eligible_since{};
    friend bool operator==(const KeptStake&, const KeptStake&) = default;
};

// In the order of the keys; stakes of zero are left out.
[[nodiscard]] std::vector<KeptStake> kept_stakes(const consensus::Provisioners& provisioners);

[[nodiscard]] Bytes write_stakes(std::span<const KeptStake> stakes);
// Errors: short_input, over_limit, trailing_bytes, bad_value (a key that does not rise, or a value of zero). Whether
// the keys are points is not looked at.
[[nodiscard]] Result<std::vector<KeptStake>, ReadError> read_stakes(ByteView bytes);

}  // namespace dusk::chain
