// Finds another node that signs with this node's key: what comes from the network under the key and is not in the
// journal was signed elsewhere, or here before the journal was restored from a copy.
#pragma once

#include "consensus/round.hpp"
#include "storage/journaled_signer.hpp"

namespace dusk::node {

// Whether the message is such news; then nothing is signed for the signer's waiting time. One that anybody could have
// made is none: the signature is verified, for messages under the key that the journal does not know.
[[nodiscard]] bool shows_other_signer(const ledger::Message& message, storage::JournaledSigner& signer,
                                      consensus::Signatures& signatures);

}  // namespace dusk::node
