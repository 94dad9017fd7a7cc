// What libsodium's own start does beside what is used here: it would draw in a source of randomness, which a module
// without imports does not have.
#include <sodium.h>

extern "C" {
#include <private/implementations.h>

int sodium_init(void) {
    (void)_crypto_pwhash_argon2_pick_best_implementation();
    (void)_crypto_generichash_blake2b_pick_best_implementation();
    (void)_crypto_onetimeauth_poly1305_pick_best_implementation();
    (void)_crypto_stream_chacha20_pick_best_implementation();
    return 0;
}

// No randomness: Argon2 overwrites its result with this before it computes it, and nothing else here draws.
void randombytes_buf(void* const bytes, const size_t size) { sodium_memzero(bytes, size); }
void sodium_misuse(void) { __builtin_trap(); }
}
