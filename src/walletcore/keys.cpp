// Texts and keys.
#include <nlohmann/json.hpp>

#include "base/base58.hpp"
#include "crypto/key_derivation.hpp"
#include "walletcore/exports.hpp"
#include "walletcore/seed.hpp"

namespace dusk::walletcore {
namespace {

std::string_view text_at(In buffer) {
    const ByteView bytes = read_buffer(buffer);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

DUSK_EXPORT(module_info) Status module_info(NewBuffer out) {
    start();
    write_buffer(as_bytes(R"({"abi":1,"circuits":"devnet","version":"0.1.0"})"), out);
    return Status::ok;
}

DUSK_EXPORT(phrase_from_entropy) Status phrase_from_entropy(In entropy, NewBuffer phrase) {
    start();
    const auto mnemonic = crypto::Mnemonic::from_entropy(read_buffer(entropy));
    if (!mnemonic) return fail_with(Status::refused, to_string(mnemonic.error()));
    write_buffer(mnemonic->phrase().reveal(), phrase);
    return Status::ok;
}

DUSK_EXPORT(phrase_to_seed) Status phrase_to_seed(In phrase, Out seed) {
    start();
    const auto mnemonic = crypto::Mnemonic::parse(text_at(phrase));
    if (!mnemonic) return fail_with(Status::refused, to_string(mnemonic.error()));
    put(mnemonic->seed().reveal(), seed);
    return Status::ok;
}

DUSK_EXPORT(profile_texts) Status profile_texts(In seed, std::uint32_t index, NewBuffer json) {
    start();
    const wallet::Profile own = profile_of(seed, index);
    const nlohmann::ordered_json texts{{"account", own.account()}, {"address", own.address()}};
    write_buffer(as_bytes(texts.dump()), json);
    return Status::ok;
}

DUSK_EXPORT(account_text) Status account_text(In key, NewBuffer text) {
    start();
    write_buffer(as_bytes(to_base58(fixed<crypto::BlsPublicKey::kSize>(key))), text);
    return Status::ok;
}

DUSK_EXPORT(address_text) Status address_text(In key, NewBuffer text) {
    start();
    write_buffer(as_bytes(to_base58(fixed<phoenix::PublicKey::kSize>(key))), text);
    return Status::ok;
}

DUSK_EXPORT(account_of_text) Status account_of_text(In text, Out key) {
    start();
    const auto account = crypto::BlsPublicKey::from_base58(text_at(text));
    if (!account) return fail_with(Status::refused, "this is no public account");
    put(account->to_bytes(), key);
    return Status::ok;
}

DUSK_EXPORT(address_of_text) Status address_of_text(In text, Out key) {
    start();
    const auto address = phoenix::PublicKey::from_base58(text_at(text));
    if (!address) return fail_with(Status::refused, to_string(address.error()));
    put(address->to_bytes(), key);
    return Status::ok;
}

DUSK_EXPORT(sign_message)
Status sign_message(In seed, std::uint32_t index, In message, Out signature, Out key) {
    start();
    const crypto::BlsSecretKey secret(crypto::derive_bls_secret(seed_at(seed), static_cast<std::uint8_t>(index)));
    put(secret.sign(read_buffer(message)).to_bytes(), signature);
    put(secret.public_key().to_bytes(), key);
    return Status::ok;
}

}  // namespace dusk::walletcore
