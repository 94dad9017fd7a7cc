#include "wallet/contract_orders.hpp"

#include "base/archive.hpp"

namespace dusk::wallet {
namespace {

using ledger::ContractCall;
using ledger::ContractId;
using ledger::kStakeContract;
using ledger::kTransferContract;
using ledger::Lux;
using ledger::WithdrawReplayToken;

// To pay `value` out of a contract to the one who signs.
ledger::Withdraw permit(const ContractId& contract, Lux value, const Payee& payee, const WithdrawReplayToken& token,
                        RandomSource& random) {
    if (payee.notes == nullptr) return ledger::Withdraw::to_account(contract, value, token, payee.account);
    const auto address = payee.notes->public_key().stealth_address(crypto::Fr::random(random));
    const auto note_key = payee.notes->note_secret_key(address);
    return ledger::Withdraw::to_note(contract, value, address, token, note_key.reveal(), random);
}

ContractCall take_out(const std::string& function, Lux value, const StakeSigners& signers, const Payee& payee,
                      const WithdrawReplayToken& token, RandomSource& random) {
    auto withdraw = permit(kStakeContract, value, payee, token, random);
    const auto order = ledger::StakeWithdraw::sign(std::move(withdraw), signers.account, signers.owner);
    return {kStakeContract, function, archive_write(order)};
}

}  // namespace

ContractCall convert_call(Lux value, const Payee& payee, const WithdrawReplayToken& token, RandomSource& random) {
    return {kTransferContract, "convert", archive_write(permit(kTransferContract, value, payee, token, random))};
}

ContractCall stake_call(ledger::ChainId chain, Lux value, const StakeSigners& signers) {
    return {kStakeContract, "stake", archive_write(ledger::Stake::sign(chain, value, signers.account, signers.owner))};
}

ContractCall unstake_call(Lux value, const StakeSigners& signers, const Payee& payee, const WithdrawReplayToken& token,
                          RandomSource& random) {
    return take_out("unstake", value, signers, payee, token, random);
}

ContractCall reward_call(Lux value, const StakeSigners& signers, const Payee& payee, const WithdrawReplayToken& token,
                         RandomSource& random) {
    return take_out("withdraw", value, signers, payee, token, random);
}

}  // namespace dusk::wallet
