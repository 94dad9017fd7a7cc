// Values of contracts as people write them, and their archives (spec/vm.md §9).
//
//     u64:5   i32:-1   bool:true   string:hello   bytes:00ff   id:HEX   key:KEY   account:KEY   account:ID
//
// A KEY is the Base58 text of a public account, or a name: a name of letters, digits, - and _ (32 at most) stands for a
// test key that is made of it, the same one everywhere. Its secret is no secret.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "crypto/bls_signature.hpp"
#include "vm/contract_id.hpp"

namespace dusk::app {

// The archive that a function takes: of nothing, of one value, or of the tuple of several (8 at most). The error is a
// sentence.
[[nodiscard]] Result<Bytes, std::string> archive_of_values(std::span<const std::string> values);

// A value that was read from an archive.
struct ReadValue {
    std::string text;
    nlohmann::ordered_json json;
};
// The names that `read_archive` knows, for help and errors.
inline constexpr std::string_view kReadableTypes = "u8 u16 u32 u64 i8 i16 i32 i64 bool string bytes id";
[[nodiscard]] bool is_readable_type(std::string_view type);
// Errors: the bytes are no archive of the type.
[[nodiscard]] Result<ReadValue, std::string> read_archive(std::string_view type, ByteView archive);

[[nodiscard]] Result<crypto::BlsPublicKey, std::string> parse_public_key(std::string_view text);
// Whether the text names a test key.
[[nodiscard]] bool is_test_key(std::string_view text);
// 64 hexadecimal digits.
[[nodiscard]] std::optional<vm::ContractId> parse_contract_id(std::string_view text);

// `public_sender` as contracts read it: the archive of an Option of the key.
[[nodiscard]] Bytes archive_of_sender(const std::optional<crypto::BlsPublicKey>& sender);

// Text from outside without what a terminal would act on.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace dusk::app
