// Reference results of the area `transactions` (tests/vectors/transactions).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace dusk::genesis {

// A file by its name without ending. These end the test program when a file is missing or damaged.
[[nodiscard]] nlohmann::json vector_file(const std::string& name);
[[nodiscard]] inline std::string text(const nlohmann::json& value) { return value.get<std::string>(); }
[[nodiscard]] Bytes hex_bytes(const nlohmann::json& value);
// Numbers are written as decimal texts.
[[nodiscard]] std::uint64_t number(const nlohmann::json& value);

// From the build tree, where cmake/official_contracts.cmake put it.
[[nodiscard]] std::string official_snapshot(const std::string& network);

}  // namespace dusk::genesis
