#include "vm/queries/host_queries.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <thread>

#include "base/hex.hpp"
#include "crypto/keccak.hpp"
#include "crypto/poseidon.hpp"
#include "crypto/sha2.hpp"
#include "crypto/unreduced.hpp"
#include "vm/queries/sample_arguments.hpp"

namespace dusk::vm {
namespace {

using crypto::Fq;

constexpr std::size_t kAligned = 16;
const Bytes kYes{1};
const Bytes kNo{0};

// The price, and what `run` says.
struct Outcome {
    std::uint64_t price = 0;
    Result<Bytes, QueryError> answer;
};

Outcome ask(const HostQueries& queries, std::string_view name, ByteView argument, std::size_t alignment = kAligned) {
    const auto query = queries.prepare(name, argument, alignment);
    return {query.value().price, query->run()};
}

template <class T>
Outcome ask(const HostQueries& queries, std::string_view name, const T& argument) {
    return ask(queries, name, ByteView(archive_write(argument)));
}

const HostQueries& queries() {
    static const HostQueries all;
    return all;
}

// One valid argument of each query, by its name; its answer takes well under a millisecond each.
Bytes sample_argument(std::string_view name) {
    static const PlonkStatement plonk = sample_plonk();
    if (name == "poseidon_hash") return archive_write(std::vector<ScalarWords>(3, Fq::from_u64(9).montgomery()));
    if (name == "verify_plonk") return archive_write(plonk);
    if (name == "verify_groth16_bn254") return archive_write(Groth16Statement{{1, 2}, {3}, {4, 5, 6}});
    if (name == "verify_schnorr") return archive_write(sample_schnorr(1));
    if (name == "verify_bls") return archive_write(sample_bls(1));
    if (name == "verify_bls_multisig") return archive_write(sample_bls_multisig(1, 2));
    if (name == "verify_kzg_proof") return archive_write(sample_kzg(1));
    if (name == "secp256k1_recover") return archive_write(RecoverableSignature{{1}, {2}});
    return archive_write(Bytes{1, 2, 3, 4, 5});
}

// What the reference answers to an archive that is not valid, spelled out.
Bytes fallback(std::string_view name) {
    if (name.starts_with("verify_")) return kNo;
    return Bytes(name == "secp256k1_recover" ? 66 : 32, 0);
}

TEST(HostQueries, KnowTheirNames) {
    EXPECT_EQ(HostQueries::names().size(), 11U);
    for (const std::string_view name : HostQueries::names()) EXPECT_TRUE(queries().prepare(name, {}, 1)) << name;
    for (const std::string_view name : {"", "no_such_query", "chain_id", "block_height", "Hash", "hash "}) {
        EXPECT_FALSE(queries().prepare(name, {}, 1)) << name;
    }
}

TEST(HostQueries, HashBytes) {
    for (const std::size_t size : {0UZ, 1UZ, 135UZ, 136UZ, 137UZ, 60'000UZ}) {
        const Bytes bytes(size, 0xab);
        const Outcome hash = ask(queries(), "hash", bytes);
        EXPECT_EQ(hash.price, 3000 + 10 * size);
        EXPECT_EQ(hash.answer, to_vector(Fq::hash_to_scalar(bytes).to_archive()));
        const Outcome keccak = ask(queries(), "keccak256", bytes);
        EXPECT_EQ(keccak.price, 3000 + 16 * size);
        EXPECT_EQ(keccak.answer, to_vector(crypto::keccak256(bytes)));
        const Outcome sha = ask(queries(), "sha256", bytes);
        EXPECT_EQ(sha.price, 3000 + 8 * size);
        EXPECT_EQ(sha.answer, to_vector(crypto::sha256(bytes)));
    }
    // Ethereum's known answer: the original padding, not that of SHA-3.
    EXPECT_EQ(to_hex(ask(queries(), "keccak256", Bytes{}).answer.value()),
              "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
}

TEST(HostQueries, HashScalarsAsTheyStand) {
    for (const std::size_t count : {1UZ, 4UZ, 5UZ, 100UZ}) {
        std::vector<ScalarWords> words;
        std::vector<Fq> scalars;
        for (std::size_t i = 0; i < count; ++i) {
            scalars.push_back(Fq::from_u64(i * i + 1));
            words.push_back(scalars.back().montgomery());
        }
        const Outcome outcome = ask(queries(), "poseidon_hash", words);
        EXPECT_EQ(outcome.price, 30'000 + 10'000 * count);
        const Fq digest = crypto::poseidon::digest(crypto::poseidon::Domain::other, scalars).value();
        EXPECT_EQ(outcome.answer, to_vector(digest.to_archive()));
    }
    const ScalarWords all_ones{~0ULL, ~0ULL, ~0ULL, ~0ULL};
    EXPECT_TRUE(ask(queries(), "poseidon_hash", std::vector{all_ones}).answer);
}

TEST(HostQueries, SayWhereTheReleasedNodeAborts) {
    const Outcome nothing = ask(queries(), "poseidon_hash", std::vector<ScalarWords>{});
    EXPECT_EQ(nothing.price, 40'000U);
    EXPECT_EQ(nothing.answer, fail(QueryError::aborted));
    const Outcome zero = ask(queries(), "verify_schnorr", SchnorrStatement{});
    EXPECT_EQ(zero.price, 1'000'000U);
    EXPECT_EQ(zero.answer, fail(QueryError::aborted));
}

TEST(HostQueries, PriceAndAnswerInvalidArchives) {
    const auto price = [](std::string_view name, std::uint64_t length) -> std::uint64_t {
        if (name == "hash") return 3000 + 10 * length;
        if (name == "keccak256") return 3000 + 16 * length;
        if (name == "sha256") return 3000 + 8 * length;
        if (name == "poseidon_hash") return 40'000;
        if (name == "verify_plonk") return 10'000'000;
        if (name == "verify_groth16_bn254") return 4'500'000;
        if (name == "verify_schnorr") return 1'000'000;
        if (name == "verify_bls") return 1'750'000;
        if (name == "verify_bls_multisig") return 2'700'000;
        if (name == "verify_kzg_proof") return 2'000'000;
        return 200'000;
    };
    for (const std::string_view name : HostQueries::names()) {
        for (const Bytes& bytes :
             {Bytes{}, Bytes{1, 2, 3, 4, 5}, Bytes(8, 0xff), from_hex("ffffff7fffffff7f").value()}) {
            const Outcome outcome = ask(queries(), name, ByteView(bytes));
            EXPECT_EQ(outcome.price, price(name, bytes.size())) << name;
            EXPECT_EQ(outcome.answer, fallback(name)) << name;
        }
    }
}

TEST(HostQueries, HeedTheAlignmentOfTheBuffer) {
    for (const std::string_view name : HostQueries::names()) {
        const Bytes argument = sample_argument(name);
        const std::size_t needed = name == "verify_kzg_proof" || name == "secp256k1_recover"                   ? 1
                                   : name.ends_with("256") || name == "hash" || name == "verify_groth16_bn254" ? 4
                                                                                                               : 8;
        const Outcome good = ask(queries(), name, ByteView(argument), needed);
        EXPECT_EQ(good.answer, ask(queries(), name, ByteView(argument)).answer) << name;
        if (needed == 1) continue;
        const Outcome bad = ask(queries(), name, ByteView(argument), needed / 2);
        EXPECT_EQ(bad.answer, fallback(name)) << name;
    }
    // An empty vector points at an address too.
    const Bytes empty = archive_write(std::vector<ScalarWords>{});
    EXPECT_EQ(ask(queries(), "poseidon_hash", ByteView(empty), 4).answer, fallback("poseidon_hash"));
}

TEST(HostQueries, SurviveEveryTruncation) {
    for (const std::string_view name : HostQueries::names()) {
        const Bytes argument = sample_argument(name);
        for (std::size_t size = 0; size < argument.size(); ++size) {
            const Outcome cut = ask(queries(), name, ByteView(argument).first(size));
            EXPECT_TRUE(cut.answer.has_value()) << name << " " << size;
        }
        for (std::size_t skipped = 1; skipped <= argument.size(); ++skipped) {
            const Outcome cut = ask(queries(), name, ByteView(argument).subspan(skipped));
            if (!cut.answer) EXPECT_EQ(cut.answer.error(), QueryError::aborted) << name << " " << skipped;
        }
    }
}

RC_GTEST_PROP(HostQueries, SurviveAnyChange, (std::uint64_t which, const std::vector<std::uint16_t>& places)) {
    const std::string_view name = HostQueries::names()[which % HostQueries::names().size()];
    Bytes argument = sample_argument(name);
    for (const std::uint16_t place : places)
        argument[place % argument.size()] ^= static_cast<std::uint8_t>(1 << which % 8);
    const std::size_t alignment = 1UZ << *rc::gen::inRange(0, 5);
    static const HostQueries forgetful({.answers = 0, .verifiers = 0});
    const Outcome first = ask(queries(), name, ByteView(argument), alignment);
    const Outcome again = ask(queries(), name, ByteView(argument), alignment);
    const Outcome fresh = ask(forgetful, name, ByteView(argument), alignment);
    RC_ASSERT((first.price == again.price && first.answer == again.answer));
    RC_ASSERT((first.price == fresh.price && first.answer == fresh.answer));
}

RC_GTEST_PROP(HostQueries, VerifySchnorrSignatures, (std::uint64_t seed)) {
    SchnorrStatement statement = sample_schnorr(seed);
    RC_ASSERT((ask(queries(), "verify_schnorr", statement).answer == kYes));
    statement.message = Fq::from_u64(seed).montgomery();
    RC_ASSERT((ask(queries(), "verify_schnorr", statement).answer == kNo));
}

TEST(HostQueries, VerifyBlsSignatures) {
    const BlsStatement statement = sample_bls(3);
    const Outcome outcome = ask(queries(), "verify_bls", statement);
    EXPECT_EQ(outcome.price, 1'750'000U);
    EXPECT_EQ(outcome.answer, kYes);
    EXPECT_EQ(ask(queries(), "verify_bls", sample_bls(3, crypto::BlsVersion::v1)).answer, kNo);
    const HostQueries old({.bls_version = crypto::BlsVersion::v1});
    EXPECT_EQ(ask(old, "verify_bls", statement).answer, kNo);
    EXPECT_EQ(ask(old, "verify_bls", sample_bls(3, crypto::BlsVersion::v1)).answer, kYes);
    BlsStatement other = statement;
    other.message.push_back(0);
    EXPECT_EQ(ask(queries(), "verify_bls", other).answer, kNo);
    other = statement;
    other.key = sample_bls(4).key;
    EXPECT_EQ(ask(queries(), "verify_bls", other).answer, kNo);
    other = statement;
    other.key.back() |= 1;  // infinity
    EXPECT_EQ(ask(queries(), "verify_bls", other).answer, kNo);
    other.key = {};
    other.signature = {};
    EXPECT_EQ(ask(queries(), "verify_bls", other).answer, kNo);
}

TEST(HostQueries, DoNotLookAtPadding) {
    BlsStatement statement = sample_bls(5);
    statement.key.back() |= 0xffffff00;
    statement.signature.back() |= 0xffffffffffffff00;
    EXPECT_EQ(ask(queries(), "verify_bls", statement).answer, kYes);
}

TEST(HostQueries, VerifyMultisignatures) {
    const BlsMultisigStatement statement = sample_bls_multisig(6, 3);
    const Outcome outcome = ask(queries(), "verify_bls_multisig", statement);
    EXPECT_EQ(outcome.price, 2'500'000U + 3 * 200'000);
    EXPECT_EQ(outcome.answer, kYes);
    BlsMultisigStatement other = statement;
    std::swap(other.keys[0], other.keys[2]);
    EXPECT_EQ(ask(queries(), "verify_bls_multisig", other).answer, kYes);
    other.keys.pop_back();
    EXPECT_EQ(ask(queries(), "verify_bls_multisig", other).answer, kNo);
    other.keys.clear();
    const Outcome none = ask(queries(), "verify_bls_multisig", other);
    EXPECT_EQ(none.price, 2'700'000U);
    EXPECT_EQ(none.answer, kNo);
    other.keys.assign(1, {});
    EXPECT_EQ(ask(queries(), "verify_bls_multisig", other).answer, kNo);
}

TEST(HostQueries, VerifyPlonkProofs) {
    const HostQueries own;
    const PlonkStatement statement = sample_plonk();
    for (int i = 0; i < 4; ++i) {  // noted, kept, known, and the answers forgotten meanwhile
        PlonkStatement other = statement;
        other.proof.push_back(static_cast<std::uint8_t>(i));  // ignored
        const Outcome outcome = ask(own, "verify_plonk", other);
        EXPECT_EQ(outcome.price, 10'000'000U);
        EXPECT_EQ(outcome.answer, kYes);
        other.public_inputs[0] = Fq::from_u64(static_cast<std::uint64_t>(i)).montgomery();
        EXPECT_EQ(ask(own, "verify_plonk", other).answer, kNo);
        other.public_inputs.pop_back();
        EXPECT_EQ(ask(own, "verify_plonk", other).answer, kNo);
    }
    EXPECT_EQ(own.verifiers_use().misses, 2U);
    EXPECT_EQ(own.verifiers_use().hits, 10U);

    PlonkStatement unreduced = statement;
    unreduced.public_inputs[0] = Fq::from_raw({}).montgomery();
    EXPECT_EQ(ask(own, "verify_plonk", unreduced).answer, kNo);
    unreduced = statement;
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        unreduced.public_inputs[0][i] =
            crypto::detail::add_carry(unreduced.public_inputs[0][i], Fq::kModulus[i], carry);
    }
    ASSERT_EQ(carry, 0U);
    EXPECT_EQ(ask(own, "verify_plonk", unreduced).answer, kYes);

    const HostQueries old({.plonk_version = plonk::Version::v2});
    EXPECT_EQ(ask(old, "verify_plonk", statement).answer, kNo);
}

TEST(HostQueries, RememberAnswersWithoutShowingIt) {
    for (const std::string_view name : HostQueries::names()) {
        const HostQueries own({.answers = 2});
        const Bytes argument = sample_argument(name);
        const Outcome first = ask(own, name, ByteView(argument));
        const auto before = own.answers_use(name);
        EXPECT_EQ(before.hits, 0U);
        const Outcome again = ask(own, name, ByteView(argument));
        EXPECT_EQ(again.price, first.price);
        EXPECT_EQ(again.answer, first.answer);
        EXPECT_EQ(own.answers_use(name).hits, before.misses) << name;  // kept, if it was looked for
        // An argument that is invalid where it stands is not looked up.
        ask(own, name, ByteView(argument), 1);
        EXPECT_EQ(own.answers_use(name).misses, before.misses) << name;
    }
    EXPECT_EQ(queries().answers_use("no_such_query").hits, 0U);
}

TEST(HostQueries, MayBeRunLaterAndTwice) {
    std::optional<PreparedQuery> query;
    {
        Bytes argument = archive_write(sample_schnorr(8));
        query = queries().prepare("verify_schnorr", argument, kAligned);
        std::ranges::fill(argument, std::uint8_t{0});
    }
    const PreparedQuery copy = *query;
    EXPECT_EQ(query->run(), kYes);
    EXPECT_EQ(query->run(), kYes);
    EXPECT_EQ(copy.run(), kYes);
}

TEST(HostQueries, ServeManyThreads) {
    const HostQueries own({.answers = 3, .verifiers = 1});
    std::vector<std::thread> threads;
    std::array<std::size_t, 4> wrong{};
    for (std::size_t t = 0; t < wrong.size(); ++t) {
        threads.emplace_back([&, t] {
            for (std::uint64_t i = 0; i < 20; ++i) {
                for (const std::string_view name : HostQueries::names()) {
                    const Bytes argument =
                        name == "verify_schnorr" ? archive_write(sample_schnorr((t + i) % 5)) : sample_argument(name);
                    const bool yes = name != "verify_groth16_bn254" && name.starts_with("verify_");
                    if (yes && ask(own, name, ByteView(argument)).answer != kYes) ++wrong[t];
                }
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(wrong, (std::array<std::size_t, 4>{}));
}

}  // namespace
}  // namespace dusk::vm
