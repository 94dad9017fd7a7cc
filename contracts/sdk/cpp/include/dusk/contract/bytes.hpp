// Bytes of a fixed number, and the identities and keys that are made of them.
#pragma once

#include "dusk/contract/memory.hpp"
#include "dusk/contract/types.hpp"

namespace dusk::contract {

// N items.
template <class T, size_t N>
struct Array {
    T items[N]{};

    [[nodiscard]] static constexpr size_t size() { return N; }
    [[nodiscard]] constexpr T& operator[](size_t at) { return items[check(at)]; }
    [[nodiscard]] constexpr const T& operator[](size_t at) const { return items[check(at)]; }
    [[nodiscard]] constexpr T* begin() { return items; }
    [[nodiscard]] constexpr T* end() { return items + N; }
    [[nodiscard]] constexpr const T* begin() const { return items; }
    [[nodiscard]] constexpr const T* end() const { return items + N; }
    bool operator==(const Array&) const = default;

  private:
    static constexpr size_t check(size_t at) {
        if (at >= N) __builtin_trap();
        return at;
    }
};

// N bytes that are archived as they stand, aligned to Alignment. The last Padding bytes mean nothing: they are zero
// here whatever an archive says, so that equal values are equal bytes.
template <class Tag, size_t N, size_t Alignment = 1, size_t Padding = 0>
struct Opaque {
    static constexpr size_t length = N;
    static constexpr size_t alignment = Alignment;
    static constexpr size_t padding = Padding;
    uint8_t bytes[N]{};

    bool operator==(const Opaque& other) const { return __builtin_memcmp(bytes, other.bytes, N) == 0; }
    bool operator<(const Opaque& other) const { return __builtin_memcmp(bytes, other.bytes, N) < 0; }
};

template <size_t N>
using Bytes = Opaque<void, N>;
using Hash = Bytes<32>;

using ContractId = Opaque<struct ContractIdTag, 32>;

// Archived keys and signatures (spec/vm.md §8.6, §9.7; sizes measured). They are not checked to be on the curve or in
// the group; the queries that verify signatures do that.
using BlsScalar = Opaque<struct BlsScalarTag, 32, 8>;  // Montgomery form, four little-endian words
using PublicKey = Opaque<struct PublicKeyTag, 200, 8, 7>;
using Signature = Opaque<struct SignatureTag, 104, 8, 7>;
using MultisigSignature = Opaque<struct MultisigSignatureTag, 104, 8, 7>;
// A point in extended coordinates: one key has many forms, so never compare these.
using SchnorrPublicKey = Opaque<struct SchnorrPublicKeyTag, 160, 8>;
using SchnorrSignature = Opaque<struct SchnorrSignatureTag, 192, 8>;

[[nodiscard]] constexpr ContractId reserved_id(uint8_t number) {
    ContractId id;
    id.bytes[0] = number;
    return id;
}
inline constexpr ContractId transfer_contract = reserved_id(1);
inline constexpr ContractId stake_contract = reserved_id(2);

}  // namespace dusk::contract
