// Paths of EIP-2333: one that parses, written plainly, parses to the same indexes.
#include <cstdlib>
#include <string>

#include "crypto/key_derivation.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using dusk::crypto::parse_eip2333_path;
    const auto indexes = parse_eip2333_path({reinterpret_cast<const char*>(data), size});
    if (!indexes) return 0;
    std::string plain = "m";
    for (const std::uint32_t index : *indexes) plain += "/" + std::to_string(index);
    const auto again = parse_eip2333_path(plain);
    if (indexes->empty() || !again || *again != *indexes) std::abort();
    return 0;
}
