#include "crypto/os_random.hpp"

#include <sodium.h>

namespace dusk::crypto {

void OsRandom::fill(MutableByteView out) {
    static const int ready = sodium_init();
    (void)ready;
    randombytes_buf(out.data(), out.size());
}

}  // namespace dusk::crypto
