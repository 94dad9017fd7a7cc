// The sections of phoenix.json, by subject.
#pragma once

#include "phoenix/keys.hpp"
#include "report.hpp"

namespace dusk::vectors {

// A value that the case cannot do without; its absence is a failure of the case, named after `node`.
template <class T, class E>
[[nodiscard]] T required(Result<T, E> result, const Node& node) {
    if (!result) node.complain("does not decode");
    return std::move(*result);
}

[[nodiscard]] phoenix::SecretKey secret_key(const Node& node);
[[nodiscard]] phoenix::PublicKey public_key(const Node& node);
[[nodiscard]] crypto::Fr scalar(const Node& node);

void phoenix_keys(const Node& root, Report& report);   // keys, public_key_decode, stealth
void phoenix_notes(const Node& root, Report& report);  // notes, contract_note, genesis_notes, empty_note, note_decode
void phoenix_skeletons(const Node& root, Report& report);  // tx_skeletons, tx_skeleton_decode

}  // namespace dusk::vectors
