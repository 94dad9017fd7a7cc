// Requests and responses, apart from how they travel.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.hpp"

namespace dusk::rpc {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
    std::string method;   // as sent: "POST"
    std::string path;     // as sent, without the query and without slashes at the end; at least "/"
    std::string query{};  // what stands behind the first '?', as sent
    HttpHeaders headers;
    Bytes body;

    // The first header of this name, whatever its case; empty when there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const;
    [[nodiscard]] bool has_header(std::string_view name) const;
};

struct HttpResponse {
    unsigned status = 200;
    HttpHeaders headers;  // besides those that belong to the transport
    Bytes body;

    [[nodiscard]] static HttpResponse json(unsigned status, std::string_view text);
    [[nodiscard]] static HttpResponse text(unsigned status, std::string_view type, std::string_view text);
    // {"error": message}: spec/interfaces.md §1.
    [[nodiscard]] static HttpResponse error(unsigned status, std::string_view message);
};

}  // namespace dusk::rpc
