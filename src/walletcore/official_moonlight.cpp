#include <algorithm>

#include "crypto/chacha_rng.hpp"
#include "crypto/jubjub_exact.hpp"
#include "wallet/contract_orders.hpp"
#include "walletcore/seed.hpp"
#include "walletcore/transactions.hpp"

namespace dusk::walletcore {
namespace {

using ledger::ContractCall;
using ledger::Lux;
using ledger::Nonce;

struct Payment {
    std::optional<ledger::AccountKey> receiver{};
    Lux value{};
    Lux deposit{};
    std::optional<ledger::TransactionData> data{};
};

Status send(const crypto::BlsSecretKey& key, Payment payment, const Terms& terms, Nonce nonce, NewBuffer out,
            Out hash) {
    const ledger::AccountKey sender = key.public_key();
    auto signed_one = ledger::MoonlightTransaction::sign({.chain_id = terms.chain,
                                                          .sender = sender,
                                                          .receiver = payment.receiver.value_or(sender),
                                                          .value = payment.value,
                                                          .deposit = payment.deposit,
                                                          .fee = {terms.gas_limit, terms.gas_price, sender},
                                                          .nonce = nonce,
                                                          .data = std::move(payment.data)},
                                                         key);
    if (!signed_one) return fail_with(Status::moonlight_transaction, ledger::to_string(signed_one.error()));
    write_transaction(ledger::Transaction{*std::move(signed_one)}, out, hash);
    return Status::ok;
}

// Hands on randomness and remembers it.
class Remembered final : public RandomSource {
  public:
    explicit Remembered(RandomSource& random) : random_(&random) {}
    void fill(MutableByteView out) override {
        random_->fill(out);
        drawn_.append(out);
    }
    // The scalar number `index`, where each draw was for one.
    [[nodiscard]] Secret<crypto::Fr> scalar(std::size_t index) const {
        return Secret(crypto::Fr::from_bytes_wide(drawn_.reveal().subspan(64 * index).first<64>()));
    }

  private:
    RandomSource* random_;
    SecretBytes drawn_;
};

// The points of a permit to pay a note, with the projective coordinates that the reference computes: they show in its
// bytes, though not in what is signed.
Bytes with_reference_coordinates(ByteView permit, const phoenix::PublicKey& key, const Remembered& random) {
    auto withdraw = archive_read<ledger::Withdraw>(permit).value();
    withdraw.receiver = ledger::ToNote{key.stealth_address(random.scalar(0).reveal(), phoenix::Coordinates::reference)};
    auto& signature = std::get<ledger::NoteSignature>(withdraw.signature).signature;
    auto archive = signature.archive();
    const auto r = crypto::multiply_exact(crypto::JubJubExtended(crypto::kJubJubGenerator), random.scalar(1).reveal());
    std::ranges::copy(r.to_archive(), archive.begin() + crypto::Fr::kSize);
    signature = std::remove_cvref_t<decltype(signature)>(archive);
    return archive_write(withdraw);
}

// Who calls a contract about the own funds: one account pays, stakes and is paid.
struct Own {
    wallet::Profile profile;
    Nonce nonce;
    [[nodiscard]] wallet::StakeSigners signers() const { return {.account = profile.bls, .owner = profile.bls}; }
    [[nodiscard]] wallet::Payee account() const { return {.account = profile.bls}; }
    [[nodiscard]] ledger::NonceToken token() const { return {nonce}; }
};
Own own_at(In seed, std::uint32_t index, In nonce) { return {profile_of(seed, index), {amount(nonce)}}; }

Status send_call(const Own& own, ContractCall call, Lux deposit, const Terms& terms, NewBuffer out, Out hash) {
    return send(own.profile.bls, {.deposit = deposit, .data = std::move(call)}, terms, own.nonce, out, hash);
}

}  // namespace

DUSK_EXPORT(moonlight)
Status moonlight_transaction(In seed, std::uint32_t index, In receiver, In value, In deposit, In gas_limit,
                             In gas_price, In nonce, std::uint32_t chain_id, In data, NewBuffer transaction, Out hash) {
    start();
    Payment payment{.value = {amount(value)}, .deposit = {amount(deposit)}};
    if (receiver != nullptr) {
        const auto key = ledger::AccountKey::from_bytes(fixed<ledger::AccountKey::kSize>(receiver));
        if (!key) return fail_with(Status::deserialization, "the receiver is no account");
        payment.receiver = *key;
    }
    auto read = data_at(data);
    if (!read) return read.error();
    payment.data = *std::move(read);
    const Own own = own_at(seed, index, nonce);
    return send(own.profile.bls, std::move(payment), terms_of(gas_limit, gas_price, chain_id), own.nonce, transaction,
                hash);
}

DUSK_EXPORT(moonlight_to_phoenix)
Status moonlight_to_phoenix(In rng, In seed, std::uint32_t index, In value, In gas_limit, In gas_price, In nonce,
                            std::uint32_t chain_id, NewBuffer transaction, Out hash) {
    start();
    const Own own = own_at(seed, index, nonce);
    const Lux converted{amount(value)};
    crypto::ChaChaRng drawn(take<32>(fixed<32>(rng)));
    Remembered random(drawn);
    const wallet::Payee payee{.account = own.profile.bls, .notes = &own.profile.phoenix};
    ContractCall call = wallet::convert_call(converted, payee, own.token(), random);
    call.fn_args = with_reference_coordinates(call.fn_args, own.profile.phoenix.public_key(), random);
    return send_call(own, std::move(call), converted, terms_of(gas_limit, gas_price, chain_id), transaction, hash);
}

DUSK_EXPORT(moonlight_stake)
Status moonlight_stake(In seed, std::uint32_t index, In value, In gas_limit, In gas_price, In nonce,
                       std::uint32_t chain_id, NewBuffer transaction, Out hash) {
    start();
    const Own own = own_at(seed, index, nonce);
    const Lux staked{amount(value)};
    const Terms terms = terms_of(gas_limit, gas_price, chain_id);
    return send_call(own, wallet::stake_call(terms.chain, staked, own.signers()), staked, terms, transaction, hash);
}

DUSK_EXPORT(moonlight_unstake)
Status moonlight_unstake(In rng, In seed, std::uint32_t index, In value, In gas_limit, In gas_price, In nonce,
                         std::uint32_t chain_id, NewBuffer transaction, Out hash) {
    start();
    const Own own = own_at(seed, index, nonce);
    crypto::ChaChaRng random(take<32>(fixed<32>(rng)));
    return send_call(own, wallet::unstake_call({amount(value)}, own.signers(), own.account(), own.token(), random), {},
                     terms_of(gas_limit, gas_price, chain_id), transaction, hash);
}

DUSK_EXPORT(moonlight_stake_reward)
Status moonlight_stake_reward(In rng, In seed, std::uint32_t index, In value, In gas_limit, In gas_price, In nonce,
                              std::uint32_t chain_id, NewBuffer transaction, Out hash) {
    start();
    const Own own = own_at(seed, index, nonce);
    crypto::ChaChaRng random(take<32>(fixed<32>(rng)));
    return send_call(own, wallet::reward_call({amount(value)}, own.signers(), own.account(), own.token(), random), {},
                     terms_of(gas_limit, gas_price, chain_id), transaction, hash);
}

}  // namespace dusk::walletcore
