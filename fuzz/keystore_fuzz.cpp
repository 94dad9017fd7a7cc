// Wallet files of ours: whatever opens is written and opens again, and is recognised as one. What claims to cost much
// is refused before it does.
#include <cstdlib>

#include "app/key_files.hpp"
#include "crypto/chacha_rng.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    const SecretBytes password(std::string_view("password"));
    const auto opened = wallet::open_keystore({data, size}, password);
    if (!opened) {
        if (to_string(opened.error()).empty()) std::abort();
        return 0;
    }
    if (app::kind_of("name", {data, size}) != app::KeyFileKind::wallet) std::abort();
    crypto::ChaChaRng random(1);
    const std::string sealed = *wallet::seal_keystore(*opened, password, {.passes = 1, .memory_mib = 8}, random);
    const auto again = wallet::open_keystore(as_bytes(sealed), password);
    if (!again || !(again->seed() == opened->seed()) || again->profiles() != opened->profiles()) std::abort();
    return 0;
}
