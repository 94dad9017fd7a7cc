// Whom a message says it is signed by, found without decoding it: a key takes 0.1 ms to decode, the transactions of a
// candidate far more, and most of what nobody needs can be told by these bytes.
#pragma once

#include <optional>

#include "ledger/block_names.hpp"

namespace dusk::ledger {

// Of an encoded message: the signer of a Validation or Ratification, the generator of a Candidate (spec/consensus.md
// §3.6), as `decode<Message>` reads it. Nothing for other messages, and where the bytes end or are wrong before the
// key has ended. Nobody has looked whether it is a point, or what is behind it. Constant work.
[[nodiscard]] std::optional<KeyBytes> claimed_signer(ByteView message);

}  // namespace dusk::ledger
