// hashes.json
#include <map>

#include "crypto/blake2b.hpp"
#include "crypto/blake3.hpp"
#include "crypto/keccak.hpp"
#include "crypto/sha2.hpp"
#include "report.hpp"

namespace dusk::vectors {
namespace {

using HashFunction = Bytes (*)(ByteView);
template <auto Function>
Bytes digest(ByteView message) {
    return to_vector(Function(message));
}

const std::map<std::string, HashFunction, std::less<>> kFunctions{{"blake2b_256", digest<crypto::blake2b_256>},
                                                                  {"blake2b_512", digest<crypto::blake2b_512>},
                                                                  {"blake3", digest<crypto::blake3>},
                                                                  {"keccak256", digest<crypto::keccak256>},
                                                                  {"sha256", digest<crypto::sha256>},
                                                                  {"sha3_256", digest<crypto::sha3_256>},
                                                                  {"sha512", digest<crypto::sha512>}};

void hashes(const Node& root, Report& report) {
    for (const Node& c : root["hashes"].items()) {
        report.run(c, [&] {
            const Bytes message = c["in"].hex();
            for (const auto& [name, expected] : c.fields()) {
                if (name == "in") continue;
                const auto function = kFunctions.find(name);
                if (function == kFunctions.end()) expected.complain("no hash function has this name");
                report.expect_bytes(function->second(message), expected);
            }
        });
    }
}

const Registered registered{{"crypto", "hashes", {"hashes"}, hashes}};

}  // namespace
}  // namespace dusk::vectors
