#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "base/base58.hpp"
#include "base/hex.hpp"
#include "rpc/drivers/json_values.hpp"

namespace dusk::rpc {
namespace {

using Json = nlohmann::json;

std::string_view type_of(const Json& json) {
    switch (json.type()) {
        case Json::value_t::null:
            return "null";
        case Json::value_t::object:
            return "map";
        case Json::value_t::array:
            return "sequence";
        case Json::value_t::string:
            return "string";
        case Json::value_t::boolean:
            return "boolean";
        case Json::value_t::number_float:
            return "floating point";
        default:
            return "integer";
    }
}

}  // namespace

void ValueReader::expected(const Json& json, std::string_view what) {
    refuse(fmt::format("invalid type: {}, expected {}", type_of(json), what));
}

template <class T>
void ValueReader::field(const Json& object, const char* name, T& out) {
    if (!object.is_object()) return expected(object, "a map");
    const auto at = object.find(name);
    if (at == object.end()) return refuse(fmt::format("missing field `{}`", name));
    read(*at, out);
}

const Json* ValueReader::variant(const Json& json, const char* name) {
    if (!json.is_object() || json.size() != 1) return nullptr;
    const auto at = json.find(name);
    return at == json.end() ? nullptr : &*at;
}

void ValueReader::unknown_variant(const Json& json) {
    if (!json.is_object() || json.size() != 1) return expected(json, "an enum");
    refuse("unknown variant");
}

std::optional<Bytes> ValueReader::base58(const Json& json, std::size_t size) {
    const auto* const text = json.get_ptr<const std::string*>();
    if (text == nullptr) {
        expected(json, "a string");
        return {};
    }
    auto bytes = from_base58(*text, size);
    if (bytes && bytes->size() == size) return *std::move(bytes);
    if (bytes) {
        refuse(fmt::format("invalid length {}, expected {}", bytes->size(), size));
    } else {
        refuse(std::string(to_string(bytes.error())));
    }
    return {};
}

std::optional<Bytes> ValueReader::hex(const Json& json) {
    const auto* const text = json.get_ptr<const std::string*>();
    if (text == nullptr) {
        expected(json, "a string");
        return {};
    }
    constexpr std::string_view kDigits = "0123456789abcdefABCDEF";
    const std::size_t other = text->find_first_not_of(kDigits);
    if (other != std::string::npos) {
        refuse(fmt::format("Invalid character '{}' at position {}", text->substr(other, 1), other));
        return {};
    }
    auto bytes = from_hex(*text);
    if (bytes) return *std::move(bytes);
    refuse("Odd number of digits");
    return {};
}

template <class T>
void ValueReader::unchecked(const Json& json, ledger::Unchecked<T>& out) {
    const auto bytes = base58(json, T::kSize);
    if (!bytes) return;
    const auto value = T::from_bytes(*bytes);
    if (!value) return refuse(std::string(to_string(value.error())));
    out = ledger::Unchecked<T>(*value);
}

template <>
void ValueReader::field(const Json& object, const char* name, Json& out) {
    if (!object.is_object() || !object.contains(name)) return refuse(fmt::format("missing field `{}`", name));
    out = object[name];
}

void ValueReader::read(const Json& json, NoValue& /*out*/) {
    if (!json.is_null()) refuse(fmt::format("invalid type: {}, expected unit at line 1 column 0", type_of(json)));
}

void ValueReader::read(const Json& json, std::uint64_t& out) {
    if (json.is_number_unsigned()) {
        out = json.get<std::uint64_t>();
        return;
    }
    const auto* const text = json.get_ptr<const std::string*>();
    if (text == nullptr) return expected(json, "a string");
    const auto [end, wrong] = std::from_chars(text->data(), text->data() + text->size(), out);
    if (text->empty() || wrong != std::errc() || end != text->data() + text->size())
        refuse("invalid digit found in string");
}

void ValueReader::read(const Json& json, std::uint8_t& out) {
    if (!json.is_number_unsigned() || json.get<std::uint64_t>() > 255) return expected(json, "u8");
    out = json.get<std::uint8_t>();
}

void ValueReader::read(const Json& json, ledger::ChainId& out) {
    std::uint8_t id = 0;
    read(json, id);
    out = ledger::ChainId{id};
}

void ValueReader::read(const Json& json, std::string& out) {
    if (!json.is_string()) return expected(json, "a string");
    out = json.get<std::string>();
}

void ValueReader::read(const Json& json, Bytes& out) {
    if (auto bytes = hex(json)) out = *std::move(bytes);
}

void ValueReader::read(const Json& json, ByteArray<32>& out) {
    const auto bytes = hex(json);
    if (!bytes) return;
    if (bytes->size() != out.size()) return refuse(fmt::format("invalid length {}, expected 32", bytes->size()));
    out = take<32>(*bytes);
}

void ValueReader::read(const Json& json, crypto::Fq& out) {
    ByteArray<32> bytes{};
    read(json, bytes);
    if (!ok()) return;
    const auto value = crypto::Fq::from_bytes(bytes);
    if (!value) return refuse(std::string(to_string(value.error())));
    out = *value;
}

void ValueReader::read(const Json& json, ledger::Unchecked<crypto::Fq>& out) {
    crypto::Fq value;
    read(json, value);
    out = value;
}

void ValueReader::read(const Json& json, ledger::Unchecked<ledger::AccountKey>& out) { unchecked(json, out); }
void ValueReader::read(const Json& json, ledger::Unchecked<crypto::BlsSignature>& out) { unchecked(json, out); }
void ValueReader::read(const Json& json, ledger::Unchecked<crypto::schnorr::Signature>& out) { unchecked(json, out); }
void ValueReader::read(const Json& json, ledger::Unchecked<phoenix::StealthAddress>& out) { unchecked(json, out); }

// Each is read from the bytes that its parts' texts make.
void ValueReader::read(const Json& json, phoenix::Sender& out) {
    Bytes bytes;
    if (const Json* info = variant(json, "ContractInfo")) {
        bytes = {1};
        append(bytes, hex(*info).value_or(Bytes()));
    } else if (const Json* pairs = variant(json, "Encryption")) {
        std::vector<std::vector<ByteArray<32>>> points;
        read(*pairs, points);
        bytes = {0};
        for (const auto& pair : points) {
            for (const ByteArray<32>& point : pair) append(bytes, point);
        }
    } else {
        return unknown_variant(json);
    }
    if (!ok()) return;
    const auto value = phoenix::Sender::from_bytes(bytes, phoenix::PointRule::lax);
    if (!value) return refuse(std::string(to_string(value.error())));
    out = *value;
}

void ValueReader::read(const Json& json, phoenix::Note& out) {
    std::string type;
    ByteArray<32> commitment{};
    Json address;
    std::uint64_t position = 0;
    Bytes value_enc;
    phoenix::Sender sender;
    field(json, "note_type", type);
    field(json, "value_commitment", commitment);
    field(json, "stealth_address", address);
    field(json, "pos", position);
    field(json, "value_enc", value_enc);
    field(json, "sender", sender);
    if (!ok()) return;
    if (type != "Transparent" && type != "Obfuscated") return refuse("unknown variant");
    const auto stealth = base58(address, phoenix::StealthAddress::kSize);
    if (!stealth) return;
    if (value_enc.size() != phoenix::Note::kValueEncSize) return refuse("invalid length of value_enc");
    Bytes bytes{static_cast<std::uint8_t>(type == "Obfuscated" ? 1 : 0)};
    append(bytes, commitment);
    append(bytes, *stealth);
    ByteArray<8> place{};
    store_le(place.data(), position);
    append(bytes, place);
    append(bytes, value_enc);
    append(bytes, sender.to_bytes());
    const auto value = phoenix::Note::from_bytes(bytes, phoenix::PointRule::lax);
    if (!value) return refuse(std::string(to_string(value.error())));
    out = *value;
}

void ValueReader::read(const Json& json, phoenix::TransactionSkeleton& out) {
    std::vector<phoenix::Note> outputs;
    field(json, "root", out.root);
    field(json, "nullifiers", out.nullifiers);
    field(json, "outputs", outputs);
    field(json, "max_fee", out.max_fee);
    field(json, "deposit", out.deposit);
    if (!ok()) return;
    if (outputs.size() != out.outputs.size()) return refuse("invalid length of outputs, expected 2");
    std::ranges::copy(outputs, out.outputs.begin());
}

void ValueReader::read(const Json& json, ledger::WithdrawReceiver& out) {
    if (const Json* note = variant(json, "Phoenix")) return read(*note, out.emplace<ledger::ToNote>().address);
    if (const Json* account = variant(json, "Moonlight")) {
        return read(*account, out.emplace<ledger::ToAccount>().account);
    }
    unknown_variant(json);
}

void ValueReader::read(const Json& json, ledger::WithdrawReplayToken& out) {
    if (const Json* notes = variant(json, "Phoenix")) {
        return read(*notes, out.emplace<ledger::NullifierToken>().nullifiers);
    }
    if (const Json* nonce = variant(json, "Moonlight")) return read(*nonce, out.emplace<ledger::NonceToken>().nonce);
    unknown_variant(json);
}

void ValueReader::read(const Json& json, ledger::WithdrawSignature& out) {
    if (const Json* note = variant(json, "Phoenix")) return read(*note, out.emplace<ledger::NoteSignature>().signature);
    if (const Json* account = variant(json, "Moonlight")) {
        return read(*account, out.emplace<ledger::AccountSignature>().signature);
    }
    unknown_variant(json);
}

void ValueReader::read(const Json& json, ledger::Withdraw& out) {
    field(json, "contract", out.contract);
    field(json, "value", out.value);
    field(json, "receiver", out.receiver);
    field(json, "token", out.token);
    field(json, "signature", out.signature);
}

void ValueReader::read(const Json& json, ledger::ContractToContract& out) {
    field(json, "contract", out.contract);
    field(json, "value", out.value);
    field(json, "fn_name", out.fn_name);
    field(json, "data", out.data);
}

void ValueReader::read(const Json& json, ledger::ReceiveFromContract& out) {
    field(json, "contract", out.contract);
    field(json, "value", out.value);
    field(json, "data", out.data);
}

void ValueReader::read(const Json& json, ledger::ContractToAccount& out) {
    field(json, "account", out.account);
    field(json, "value", out.value);
}

void ValueReader::read(const Json& json, ledger::SyncRange& out) {
    if (!json.is_array()) return expected(json, "a tuple of size 2");
    if (json.size() != 2) return refuse(fmt::format("invalid length {}, expected a tuple of size 2", json.size()));
    read(json.at(0), out.from);
    read(json.at(1), out.limit);
}

void ValueReader::read(const Json& json, ledger::StakeFundOwner& out) {
    if (const Json* account = variant(json, "Account"))
        return read(*account, out.emplace<ledger::AccountOwner>().account);
    if (const Json* contract = variant(json, "Contract")) {
        return read(*contract, out.emplace<ledger::ContractOwner>().contract);
    }
    unknown_variant(json);
}

void ValueReader::read(const Json& json, ledger::StakeKeys& out) {
    field(json, "account", out.account);
    field(json, "owner", out.owner);
}

void ValueReader::read(const Json& json, ledger::DoubleSignature& out) {
    field(json, "account", out.account);
    field(json, "owner", out.owner);
}

void ValueReader::read(const Json& json, ledger::Stake& out) {
    field(json, "chain_id", out.chain_id);
    field(json, "keys", out.keys);
    field(json, "value", out.value);
    field(json, "signature", out.signature);
}

void ValueReader::read(const Json& json, ledger::StakeWithdraw& out) {
    field(json, "account", out.account);
    field(json, "withdraw", out.withdraw);
    field(json, "signature", out.signature);
}

void ValueReader::read(const Json& json, ledger::WithdrawToContract& out) {
    field(json, "account", out.account);
    field(json, "value", out.value);
    field(json, "fn_name", out.fn_name);
    field(json, "data", out.data);
}

}  // namespace dusk::rpc
