// Percent-encoding of paths (RFC 3986 §2.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dusk::rpc {

// Nothing where a '%' is not followed by two hexadecimal digits, or the bytes are no UTF-8.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);

}  // namespace dusk::rpc
