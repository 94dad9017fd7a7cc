// rkyv.json: archives of sample values, archived sizes, validation.
#include <map>

#include "base/hex.hpp"
#include "crypto/field.hpp"
#include "report.hpp"
#include "vm/sample_text.hpp"

namespace dusk::vectors {

// A field element is a number and a note in brackets; its archive holds the Montgomery limbs.
template <>
struct TextForm<crypto::Fq> {
    static crypto::Fq parse(Cursor& in, bool /*top*/) {
        const U128 value = vectors::parse<U128>(in);
        in.expect(" (Montgomery limbs)");
        return crypto::Fq::from_raw({value.low, value.high, 0, 0});
    }
};

namespace {

// What the archive codec does with one type.
struct TypeChecks {
    std::size_t size;
    std::size_t alignment;
    void (*sample)(const Node& sample, Report& report);
};

template <class T, class Text>
T parse_value(const Node& sample) {
    const std::string text = sample["value"].text();
    Cursor cursor(text, sample["type"].text().starts_with("contract metadata"));
    T value{};
    if constexpr (std::same_as<Text, crypto::Fq>) {
        value = parse<crypto::Fq>(cursor, true).montgomery();
    } else {
        value = parse<T>(cursor, true);
    }
    if (!cursor.done()) cursor.complain("text is left over");
    return value;
}

// "8 bytes" says how many equal bytes, but not which.
std::optional<std::size_t> byte_count(std::string_view text) {
    if (!text.ends_with(" bytes")) return {};
    std::size_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    return error == std::errc{} && end == text.data() + text.size() - 6 ? std::optional(count) : std::nullopt;
}

template <class T, class Text = T>
void check_sample(const Node& sample, Report& report) {
    const Bytes bytes = sample["bytes"].hex();
    const auto read = archive_read<T>(bytes);
    if (!read) {
        report.expect(false, sample["bytes"], describe(read.error()));
        return;
    }
    T value{};
    const auto count = byte_count(sample["value"].text());
    if constexpr (std::same_as<T, Bytes>) {
        if (count) {
            value.assign(*count, read->empty() ? std::uint8_t{0} : read->front());
        } else {
            value = parse_value<T, Text>(sample);
        }
    } else {
        value = parse_value<T, Text>(sample);
    }
    report.expect(*read == value, sample["value"], "the archive reads as another value");
    report.expect_bytes(archive_write(value), sample["bytes"]);
    const auto limited = archive_write(value, contract_argument_limits);
    report.expect(limited && *limited == bytes, sample["bytes"], "the value does not fit an argument buffer");
    report.expect(bytes.size() >= Archived<T>::size, sample["bytes"], "shorter than the type");
    if (Archived<T>::size > 0) {
        const auto cut = archive_read<T>(ByteView(bytes).last(Archived<T>::size - 1));
        report.expect(!cut, sample["bytes"], "reads from fewer bytes than the type has");
    }
}

template <class T, class Text = T>
constexpr TypeChecks checks{Archived<T>::size, Archived<T>::alignment, check_sample<T, Text>};
// Types that only the sizes name: nothing is parsed.
template <class T>
constexpr TypeChecks layout_only{Archived<T>::size, Archived<T>::alignment, nullptr};

using std::uint16_t;
using std::uint32_t;
using std::uint64_t;
using std::uint8_t;

const std::map<std::string, TypeChecks, std::less<>>& types() {
    static const std::map<std::string, TypeChecks, std::less<>> table{
        {"()", checks<std::monostate>},
        {"bool", checks<bool>},
        {"u8", checks<uint8_t>},
        {"u16", checks<uint16_t>},
        {"u32", checks<uint32_t>},
        {"u64", checks<uint64_t>},
        {"u128", checks<U128>},
        {"i8", checks<std::int8_t>},
        {"i16", checks<std::int16_t>},
        {"i32", checks<std::int32_t>},
        {"i64", checks<std::int64_t>},
        {"[u8;3]", checks<ByteArray<3>>},
        {"String", checks<std::string>},
        {"Vec<u8>", checks<Bytes>},
        {"Vec<u32>", checks<std::vector<uint32_t>>},
        {"Vec<u64>", checks<std::vector<uint64_t>>},
        {"Vec<Vec<u8>>", checks<std::vector<Bytes>>},
        {"Vec<String>", checks<std::vector<std::string>>},
        {"Option<u8>", checks<std::optional<uint8_t>>},
        {"Option<u32>", checks<std::optional<uint32_t>>},
        {"Option<u64>", checks<std::optional<uint64_t>>},
        {"Option<Vec<u8>>", checks<std::optional<Bytes>>},
        {"Option<[u8;65]>", checks<std::optional<ByteArray<65>>>},
        {"(u8,u64)", checks<Tuple<uint8_t, uint64_t>>},
        {"(u64,u8)", checks<Tuple<uint64_t, uint8_t>>},
        {"(u32,u64,u32)", checks<Tuple<uint32_t, uint64_t, uint32_t>>},
        {"(u8,u32,u16)", checks<Tuple<uint8_t, uint32_t, uint16_t>>},
        {"(u32,Vec<u8>)", checks<Tuple<uint32_t, Bytes>>},
        {"(Vec<u8>,u64)", checks<Tuple<Bytes, uint64_t>>},
        {"([u8;32],u32)", checks<Tuple<Hash32, uint32_t>>},
        {"([u8;32],Vec<u8>)", checks<Tuple<Hash32, Bytes>>},
        {"contract metadata as ([u8;32], Vec<u8>)", checks<Tuple<Hash32, Bytes>>},
        {"([u8;32],[u8;65])", checks<Tuple<Hash32, ByteArray<65>>>},
        {"([u8;48],[u8;32],[u8;32],[u8;48])", checks<Tuple<ByteArray<48>, Hash32, Hash32, ByteArray<48>>>},
        {"Result<u32,u8>", checks<std::expected<uint32_t, uint8_t>>},
        {"Result<Vec<u8>,()>", checks<std::expected<Bytes, std::monostate>>},
        {"Result<Vec<u8>,ContractError>", checks<std::expected<Bytes, ContractError>>},
        {"enum Sample", checks<Sample>},
        {"struct Mixed{a:u8,b:u64,c:u16,d:Vec<u8>,e:u32}", checks<Mixed>},
        {"BTreeMap<u32,u64>", checks<std::map<uint32_t, uint64_t>>},
        {"BTreeSet<u64>", checks<std::set<uint64_t>>},
        {"Box<u32>", checks<Boxed<uint32_t>>},
        {"BlsScalar", checks<RawScalar, crypto::Fq>},
        {"bls PublicKey", layout_only<RawG2>},
        {"bls Signature", layout_only<RawG1>},
        {"bls MultisigSignature", layout_only<RawG1>},
        {"schnorr PublicKey", layout_only<RawJubjub>},
        {"schnorr Signature", layout_only<RawSchnorrSignature>},
        {"(Vec<u8>,PublicKey,Signature)", layout_only<Tuple<Bytes, RawG2, RawG1>>},
        {"(Vec<u8>,Vec<PublicKey>,MultisigSignature)", layout_only<Tuple<Bytes, std::vector<RawG2>, RawG1>>},
        {"(BlsScalar,schnorr PublicKey,schnorr Signature)",
         layout_only<Tuple<RawScalar, RawJubjub, RawSchnorrSignature>>},
        {"(Vec<u8>,Vec<u8>,Vec<BlsScalar>)", layout_only<Tuple<Bytes, Bytes, std::vector<RawScalar>>>},
    };
    return table;
}

const TypeChecks& type_of(const Node& type) {
    const auto found = types().find(type.text());
    if (found == types().end()) type.complain("is a type that the runner does not know");
    return found->second;
}

void run(const Node& root, Report& report) {
    root["about"].describe();
    root["name"].describe();
    for (const Node& c : root["samples"].items()) {
        report.run(c, [&] {
            const TypeChecks& type = type_of(c["type"]);
            if (type.sample == nullptr) c["type"].complain("is a type whose samples the runner cannot read");
            type.sample(c, report);
        });
    }
    for (const Node& c : root["sizes"].items()) {
        report.run(c, [&] {
            const TypeChecks& type = type_of(c["type"]);
            report.expect(type.size == c["size"].u64(), c["size"], "another size");
            report.expect(type.alignment == c["align"].u64(), c["align"], "another alignment");
        });
    }
    for (const Node& c : root["validation"].items()) {
        report.run(c, [&] {
            c["note"].describe();
            const Bytes bytes = c["bytes"].hex();
            const auto list = archive_read<Bytes>(bytes);
            report.expect(list.has_value() == c["valid_vec_u8"].boolean(), c["valid_vec_u8"], "decided otherwise");
            const auto text = archive_read<std::string>(bytes);
            report.expect(text.has_value() == c["valid_string"].boolean(), c["valid_string"], "decided otherwise");
            for (std::size_t alignment : {1, 2}) {
                report.expect(!archive_read<Bytes>(bytes, alignment).has_value(), c["bytes"],
                              "accepted in a buffer that is less aligned than the type");
            }
        });
    }
}

const Registered rkyv{{"vm", "rkyv", {"about", "name", "samples", "sizes", "validation"}, run}};

}  // namespace
}  // namespace dusk::vectors
