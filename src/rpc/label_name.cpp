#include "rpc/label_name.hpp"

namespace dusk::rpc {

std::string_view label_name(ledger::Label::Kind kind) {
    switch (kind) {
        case ledger::Label::Kind::accepted:
            return "accepted";
        case ledger::Label::Kind::attested:
            return "attested";
        case ledger::Label::Kind::confirmed:
            return "confirmed";
        case ledger::Label::Kind::final:
            return "final";
    }
    return "";
}

}  // namespace dusk::rpc
