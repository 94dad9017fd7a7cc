// The number that decides who gets the next credit of a committee (spec/consensus.md §6).
#pragma once

#include "ledger/block_names.hpp"

namespace dusk::consensus {

// H(seed ‖ step ‖ counter u32). Neither the round nor who is left out has a part in it.
[[nodiscard]] ByteArray<32> sortition_hash(const ledger::Seed& seed, std::uint8_t step, std::uint32_t counter);

// The hash as a big-endian number modulo the total weight, which is not zero and below 2^127.
[[nodiscard]] unsigned __int128 sortition_score(const ByteArray<32>& hash, unsigned __int128 total);

}  // namespace dusk::consensus
