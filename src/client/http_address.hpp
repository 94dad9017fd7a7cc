// Where a server is: "https://node.example", "http://127.0.0.1:8080", or as before there were others "127.0.0.1:8080".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dusk::client {

struct HttpAddress {
    bool is_secure = false;  // over TLS
    std::string host{};      // a name or an address, without brackets
    std::uint16_t port = 0;

    // As the header Host has it: without the port that goes without saying.
    [[nodiscard]] std::string authority() const;
};

// A port must be there unless the text begins with a scheme; slashes at the end do not count, a path may not be there.
// Nothing where the text is another one.
[[nodiscard]] std::optional<HttpAddress> parse_http_address(std::string_view text);

}  // namespace dusk::client
