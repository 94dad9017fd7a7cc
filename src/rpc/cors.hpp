// Web pages of other origins may ask this node, where its operator says so (the Fetch standard, CORS). The released
// node has no such thing: its operators write the headers themselves.
#pragma once

#include <optional>

#include "rpc/http.hpp"

namespace dusk::rpc {

class CrossOrigin {
  public:
    // Origins such as "https://wallet.example"; "*": all. None: nothing happens here.
    explicit CrossOrigin(std::vector<std::string> origins) : origins_(std::move(origins)) {}

    // The answer to a browser that asks what it may do (OPTIONS); nothing where the request is another.
    [[nodiscard]] std::optional<HttpResponse> preflight(const HttpRequest& request) const;
    // Lets the page at `origin` (the header Origin; empty: none) see the answer, if it may.
    void allow(std::string_view origin, HttpResponse& response) const;

    // Whether pages of the origin may ask.
    [[nodiscard]] bool allows(std::string_view origin) const { return !allowed(origin).empty(); }

  private:
    // The origin as it is to be named; empty: it may not.
    [[nodiscard]] std::string_view allowed(std::string_view origin) const;

    std::vector<std::string> origins_;
};

}  // namespace dusk::rpc
