// HTTP/1.1 to one server, in the clear or over TLS, one request at a time: what programs ask of a node.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace dusk::client {

struct HttpReply {
    unsigned status = 0;
    Bytes body{};

    [[nodiscard]] std::string_view text() const { return {reinterpret_cast<const char*>(body.data()), body.size()}; }
};

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpClientLimits {
    std::chrono::milliseconds patience{10'000};  // for one request, connecting included; for each part of a stream
    std::size_t body = std::size_t{64} << 20;    // bytes of a reply
    // Of a server over TLS: a file of certificates (PEM) whose authorities are trusted, instead of those of the system.
    std::string authorities{};
    // Whether its certificate has to be good for its name: only for who asks himself on this machine not so.
    bool is_verified = true;
};

// Connects when it has to and keeps the connection. For one thread; calls block.
class HttpClient {
  public:
    // `address`: "127.0.0.1:8080", "[::1]:8080", "name:8080", or with a scheme (http_address.hpp).
    explicit HttpClient(std::string address, const HttpClientLimits& limits = {});
    ~HttpClient();
    HttpClient(HttpClient&&) noexcept;
    HttpClient& operator=(HttpClient&&) = delete;

    // The errors are sentences: there was no complete reply. A request on a kept connection that the server had closed
    // meanwhile is sent again, once.
    [[nodiscard]] Result<HttpReply, std::string> get(const std::string& path);
    [[nodiscard]] Result<HttpReply, std::string> post(const std::string& path, ByteView body = {},
                                                      const HttpHeaders& headers = {});

    // The body of a reply with status 200 goes to `take` as it comes, however long it is, and is not kept; `take` ends
    // the request by false. Never sent again once a part was taken.
    [[nodiscard]] Result<HttpReply, std::string> post_streamed(const std::string& path, ByteView body,
                                                               const HttpHeaders& headers,
                                                               const std::function<bool(ByteView)>& take);

    [[nodiscard]] const std::string& address() const;

  private:
    struct Connection;
    std::unique_ptr<Connection> connection_;
};

}  // namespace dusk::client
