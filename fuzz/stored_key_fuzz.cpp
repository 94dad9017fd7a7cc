// Stored prover keys behind their digest, which a fuzzer cannot find: it is put there. What reads is written the same.
#include <cstdlib>

#include "crypto/blake3.hpp"
#include "crypto/chacha_rng.hpp"
#include "plonk/stored_key.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    using namespace dusk::plonk;
    static const PublicParameters parameters = [] {
        SerialExecutor executor;
        crypto::ChaChaRng random(1);
        return PublicParameters::setup(16, random, executor);
    }();
    Bytes stored(data, data + size);
    append(stored, crypto::blake3(stored));
    constexpr std::size_t kOrigin = 12;
    KeyOrigin origin{};
    if (size >= kOrigin + origin.size()) origin = take<32>(ByteView(data, size).subspan(kOrigin));
    const auto key = read_stored_key(stored, origin, parameters);
    if (key && write_stored_key(*key, origin) != stored) std::abort();
    return 0;
}
