// The arguments of host queries as they stand in archives: tuples, which the released network checks from the last
// element to the first, with the measured layouts of spec/vm.md §9.6.
//
// Numbers and points are words that nobody checked (spec/crypto.md §18).
#pragma once

#include "base/archive_layout.hpp"

namespace dusk::vm {

template <std::size_t Size>
    requires(Size % 8 == 0)
using Words = std::array<std::uint64_t, Size / 8>;

template <std::size_t N>
[[nodiscard]] ByteArray<8 * N> bytes_of(const std::array<std::uint64_t, N>& words) {
    ByteArray<8 * N> out;
    for (std::size_t i = 0; i < N; ++i) store_le(out.data() + 8 * i, words[i]);
    return out;
}

using ScalarWords = Words<32>;
using BlsKeyWords = Words<200>;
using BlsSignatureWords = Words<104>;

struct PlonkStatement {
    Bytes verifier_data;
    Bytes proof;
    std::vector<ScalarWords> public_inputs;
};

struct Groth16Statement {
    Bytes key;  // prepared, uncompressed
    Bytes proof;
    Bytes inputs;  // prepared: one point of G1
};

struct SchnorrStatement {
    ScalarWords message;
    Words<160> key;
    Words<192> signature;
};

struct BlsStatement {
    Bytes message;
    BlsKeyWords key;
    BlsSignatureWords signature;
};

struct BlsMultisigStatement {
    Bytes message;
    std::vector<BlsKeyWords> keys;
    BlsSignatureWords signature;
};

struct KzgStatement {
    ByteArray<48> commitment;
    ByteArray<32> z;
    ByteArray<32> y;
    ByteArray<48> proof;
};

struct RecoverableSignature {
    ByteArray<32> digest;
    ByteArray<65> signature;  // r, s, v
};

}  // namespace dusk::vm

namespace dusk {

template <>
struct Archived<vm::PlonkStatement>
    : ArchivedStruct<vm::PlonkStatement, 24, 4, Field<&vm::PlonkStatement::public_inputs, 16>,
                     Field<&vm::PlonkStatement::proof, 8>, Field<&vm::PlonkStatement::verifier_data, 0>> {};
template <>
struct Archived<vm::Groth16Statement>
    : ArchivedStruct<vm::Groth16Statement, 24, 4, Field<&vm::Groth16Statement::inputs, 16>,
                     Field<&vm::Groth16Statement::proof, 8>, Field<&vm::Groth16Statement::key, 0>> {};
template <>
struct Archived<vm::SchnorrStatement>
    : ArchivedStruct<vm::SchnorrStatement, 384, 8, Field<&vm::SchnorrStatement::signature, 192>,
                     Field<&vm::SchnorrStatement::key, 32>, Field<&vm::SchnorrStatement::message, 0>> {};
template <>
struct Archived<vm::BlsStatement>
    : ArchivedStruct<vm::BlsStatement, 312, 8, Field<&vm::BlsStatement::signature, 208>,
                     Field<&vm::BlsStatement::key, 8>, Field<&vm::BlsStatement::message, 0>> {};
template <>
struct Archived<vm::BlsMultisigStatement>
    : ArchivedStruct<vm::BlsMultisigStatement, 120, 8, Field<&vm::BlsMultisigStatement::signature, 16>,
                     Field<&vm::BlsMultisigStatement::keys, 8>, Field<&vm::BlsMultisigStatement::message, 0>> {};
template <>
struct Archived<vm::KzgStatement>
    : ArchivedStruct<vm::KzgStatement, 160, 1, Field<&vm::KzgStatement::proof, 112>, Field<&vm::KzgStatement::y, 32>,
                     Field<&vm::KzgStatement::z, 0>, Field<&vm::KzgStatement::commitment, 64>> {};
template <>
struct Archived<vm::RecoverableSignature>
    : ArchivedStruct<vm::RecoverableSignature, 97, 1, Field<&vm::RecoverableSignature::signature, 32>,
                     Field<&vm::RecoverableSignature::digest, 0>> {};

}  // namespace dusk
