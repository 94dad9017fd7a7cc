#include "ledger/network.hpp"

#include <algorithm>
#include <array>

#include "base/hex.hpp"

namespace dusk::ledger {
namespace {

constexpr std::array kNetworks{
    Network{.name = "devnet", .chain_id = ChainId{100}, .kadcast_id = 100, .proof_rules = phoenix::ProofRules::sound},
    Network{.name = "rusk", .chain_id = ChainId{0}, .kadcast_id = 0, .proof_rules = phoenix::ProofRules::released},
};

constexpr std::string_view kDuskKey =
    "85906b7d01ea393501938441f43a18e97618b73eb30438a6fcf685f9f7f4ca6b061f229844abbbbb998f9c739d3c36861539e2ed19294d16c5"
    "6b1c66491b4f1aecff85b6f39b293145b0f6f4e031b2eccb14e4c1e3618a3e36d8a12ffb2415de";

}  // namespace

const Network& devnet() { return kNetworks[0]; }
const Network& rusk_network() { return kNetworks[1]; }
std::span<const Network> networks() { return kNetworks; }

const Network* network_named(std::string_view name) {
    const auto found = std::ranges::find(kNetworks, name, &Network::name);
    return found == kNetworks.end() ? nullptr : &*found;
}

const AccountKey& dusk_key() {
    static const AccountKey key = AccountKey::from_bytes(from_hex(kDuskKey).value()).value();
    return key;
}

}  // namespace dusk::ledger
