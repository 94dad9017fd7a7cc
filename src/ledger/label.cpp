#include "ledger/label.hpp"

namespace dusk::ledger {

Label Label::read(WireReader& in) {
    const auto tag = in.at_most<std::uint8_t>(static_cast<std::uint8_t>(Kind::final), WireFault::bad_label);
    return {static_cast<Kind>(tag), in.le<std::uint64_t>()};
}

void Label::write(Writer& out) const { out.u8(static_cast<std::uint8_t>(kind)).le(value); }

}  // namespace dusk::ledger
