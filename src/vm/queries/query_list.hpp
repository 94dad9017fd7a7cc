// The host queries, one type each: the name, the argument, the answer, the price and how the answer is found.
//
//     Argument, Answer                  archived; the answer to an invalid archive is Answer{}
//     price, units(argument)            gas = base + per_unit * units
//     units_of_invalid(length)          the units of an archive of `length` bytes that is not valid
//     kept                              whether answers are worth remembering
//     answer(argument, context)         nothing but errors of QueryError; any argument
#pragma once

#include <optional>
#include <tuple>

#include "crypto/bls_signature.hpp"
#include "vm/queries/plonk_verifiers.hpp"
#include "vm/queries/query_arguments.hpp"
#include "vm/queries/query_error.hpp"

namespace dusk::vm {

struct QueryPrice {
    std::uint64_t base;
    std::uint64_t per_unit = 0;
};

// What answers depend on besides the argument.
struct QueryContext {
    crypto::BlsVersion bls_version;
    PlonkVerifiers verifiers;
};

// Of queries with a price for each byte. Their answers cost about as much as the hash by which they would be found.
struct QueryOfBytes {
    using Argument = Bytes;
    static constexpr bool kept = false;
    static std::uint64_t units(const Bytes& argument) { return argument.size(); }
    static std::uint64_t units_of_invalid(std::size_t length) { return length; }
};

// Of queries with a single price.
template <class Statement>
struct QueryOfStatement {
    using Argument = Statement;
    static constexpr bool kept = true;
    static std::uint64_t units(const Statement& /*argument*/) { return 0; }
    static std::uint64_t units_of_invalid(std::size_t /*length*/) { return 0; }
};

struct HashQuery : QueryOfBytes {
    using Answer = ScalarWords;
    static constexpr std::string_view name = "hash";
    static constexpr QueryPrice price{3'000, 10};
    static Result<Answer, QueryError> answer(const Argument& argument, QueryContext& context);
};

struct PoseidonHashQuery {
    using Argument = std::vector<ScalarWords>;
    using Answer = ScalarWords;
    static constexpr std::string_view name = "poseidon_hash";
    static constexpr QueryPrice price{30'000, 10'000};
    static constexpr bool kept = true;
    static std::uint64_t units(const Argument& argument) { return std::max<std::uint64_t>(argument.size(), 1); }
    static std::uint64_t units_of_invalid(std::size_t /*length*/) { return 1; }
    static Result<Answer, QueryError> answer(const Argument& argument, QueryContext& context);
};

struct VerifyPlonkQuery : QueryOfStatement<PlonkStatement> {
    using Answer = bool;
    static constexpr std::string_view name = "verify_plonk";
    static constexpr QueryPrice price{10'000'000};
    static Result<Answer, QueryError> answer(const Argument& argument, QueryContext& context);
};

struct VerifyGroth16Bn254Query : QueryOfStatement<Groth16Statement> {
    using Answer = bool;
    static constexpr std::string_view name = "verify_groth16_bn254";
    static constexpr QueryPrice price{4'500'000};
    static Result<Answer, QueryError> answer(const Argument& argument, QueryContext& context);
};

struct VerifySchnorrQuery : QueryOfStatement<SchnorrStatement> {
    using Answer = bool;
    static constexpr std::string_view name = "verify_schnorr";
    static constexpr QueryPrice price{1'000'000};
    static Result<Answer, QueryError> answer(const Argument& argument, QueryContext& context);
};

struct VerifyBlsQuery : QueryOfStatement<BlsStatement> {
    using Answer = bool;
    static constexpr std::string_view name = "verify_bls";
    static constexpr QueryPrice price{1'750'000};
    static Result<Answer, QueryError> answer(const Argument& argument, QueryContext& context);
};

struct VerifyBlsMultisigQuery {
    using Argument = BlsMultisigStatement;
    using Answer = bool;
    static constexpr std::string_view name = "verify_bls_multisig";
    static constexpr QueryPrice price{2'500'000, 200'000};
    static constexpr bool kept = true;
    static std::uint64_t units(const Argument& argument) { return std::max<std::uint64_t>(argument.keys.size(), 1); }
    static std::uint64_t units_of_invalid(std::size_t /*length*/) { return 1; }
    static Result<Answer, QueryError> answer(const Argument& argument, QueryContext& context);
};

struct Keccak256Query : QueryOfBytes {
    using Answer = ByteArray<32>;
    static constexpr std::string_view name = "keccak256";
    static constexpr QueryPrice price{3'000, 16};
    static Result<Answer, QueryError> answer(const Argument& argument, QueryContext& context);
};

struct Sha256Query : QueryOfBytes {
    using Answer = ByteArray<32>;
    static constexpr std::string_view name = "sha256";
    static constexpr QueryPrice price{3'000, 8};
    static Result<Answer, QueryError> answer(const Argument& argument, QueryContext& context);
};

struct VerifyKzgProofQuery : QueryOfStatement<KzgStatement> {
    using Answer = bool;
    static constexpr std::string_view name = "verify_kzg_proof";
    static constexpr QueryPrice price{2'000'000};
    static Result<Answer, QueryError> answer(const Argument& argument, QueryContext& context);
};

struct Secp256k1RecoverQuery : QueryOfStatement<RecoverableSignature> {
    using Answer = std::optional<ByteArray<65>>;
    static constexpr std::string_view name = "secp256k1_recover";
    static constexpr QueryPrice price{200'000};
    static Result<Answer, QueryError> answer(const Argument& argument, QueryContext& context);
};

using HostQueryList =
    std::tuple<HashQuery, Keccak256Query, Sha256Query, PoseidonHashQuery, VerifyPlonkQuery, VerifyGroth16Bn254Query,
               VerifySchnorrQuery, VerifyBlsQuery, VerifyBlsMultisigQuery, VerifyKzgProofQuery, Secp256k1RecoverQuery>;

}  // namespace dusk::vm
