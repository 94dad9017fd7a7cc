// Requests and responses, apart from how they travel.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/address.hpp>
#include <memory>
#include <optional>
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
    boost::asio::ip::address client{};  // where it came from

    // The first header of this name, whatever its case; empty when there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const;
    [[nodiscard]] bool has_header(std::string_view name) const;
};

// A body that is made while it is sent.
class BodySource {
  public:
    BodySource() = default;
    BodySource(const BodySource&) = delete;
    BodySource& operator=(const BodySource&) = delete;
    virtual ~BodySource() = default;  // nobody takes the rest

    // Waits for the next part; empty: that was all. Nothing: it broke off, and the connection is to end so that the
    // client sees it.
    [[nodiscard]] virtual boost::asio::awaitable<std::optional<Bytes>> next() = 0;
};

struct HttpResponse {
    unsigned status = 200;
    HttpHeaders headers;  // besides those that belong to the transport
    Bytes body;
    std::shared_ptr<BodySource> source{};  // the body, where there is one; `body` is empty then

    [[nodiscard]] static HttpResponse json(unsigned status, std::string_view text);
    [[nodiscard]] static HttpResponse text(unsigned status, std::string_view type, std::string_view text);
    // {"error": message}: spec/interfaces.md §1.
    [[nodiscard]] static HttpResponse error(unsigned status, std::string_view message);
};

}  // namespace dusk::rpc
