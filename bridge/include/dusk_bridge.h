/* The C interface of the Rust library in bridge/. Plain C types only; the caller owns every buffer;
 * no Rust panic crosses (a function whose body panicked answers DUSK_BRIDGE_PANIC).
 * blst is exported with its own headers, blst.h and blst_aux.h, copied beside this one at build time. */
#ifndef DUSK_BRIDGE_H
#define DUSK_BRIDGE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DUSK_BRIDGE_PANIC (-1)

/* Writes the version as a NUL-terminated string of at most `capacity` bytes.
 * 0: written; 1: `capacity` is too small, nothing written. */
int32_t dusk_bridge_version(uint8_t *out, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
