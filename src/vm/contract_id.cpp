#include "vm/contract_id.hpp"

#include "crypto/blake3.hpp"

namespace dusk::vm {

ContractId default_contract_id(ByteView bytecode) { return crypto::blake3(bytecode); }

std::uint32_t position_key(const ContractId& id) {
    std::uint32_t sum = 0;
    for (std::size_t at = 0; at < id.size(); at += 4) sum += load_le<std::uint32_t>(id.data() + at);
    return sum;
}

}  // namespace dusk::vm
