#include "ledger/identifiers.hpp"

#include "crypto/blake2b.hpp"
#include "crypto/blake3.hpp"

namespace dusk::ledger {

ContractId deployed_contract_id(ByteView bytecode, std::uint64_t nonce, ByteView owner) {
    ByteArray<8> nonce_bytes;
    store_le(nonce_bytes.data(), nonce);
    crypto::Blake2b256 hasher;
    hasher.update(bytecode);
    hasher.update(nonce_bytes);
    hasher.update(owner);
    return {hasher.finish()};
}

BytecodeHash bytecode_hash(ByteView bytecode) { return {crypto::blake3(bytecode)}; }

}  // namespace dusk::ledger
