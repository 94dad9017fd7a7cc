// The archives of the SDK against the reference's bytes, and what validation refuses.
#include <gtest/gtest.h>
#include <zlib.h>

#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "dusk/contract/testing.hpp"

namespace {

using namespace dusk::contract;
using dusk::contract::mock::Chain;
using Strings = Vector<String>;
using ByteVector = Vector<uint8_t>;

const nlohmann::json& vectors() {
    static const nlohmann::json all = [] {
        std::string text;
        gzFile file = gzopen(DUSK_RKYV_VECTORS, "rb");
        for (int byte = gzgetc(file); byte >= 0; byte = gzgetc(file)) text.push_back(static_cast<char>(byte));
        gzclose(file);
        return nlohmann::json::parse(text);
    }();
    return all;
}

std::string sample(const std::string& type, const std::string& value) {
    for (const auto& one : vectors()["samples"]) {
        if (one["type"] == type && one["value"] == value) return one["bytes"];
    }
    ADD_FAILURE() << "no sample " << type << " " << value;
    return {};
}

template <class T>
std::string written(const T& value) {
    alignas(16) uint8_t buffer[argument_buffer_size];
    const uint32_t size = write_archive(buffer, argument_buffer_size, value);
    return dusk::to_hex({buffer, size});
}

template <class T>
bool reads(const std::string& hex, T& out) {
    const auto bytes = dusk::from_hex(hex);
    EXPECT_TRUE(bytes.has_value());
    alignas(16) uint8_t buffer[argument_buffer_size];
    std::copy(bytes->begin(), bytes->end(), buffer);
    return read_archive(buffer, static_cast<uint32_t>(bytes->size()), out);
}

// The bytes of the reference for `value`, and the value of its bytes.
template <class T>
void expect_sample(const std::string& type, const std::string& name, const T& value) {
    SCOPED_TRACE(type + " " + name);
    const std::string expected = sample(type, name);
    EXPECT_EQ(written(value), expected);
    T back{};
    ASSERT_TRUE(reads(expected, back));
    EXPECT_TRUE(back == value);
}

template <class... T>
auto list(T... items) {
    Vector<typename TypeAt<0, T...>::Type> out;
    (out.push_back(items), ...);
    return out;
}
ByteVector bytes(std::initializer_list<int> values) {
    ByteVector out;
    for (const int value : values) out.push_back(static_cast<uint8_t>(value));
    return out;
}

struct Mixed {
    uint8_t a = 0;
    uint64_t b = 0;
    uint16_t c = 0;
    ByteVector d;
    uint32_t e = 0;
    bool operator==(const Mixed&) const = default;
    DUSK_FIELDS(Mixed, a, b, c, d, e)
};
DUSK_LAYOUT(Mixed, 24, 8, 22, 0, 20, 8, 16);

TEST(Archive, NumbersAndBytesAreTheReferences) {
    expect_sample("()", "()", Unit{});
    expect_sample("bool", "true", true);
    expect_sample("u8", "5", uint8_t{5});
    expect_sample("u16", "258", uint16_t{258});
    expect_sample("u32", "1", uint32_t{1});
    expect_sample("u64", "2^40+1", (uint64_t{1} << 40) + 1);
    expect_sample("i64", "-2", int64_t{-2});
    expect_sample("u128", "1", uint128_t{1});
    expect_sample("[u8;3]", "1,2,3", Array<uint8_t, 3>{1, 2, 3});
}

TEST(Archive, TextAndListsAreTheReferences) {
    expect_sample("String", "", String());
    expect_sample("String", "abc", String("abc"));
    expect_sample("String", "sevenby", String("sevenby"));
    expect_sample("String", "eightbyt", String("eightbyt"));
    expect_sample("String", "a longer string", String("a longer string"));
    expect_sample("Vec<u8>", "empty", ByteVector());
    expect_sample("Vec<u8>", "1,2,3", bytes({1, 2, 3}));
    expect_sample("Vec<u8>", "8 bytes", bytes({9, 9, 9, 9, 9, 9, 9, 9}));
    expect_sample("Vec<u32>", "1,2", list(uint32_t{1}, uint32_t{2}));
    expect_sample("Vec<u64>", "1", list(uint64_t{1}));
    expect_sample("Vec<Vec<u8>>", "[[1],[],[2,3]]", list(bytes({1}), bytes({}), bytes({2, 3})));
    expect_sample("Vec<String>", "[a, longer than eight]", list(String("a"), String("longer than eight")));
}

TEST(Archive, OptionsAndResultsAreTheReferences) {
    expect_sample("Option<u8>", "None", Optional<uint8_t>());
    expect_sample("Option<u8>", "Some(7)", Optional<uint8_t>(7));
    expect_sample("Option<u32>", "Some(7)", Optional<uint32_t>(7));
    expect_sample("Option<u64>", "None", Optional<uint64_t>());
    expect_sample("Option<u64>", "Some(7)", Optional<uint64_t>(7));
    expect_sample("Option<Vec<u8>>", "Some([1,2])", Optional<ByteVector>(bytes({1, 2})));
    expect_sample("Result<u32,u8>", "Ok(5)", Result<uint32_t, uint8_t>(5U));
    expect_sample("Result<u32,u8>", "Err(6)", Result<uint32_t, uint8_t>(failure(uint8_t{6})));
    expect_sample("Result<Vec<u8>,()>", "Ok([1])", Result<ByteVector, Unit>(bytes({1})));
    using Answer = Result<ByteVector, ContractError>;
    using Kind = ContractError::Kind;
    const auto error = [](Kind kind, String text) { return Answer(failure(ContractError{kind, std::move(text)})); };
    expect_sample("Result<Vec<u8>,ContractError>", "Ok([1,2])", Answer(bytes({1, 2})));
    expect_sample("Result<Vec<u8>,ContractError>", "Err(Panic(short))", error(Kind::panicked, "short"));
    expect_sample("Result<Vec<u8>,ContractError>", "Err(Panic(a longer message))",
                  error(Kind::panicked, "a longer message"));
    expect_sample("Result<Vec<u8>,ContractError>", "Err(OutOfGas)", error(Kind::out_of_gas, {}));
    expect_sample("Result<Vec<u8>,ContractError>", "Err(DoesNotExist)", error(Kind::does_not_exist, {}));
    expect_sample("Result<Vec<u8>,ContractError>", "Err(Unknown)", error(Kind::unknown, {}));
}

TEST(Archive, StructsAndTuplesAreTheReferences) {
    expect_sample("(u8,u64)", "(1,2)", Tuple<uint8_t, uint64_t>(1, 2));
    expect_sample("(u64,u8)", "(1,2)", Tuple<uint64_t, uint8_t>(1, 2));
    expect_sample("(u32,u64,u32)", "(1,2,3)", Tuple<uint32_t, uint64_t, uint32_t>(1, 2, 3));
    expect_sample("(u8,u32,u16)", "(1,2,3)", Tuple<uint8_t, uint32_t, uint16_t>(1, 2, 3));
    expect_sample("(u32,Vec<u8>)", "(9,[1,2,3])", Tuple<uint32_t, ByteVector>(9, bytes({1, 2, 3})));
    expect_sample("(Vec<u8>,u64)", "([1],2)", Tuple<ByteVector, uint64_t>(bytes({1}), 2));
    Bytes<32> ones;
    for (uint8_t& byte : ones.bytes) byte = 1;
    expect_sample("([u8;32],u32)", "(1s,9)", Tuple<Bytes<32>, uint32_t>(ones, 9));
    expect_sample("([u8;32],Vec<u8>)", "(1s,[2])", Tuple<Bytes<32>, ByteVector>(ones, bytes({2})));
    Mixed mixed;
    mixed.a = 1;
    mixed.b = 2;
    mixed.c = 3;
    mixed.d = bytes({4, 5});
    mixed.e = 6;
    expect_sample("struct Mixed{a:u8,b:u64,c:u16,d:Vec<u8>,e:u32}", "1,2,3,[4,5],6", mixed);
}

TEST(Archive, WhatATupleElementPointsToIsWrittenFromTheLast) {
    EXPECT_EQ(written(Tuple<ByteVector, ByteVector>(bytes({1}), bytes({2}))).substr(0, 4), "0201");
}

TEST(Archive, ValidationDecidesAsTheReference) {
    for (const auto& one : vectors()["validation"]) {
        SCOPED_TRACE(one["note"].get<std::string>());
        ByteVector list;
        String text;
        EXPECT_EQ(reads(one["bytes"], list), one["valid_vec_u8"].get<bool>());
        EXPECT_EQ(reads(one["bytes"], text), one["valid_string"].get<bool>());
    }
}

TEST(Archive, DamageIsFoundOrChangesTheValueButNothingElse) {
    const auto value = list(String("longer than eight"), String("a"), String("another long one"));
    const std::string good = written(value);
    for (size_t at = 0; at < good.size(); at += 2) {
        for (const char* byte : {"00", "01", "7f", "80", "ff"}) {
            std::string damaged = good;
            damaged.replace(at, 2, byte);
            Strings out;
            if (reads(damaged, out)) {
                ASSERT_LE(out.size(), 3U);
            }
        }
    }
}

TEST(Archive, RefusesWhatIsNoValue) {
    bool flag = false;
    EXPECT_FALSE(reads("02", flag));
    Optional<uint8_t> maybe;
    EXPECT_FALSE(reads("0207", maybe));
    EXPECT_FALSE(reads("01", maybe));
    String text;
    EXPECT_FALSE(reads("ff00000000000001", text));  // not UTF-8
    EXPECT_FALSE(reads("6162636465666708", text));  // eight bytes cannot stand inside
    Strings huge;
    EXPECT_FALSE(reads("0000000000ffffff", huge));  // 4 billion strings
    Vector<uint64_t> wide;
    EXPECT_FALSE(reads("fcffffff00000020", wide));  // the length wraps around in 32 bits
    Result<Unit, Unit> either;
    EXPECT_FALSE(reads("02", either));
    Account account;
    EXPECT_FALSE(reads("02" + std::string(207 * 2, '0'), account));
}

TEST(Archive, PaddingOfKeysMeansNothing) {
    PublicKey a;
    PublicKey b;
    EXPECT_TRUE(reads(std::string(200 * 2, '0'), a));
    EXPECT_TRUE(reads(std::string(193 * 2, '0') + "01020304050607", b));
    EXPECT_TRUE(a == b);
}

TEST(Archive, SizesAreTheReferences) {
    const auto size_of = [](const std::string& type) -> std::pair<uint32_t, uint32_t> {
        for (const auto& one : vectors()["sizes"]) {
            if (one["type"] == type) return {one["size"], one["align"]};
        }
        return {};
    };
    const auto expect = [&]<class T>(const std::string& type) {
        EXPECT_EQ(size_of(type), (std::pair{Archive<T>::size, Archive<T>::alignment})) << type;
    };
    expect.operator()<BlsScalar>("BlsScalar");
    expect.operator()<PublicKey>("bls PublicKey");
    expect.operator()<Signature>("bls Signature");
    expect.operator()<MultisigSignature>("bls MultisigSignature");
    expect.operator()<SchnorrPublicKey>("schnorr PublicKey");
    expect.operator()<SchnorrSignature>("schnorr Signature");
    expect.operator()<Tuple<ByteVector, PublicKey, Signature>>("(Vec<u8>,PublicKey,Signature)");
    expect.operator()<Tuple<ByteVector, Vector<PublicKey>, MultisigSignature>>(
        "(Vec<u8>,Vec<PublicKey>,MultisigSignature)");
    expect.operator()<Tuple<BlsScalar, SchnorrPublicKey, SchnorrSignature>>(
        "(BlsScalar,schnorr PublicKey,schnorr Signature)");
    expect.operator()<Tuple<ByteVector, ByteVector, Vector<BlsScalar>>>("(Vec<u8>,Vec<u8>,Vec<BlsScalar>)");
    expect.operator()<Tuple<Bytes<48>, Bytes<32>, Bytes<32>, Bytes<48>>>("([u8;48],[u8;32],[u8;32],[u8;48])");
    expect.operator()<Tuple<Bytes<32>, Bytes<65>>>("([u8;32],[u8;65])");
    expect.operator()<Optional<Bytes<65>>>("Option<[u8;65]>");
    expect.operator()<Result<ByteVector, ContractError>>("Result<Vec<u8>,ContractError>");
    expect.operator()<String>("String");
    expect.operator()<ByteVector>("Vec<u8>");
}

TEST(Archive, WhatDoesNotFitPanics) {
    Chain chain;
    uint8_t small[16];
    EXPECT_THROW(static_cast<void>(write_archive(small, sizeof(small), ByteVector(9))), dusk::contract::mock::Stopped);
}

}  // namespace
