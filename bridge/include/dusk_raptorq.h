/* RaptorQ (RFC 6330), by the crate raptorq: what a source block is repaired with. Source symbols are the bytes of the
 * object themselves, which the caller cuts, orders (sub-blocks) and pads: nothing here copies them for sending.
 *
 * Numbers of symbols of a block are at most DUSK_RAPTORQ_MOST_SYMBOLS, identifiers of symbols (ESI) below 2^24. Work
 * that depends on the number of symbols alone is remembered in the process, for the numbers that were used last. */
#ifndef DUSK_RAPTORQ_H
#define DUSK_RAPTORQ_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DUSK_RAPTORQ_MOST_SYMBOLS 56403
#define DUSK_RAPTORQ_INFO_SIZE 12

#define DUSK_RAPTORQ_OK 0
#define DUSK_RAPTORQ_NOT_SOLVABLE 1 /* the symbols do not determine the block */
#define DUSK_RAPTORQ_INVALID 2      /* a number out of its range */

/* The object transmission information that the network's encoder chooses for an object of `length` bytes (1 to
 * 2^40 - 1) and packets of at most `packet_size` bytes for the symbol (64 and more): `info` takes 12 bytes.
 * DUSK_RAPTORQ_OK, DUSK_RAPTORQ_INVALID or DUSK_BRIDGE_PANIC, as of all functions here. */
int32_t dusk_raptorq_info(uint64_t length, uint16_t packet_size, uint8_t *info);

/* The repair symbols `ids` (each `symbols` or above) of a block of `symbols` symbols of `symbol_size` bytes, one behind
 * the other in `block`. `repair` takes `count` symbols. */
int32_t dusk_raptorq_repair(const uint8_t *block, uint32_t symbols, uint16_t symbol_size, const uint32_t *ids,
                            size_t count, uint8_t *repair);

/* The block of `symbols` symbols out of `count` of its source and repair symbols, one behind the other in `received`,
 * `ids` telling which; no identifier stands there twice. `block` takes `symbols` symbols. Or
 * DUSK_RAPTORQ_NOT_SOLVABLE. */
int32_t dusk_raptorq_solve(const uint8_t *received, const uint32_t *ids, size_t count, uint32_t symbols,
                           uint16_t symbol_size, uint8_t *block);

#ifdef __cplusplus
}
#endif

#endif
