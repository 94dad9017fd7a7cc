// How far a block is from final, as our own answers say it: "accepted", "attested", "confirmed", "final".
#pragma once

#include <string_view>

#include "ledger/label.hpp"

namespace dusk::rpc {

[[nodiscard]] std::string_view label_name(ledger::Label::Kind kind);

}  // namespace dusk::rpc
