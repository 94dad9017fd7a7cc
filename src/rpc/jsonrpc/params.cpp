#include "rpc/jsonrpc/params.hpp"

#include "base/base58.hpp"
#include "base/hex.hpp"

namespace dusk::rpc::jsonrpc {

const RequestJson& Params::value(const char* name) const {
    static const RequestJson kNone = nullptr;
    const auto found = values_.find(name);
    return found == values_.end() ? kNone : *found;
}

std::string Params::text(const char* name, std::string_view otherwise) const {
    return optional_text(name).value_or(std::string(otherwise));
}

std::optional<std::string> Params::optional_text(const char* name) const {
    const RequestJson& found = value(name);
    return found.is_string() ? std::optional(found.get<std::string>()) : std::nullopt;
}

std::uint64_t Params::number(const char* name, std::uint64_t otherwise) const {
    return optional_number(name).value_or(otherwise);
}

std::optional<std::uint64_t> Params::optional_number(const char* name) const {
    const RequestJson& found = value(name);
    return found.is_number_unsigned() ? std::optional(found.get<std::uint64_t>()) : std::nullopt;
}

bool Params::flag(const char* name) const {
    const RequestJson& found = value(name);
    return found.is_boolean() && found.get<bool>();
}

Bytes Params::bytes(const char* name) const { return bytes_of_hex(text(name)); }

Answer<ledger::AccountKey> Params::account(const char* name) const { return account_of(text(name), name); }

Bytes bytes_of_hex(std::string_view text) {
    if (text.starts_with("0x")) text.remove_prefix(2);
    return from_hex(text).value_or(Bytes());
}

Answer<ledger::AccountKey> account_of(std::string_view text, std::string_view parameter) {
    const auto bytes = from_base58(text, ledger::AccountKey::kSize);
    const auto key = bytes ? ledger::AccountKey::from_bytes(*bytes) : fail(crypto::DecodeError::bad_length);
    if (!key) return fail(invalid_params(parameter, "must be the key of an account in base58"));
    return *key;
}

}  // namespace dusk::rpc::jsonrpc
