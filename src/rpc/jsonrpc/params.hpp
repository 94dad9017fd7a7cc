// Parameters that fit the types of their method.
#pragma once

#include <optional>

#include "base/bytes.hpp"
#include "ledger/identifiers.hpp"
#include "rpc/jsonrpc/rpc_error.hpp"

namespace dusk::rpc::jsonrpc {

class Params {
  public:
    // An object.
    explicit Params(RequestJson values) : values_(std::move(values)) {}

    [[nodiscard]] bool has(const char* name) const { return values_.contains(name); }
    // Null where it is not there.
    [[nodiscard]] const RequestJson& value(const char* name) const;

    // Those that were checked to be of this type; without one, what was left out.
    [[nodiscard]] std::string text(const char* name, std::string_view otherwise = {}) const;
    [[nodiscard]] std::optional<std::string> optional_text(const char* name) const;
    [[nodiscard]] std::uint64_t number(const char* name, std::uint64_t otherwise) const;
    [[nodiscard]] std::optional<std::uint64_t> optional_number(const char* name) const;
    [[nodiscard]] bool flag(const char* name) const;
    // Of the types Hex and Hash.
    [[nodiscard]] Bytes bytes(const char* name) const;
    template <class Name>
    [[nodiscard]] Name name(const char* name) const {
        return Name{take<Name::kSize>(bytes(name))};
    }
    // Of the type Account. Error: it is no key.
    [[nodiscard]] Answer<ledger::AccountKey> account(const char* name) const;

  private:
    RequestJson values_;
};

// "0x" and hexadecimal digits, or without "0x". Empty where it is none.
[[nodiscard]] Bytes bytes_of_hex(std::string_view text);
// `parameter`: whose fault it is.
[[nodiscard]] Answer<ledger::AccountKey> account_of(std::string_view text, std::string_view parameter);

}  // namespace dusk::rpc::jsonrpc
