#include <algorithm>

#include "base/hex.hpp"
#include "ledger/archived_values.hpp"
#include "wallet/profile.hpp"
#include "walletcore/exports.hpp"
#include "walletcore/seed.hpp"

namespace dusk::walletcore {

DUSK_EXPORT(generate_profile) Status generate_profile(In seed, std::uint32_t index, Out profile) {
    start();
    const wallet::Profile own = profile_of(seed, index);
    put(own.phoenix.public_key().to_bytes(), profile);
    put(own.bls.public_key().to_bytes(), profile + phoenix::PublicKey::kSize);
    return Status::ok;
}

DUSK_EXPORT(display_scalar) Status display_scalar(In scalar, Out text) {
    start();
    const auto value = crypto::Fq::from_archive(fixed<32>(scalar));
    if (!value) return fail_with(Status::unarchiving, "the scalar is not below the order of the field");
    std::ranges::copy(to_hex(value->to_be_bytes()), text);
    return Status::ok;
}

DUSK_EXPORT(accounts_into_raw) Status accounts_into_raw(In accounts, NewBuffer raws) {
    start();
    const ByteView bytes = read_buffer(accounts);
    if (bytes.size() % ledger::AccountKey::kSize != 0) {
        return fail_with(Status::deserialization, "accounts have 96 bytes each");
    }
    Bytes out;
    for (std::size_t at = 0; at < bytes.size(); at += ledger::AccountKey::kSize) {
        const auto key = ledger::AccountKey::from_bytes(bytes.subspan(at, ledger::AccountKey::kSize));
        if (!key) return fail_with(Status::deserialization, "an account is no point of the group");
        append(out, key->to_archive());
    }
    write_buffer(out, raws);
    return Status::ok;
}

}  // namespace dusk::walletcore
