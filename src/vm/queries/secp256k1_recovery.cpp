#include "vm/queries/secp256k1_recovery.hpp"

#include <secp256k1.h>
#include <secp256k1_recovery.h>

namespace dusk::vm {

std::optional<ByteArray<65>> secp256k1_recover(const ByteArray<32>& digest, const ByteArray<65>& signature) {
    const int v = signature[64] < 27 ? signature[64] : signature[64] - 27;
    if (v > 1) return std::nullopt;
    // Verification needs no context of its own.
    const secp256k1_context* context = secp256k1_context_static;
    secp256k1_ecdsa_recoverable_signature parsed;
    if (secp256k1_ecdsa_recoverable_signature_parse_compact(context, &parsed, signature.data(), v) != 1) {
        return std::nullopt;
    }
    secp256k1_pubkey key;
    if (secp256k1_ecdsa_recover(context, &key, &parsed, digest.data()) != 1) return std::nullopt;
    ByteArray<65> out;
    std::size_t size = out.size();
    secp256k1_ec_pubkey_serialize(context, out.data(), &size, &key, SECP256K1_EC_UNCOMPRESSED);
    return out;
}

}  // namespace dusk::vm
