#include "ledger/contract_error.hpp"

namespace dusk::ledger {

std::string display(const ContractError& error) {
    struct Text {
        std::string operator()(const Panic& panic) const { return "Panic: " + panic.message; }
        std::string operator()(OutOfGas /*none*/) const { return "OutOfGas"; }
        std::string operator()(DoesNotExist /*none*/) const { return "Contract does not exist"; }
        std::string operator()(UnknownFailure /*none*/) const { return "Unknown"; }
    };
    return std::visit(Text{}, error);
}

}  // namespace dusk::ledger
