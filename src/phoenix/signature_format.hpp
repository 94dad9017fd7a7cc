// With which release's double signatures a request for a proof spends its notes. Wallets up to wallet-core 1.7 sign as
// the released circuits ask (jubjub-schnorr 0.7.0-rc.0); the sound circuits ask for signatures whose challenge binds
// both keys (jubjub-schnorr 0.7.0; spec/plonk-sound.md §7). Neither verifies in place of the other.
#pragma once

#include <string_view>

#include "phoenix/transfer_request.hpp"

namespace dusk::phoenix {

enum class SignatureFormat : std::uint8_t {
    bound,     // that of the sound circuits, for every note
    released,  // that of the released circuits, for every note
    other,     // mixed, or a signature that holds in neither
};

// Looks at public values only. Two multiplications for each note, four where the format is not `bound`.
[[nodiscard]] SignatureFormat signature_format(const TransferRequest& request);

// What a wallet that signs as the released circuits ask is told by a network with sound ones.
inline constexpr std::string_view kReleasedSignatures =
    "signature format: the notes are spent with double signatures of the released format (jubjub-schnorr 0.7.0-rc.0), "
    "this network takes those that bind both keys (jubjub-schnorr 0.7.0). Spend the notes with a wallet that makes "
    "them, "
    "such as dusk wallet; public accounts work with this one";

}  // namespace dusk::phoenix
