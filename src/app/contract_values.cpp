#include "app/contract_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <dusk/contract/layout.hpp>
#include <functional>

#include "base/archive.hpp"
#include "base/hex.hpp"
#include "base/random.hpp"
#include "crypto/blake3.hpp"

namespace dusk::app {
namespace {

using contract::FieldShape;
using contract::Niche;

constexpr std::size_t kMostValues = 8;
constexpr std::size_t kKeySize = crypto::BlsPublicKey::kArchivedSize;
constexpr std::uint32_t kKeyAlignment = 8;
constexpr std::size_t kKeyPlace = 8;  // behind the tag of an Option or an Account

// Fills the object at a position.
using WriteSelf = std::function<void(ArchiveSink&, std::size_t)>;
// A value, ready to be a field.
struct Value {
    FieldShape shape;
    std::function<WriteSelf(ArchiveSink&)> write_parts;
};

std::unexpected<std::string> error(std::string sentence) { return fail(std::move(sentence)); }

template <class T>
Value value_of(T value, Niche niche = {}) {
    using Item = Archived<T>;
    return {.shape = {.size = Item::size, .alignment = Item::alignment, .niche = niche},
            .write_parts = [value = std::move(value)](ArchiveSink& sink) -> WriteSelf {
                const auto resolver = Item::write_parts(sink, value);
                return
                    [&value, resolver](ArchiveSink& to, std::size_t at) { Item::write_self(to, at, value, resolver); };
            }};
}

// An object that points to nothing, as it stands in the archive.
Value value_of_object(Bytes object, std::uint32_t alignment, Niche niche = {}) {
    const auto size = static_cast<std::uint32_t>(object.size());
    return {.shape = {.size = size, .alignment = alignment, .niche = niche},
            .write_parts = [object = std::move(object)](ArchiveSink& /*sink*/) -> WriteSelf {
                return [&object](ArchiveSink& to, std::size_t at) {
                    std::ranges::copy(object, to.at(at, object.size()).begin());
                };
            }};
}

template <class T>
std::optional<T> number(std::string_view text) {
    T value{};
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

template <class T>
Result<Value, std::string> number_value(std::string_view type, std::string_view text) {
    if (const auto value = number<T>(text)) return value_of(*value);
    return error(fmt::format("\"{}\" is no {}", printable(text), type));
}

// The tag, what stands behind it, and zeros: Option and Account are both like this.
Bytes tagged(std::uint8_t tag, std::size_t place, ByteView content) {
    Bytes object(kKeyPlace + kKeySize);
    object[0] = tag;
    std::ranges::copy(content, object.begin() + static_cast<std::ptrdiff_t>(place));
    return object;
}

Result<Value, std::string> account_value(std::string_view text) {
    constexpr Niche kTag{.offset = 0, .values = 254};
    constexpr std::size_t kIdPlace = 1;
    if (const auto id = parse_contract_id(text)) return value_of_object(tagged(1, kIdPlace, *id), kKeyAlignment, kTag);
    const auto key = parse_public_key(text);
    if (!key) return error(key.error());
    return value_of_object(tagged(0, kKeyPlace, key->to_archive()), kKeyAlignment, kTag);
}

Result<Value, std::string> parse_value(std::string_view typed) {
    const std::size_t colon = typed.find(':');
    const std::string_view type = typed.substr(0, colon);
    if (colon == std::string_view::npos) {
        return error(fmt::format("\"{}\" has no type: write for instance u64:5 or string:hello", printable(typed)));
    }
    const std::string_view text = typed.substr(colon + 1);
    if (type == "u8") return number_value<std::uint8_t>(type, text);
    if (type == "u16") return number_value<std::uint16_t>(type, text);
    if (type == "u32") return number_value<std::uint32_t>(type, text);
    if (type == "u64") return number_value<std::uint64_t>(type, text);
    if (type == "i8") return number_value<std::int8_t>(type, text);
    if (type == "i16") return number_value<std::int16_t>(type, text);
    if (type == "i32") return number_value<std::int32_t>(type, text);
    if (type == "i64") return number_value<std::int64_t>(type, text);
    if (type == "bool") {
        if (text != "true" && text != "false") return error("a bool is true or false");
        return value_of(text == "true", {.offset = 0, .values = 254});
    }
    if (type == "string") {
        if (!is_utf8(as_bytes(text))) return error("a string is UTF-8");
        return value_of(std::string(text));
    }
    if (type == "bytes") {
        auto bytes = from_hex(text);
        if (!bytes) return error(fmt::format("\"{}\" is not hexadecimal", printable(text)));
        return value_of(*std::move(bytes));
    }
    if (type == "id") {
        const auto id = parse_contract_id(text);
        if (!id) return error("an id is 64 hexadecimal digits");
        return value_of(*id);
    }
    if (type == "key") {
        const auto key = parse_public_key(text);
        if (!key) return error(key.error());
        return value_of_object(to_vector(key->to_archive()), kKeyAlignment);
    }
    if (type == "account") return account_value(text);
    return error(fmt::format("there is no type \"{}\": {} key account", printable(type), kReadableTypes));
}

// Offsets of the elements of a tuple, then its size and alignment.
struct TuplePlaces {
    std::vector<std::size_t> offsets;
    std::size_t size;
    std::size_t alignment;
};
template <std::size_t N>
TuplePlaces places_of(std::span<const Value> values) {
    FieldShape shapes[N];
    for (std::size_t i = 0; i < N; ++i) shapes[i] = values[i].shape;
    const auto layout = contract::lay_out(shapes, contract::Composite::tuple);
    return {.offsets = {layout.offsets, layout.offsets + N}, .size = layout.size, .alignment = layout.alignment};
}
template <std::size_t N = 1>
TuplePlaces tuple_places(std::span<const Value> values) {
    if constexpr (N < kMostValues) {
        if (values.size() > N) return tuple_places<N + 1>(values);
    }
    return places_of<N>(values);
}

// The same bytes for a name on every machine.
class NameStream : public RandomSource {
  public:
    explicit NameStream(std::string_view name) : name_(name) {}
    void fill(MutableByteView out) override {
        for (std::size_t at = 0; at < out.size(); ++block_) {
            const auto digest = crypto::blake3(as_bytes(fmt::format("dusk test key {} {}", block_, name_)));
            const std::size_t size = std::min(digest.size(), out.size() - at);
            std::memcpy(out.data() + at, digest.data(), size);
            at += size;
        }
    }

  private:
    std::string name_;
    std::size_t block_ = 0;
};

template <class T>
Result<T, std::string> read_as(std::string_view type, ByteView archive) {
    auto value = archive_read<T>(archive);
    if (!value) {
        return error(fmt::format("the result of {} bytes is no archive of {}: {}", archive.size(), type,
                                 describe(value.error())));
    }
    return *std::move(value);
}
template <class T>
Result<ReadValue, std::string> read_number(std::string_view type, ByteView archive) {
    const auto value = read_as<T>(type, archive);
    if (!value) return error(value.error());
    return ReadValue{.text = fmt::format("{}", static_cast<std::conditional_t<sizeof(T) == 1, int, T>>(*value)),
                     .json = *value};
}

}  // namespace

Result<Bytes, std::string> archive_of_values(std::span<const std::string> texts) {
    if (texts.size() > kMostValues) return error(fmt::format("more than {} values", kMostValues));
    std::vector<Value> values;
    for (const std::string& text : texts) {
        auto value = parse_value(text);
        if (!value) return error(value.error());
        values.push_back(*std::move(value));
    }
    if (values.empty()) return Bytes{};
    const TuplePlaces places =
        values.size() == 1 ? TuplePlaces{{0}, values[0].shape.size, values[0].shape.alignment} : tuple_places(values);
    ArchiveSink sink(ArchiveLimits{.buffer = contract_argument_limits.buffer});
    // A tuple is written from its last element to its first.
    std::vector<WriteSelf> selves(values.size());
    for (std::size_t i = values.size(); i-- > 0;) selves[i] = values[i].write_parts(sink);
    sink.align(places.alignment);
    const std::size_t at = sink.place(places.size);
    for (std::size_t i = 0; i < values.size(); ++i) selves[i](sink, at + places.offsets[i]);
    auto archive = std::move(sink).finish();
    if (!archive) return error("the argument has more than 64 KiB");
    return *std::move(archive);
}

bool is_readable_type(std::string_view type) {
    for (std::size_t at = 0; at < kReadableTypes.size();) {
        const std::size_t end = std::min(kReadableTypes.find(' ', at), kReadableTypes.size());
        if (kReadableTypes.substr(at, end - at) == type) return true;
        at = end + 1;
    }
    return false;
}

Result<ReadValue, std::string> read_archive(std::string_view type, ByteView archive) {
    if (type == "u8") return read_number<std::uint8_t>(type, archive);
    if (type == "u16") return read_number<std::uint16_t>(type, archive);
    if (type == "u32") return read_number<std::uint32_t>(type, archive);
    if (type == "u64") return read_number<std::uint64_t>(type, archive);
    if (type == "i8") return read_number<std::int8_t>(type, archive);
    if (type == "i16") return read_number<std::int16_t>(type, archive);
    if (type == "i32") return read_number<std::int32_t>(type, archive);
    if (type == "i64") return read_number<std::int64_t>(type, archive);
    if (type == "bool") {
        const auto value = read_as<bool>(type, archive);
        if (!value) return error(value.error());
        return ReadValue{.text = *value ? "true" : "false", .json = *value};
    }
    if (type == "string") {
        const auto value = read_as<std::string>(type, archive);
        if (!value) return error(value.error());
        return ReadValue{.text = fmt::format("\"{}\"", printable(*value)), .json = *value};
    }
    const auto hexadecimal = [](ByteView bytes) { return ReadValue{.text = to_hex(bytes), .json = to_hex(bytes)}; };
    if (type == "bytes") {
        const auto value = read_as<Bytes>(type, archive);
        if (!value) return error(value.error());
        return hexadecimal(*value);
    }
    if (type == "id") {
        const auto value = read_as<vm::ContractId>(type, archive);
        if (!value) return error(value.error());
        return hexadecimal(*value);
    }
    return error(fmt::format("results are read as one of: {}", kReadableTypes));
}

bool is_test_key(std::string_view text) {
    constexpr std::size_t kLongest = 32;
    return !text.empty() && text.size() <= kLongest && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

Result<crypto::BlsPublicKey, std::string> parse_public_key(std::string_view text) {
    if (is_test_key(text)) {
        NameStream stream(text);
        return crypto::BlsSecretKey::random(stream).public_key();
    }
    const auto key = crypto::BlsPublicKey::from_base58(text);
    if (!key) return error(fmt::format("\"{}\" is no public account and no name of a test key", printable(text)));
    return *key;
}

std::optional<vm::ContractId> parse_contract_id(std::string_view text) {
    const auto bytes = from_hex(text);
    if (!bytes || bytes->size() != std::tuple_size_v<vm::ContractId>) return std::nullopt;
    return take<32>(*bytes);
}

Bytes archive_of_sender(const std::optional<crypto::BlsPublicKey>& sender) {
    return sender ? tagged(1, kKeyPlace, sender->to_archive()) : Bytes(kKeyPlace + kKeySize);
}

std::string printable(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += byte < 0x20 || byte >= 0x7f ? fmt::format("\\x{:02x}", byte) : std::string(1, c);
    }
    return out;
}

}  // namespace dusk::app
