#include "ledger/stake_contract.hpp"

#include <algorithm>

namespace dusk::ledger {

Stake Stake::sign(ChainId chain, Lux value, const crypto::BlsSecretKey& account, const crypto::BlsSecretKey& owner) {
    Stake out{.chain_id = chain,
              .keys = {account.public_key(), AccountOwner{owner.public_key()}},
              .value = value,
              .signature = {}};
    const auto message = out.signature_message();
    out.signature = {account.sign(message), owner.sign(message)};
    return out;
}

Stake Stake::sign_for_contract(ChainId chain, Lux value, const crypto::BlsSecretKey& account, ContractId owner) {
    Stake out{.chain_id = chain, .keys = {account.public_key(), ContractOwner{owner}}, .value = value, .signature = {}};
    const crypto::BlsSignature signature = account.sign(out.signature_message());
    out.signature = {signature, signature};
    return out;
}

ByteArray<201> Stake::signature_message() const {
    ByteArray<201> out{};
    out[0] = static_cast<std::uint8_t>(chain_id);
    std::ranges::copy(account_bytes(keys.account), out.begin() + 1);
    if (const auto* account = std::get_if<AccountOwner>(&keys.owner)) {
        std::ranges::copy(account_bytes(account->account), out.begin() + 97);
    } else {
        std::ranges::copy(std::get<ContractOwner>(keys.owner).contract.bytes, out.begin() + 97);
    }
    store_le(out.data() + 193, value.value);
    return out;
}

StakeWithdraw StakeWithdraw::sign(Withdraw withdraw, const crypto::BlsSecretKey& account,
                                  const crypto::BlsSecretKey& owner) {
    StakeWithdraw out{.account = account.public_key(), .withdraw = std::move(withdraw), .signature = {}};
    const Bytes message = out.signature_message().value();
    out.signature = {account.sign(message), owner.sign(message)};
    return out;
}

std::optional<Bytes> StakeWithdraw::signature_message() const {
    const auto permit = withdraw.wrapped_signature_message();
    if (!permit) return {};
    Bytes out = to_vector(account_bytes(account));
    append(out, *permit);
    return out;
}

}  // namespace dusk::ledger
