#include "execution/genesis_contracts.hpp"

#include <algorithm>
#include <stdexcept>

#include "phoenix/devnet_verifier_data.hpp"
#include "phoenix/released_verifier_data.hpp"

namespace dusk::execution {

Bytes with_verifier_data(ByteView contract, const phoenix::TransferVerifiers::Encodings& encodings) {
    const auto& released = phoenix::released_verifier_data();
    Bytes out = to_vector(contract);
    for (std::size_t i = 0; i < kVerifierDataSlots.size(); ++i) {
        const auto [offset, size] = kVerifierDataSlots[i];
        if (offset + size > contract.size() || !equal(contract.subspan(offset, size), released[i])) {
            throw std::logic_error("the transfer contract does not hold the released verifier data where it should");
        }
        if (encodings[i].size() != size) throw std::logic_error("verifier data do not fit the transfer contract");
        std::ranges::copy(encodings[i], out.begin() + static_cast<std::ptrdiff_t>(offset));
    }
    return out;
}

GenesisContracts genesis_contracts(const ledger::Network& network) {
    const ByteView transfer = official_transfer_contract();
    return {.transfer = network.proof_rules == phoenix::ProofRules::sound
                            ? with_verifier_data(transfer, phoenix::devnet_verifier_data())
                            : to_vector(transfer),
            .stake = to_vector(official_stake_contract())};
}

}  // namespace dusk::execution
