// The keys of a wallet from its seed (spec/crypto.md §15.1), and EIP-2333 (§15.2).
#pragma once

#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "crypto/chacha_rng.hpp"
#include "crypto/field.hpp"
#include "crypto/mnemonic.hpp"

namespace dusk::crypto {

// The generator of profile `index` for one purpose: keyed with SHA-256(seed ‖ index, 8 bytes little-endian ‖ tag).
[[nodiscard]] ChaChaRng wallet_rng(const WalletSeed& seed, std::uint8_t index, std::string_view tag);

// The BLS secret key of a profile: its public account, and its key in consensus. Tag "SK", one scalar.
[[nodiscard]] Secret<Fq> derive_bls_secret(const WalletSeed& seed, std::uint8_t index);

// The two scalars of a Phoenix secret key (§11.1).
struct PhoenixScalars {
    Fr a;  // views
    Fr b;  // spends
};
// The Phoenix secret key of a profile: its shielded address. Tag "SSK", a then b.
[[nodiscard]] Secret<PhoenixScalars> derive_phoenix_secret(const WalletSeed& seed, std::uint8_t index);

enum class Eip2333Error : std::uint8_t {
    short_seed,  // below 32 bytes
    bad_path,    // not "m" and at least one "/index" with index below 2^32
};

// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(Eip2333Error error);

// The master key of EIP-2333.
[[nodiscard]] Result<Secret<Fq>, Eip2333Error> eip2333_master(ByteView seed);

// Any child; a level costs some 1500 SHA-256 blocks.
[[nodiscard]] Secret<Fq> eip2333_child(const Secret<Fq>& parent, std::uint32_t index);

// The indexes of a path such as "m/12381/3600/0/0". Leading zeros and one leading "+" are accepted in an index.
[[nodiscard]] Result<std::vector<std::uint32_t>, Eip2333Error> parse_eip2333_path(std::string_view path);

// The key at a path below `master`.
[[nodiscard]] Result<Secret<Fq>, Eip2333Error> eip2333_derive(const Secret<Fq>& master, std::string_view path);

}  // namespace dusk::crypto
