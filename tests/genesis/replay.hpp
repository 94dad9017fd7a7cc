// A transaction and its gas as the released node executes it (spec/transactions.md §7, for accounts that pay).
#pragma once

#include <variant>

#include "moonlight_envelope.hpp"
#include "vm/session.hpp"

namespace dusk::genesis {

struct Discarded {
    std::string error;  // as the node words it
};
struct Spent {
    std::uint64_t gas = 0;
    std::optional<std::string> error;  // of the call or deployment, as the node words it
    Bytes data;                        // what the call returned
    std::vector<vm::Event> events;
};
using Outcome = std::variant<Discarded, Spent>;

// `argument`: the archive for `spend_and_execute`. A refund that fails ends the test program.
[[nodiscard]] Outcome execute(vm::Session& session, const MoonlightEnvelope& transaction, ByteView argument);

}  // namespace dusk::genesis
