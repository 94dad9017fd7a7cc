// Which code answers which path. A pattern names the parts of a path; "{}" at the end of a part stands for the rest of
// it, at least one letter, percent-decoded (spec/interfaces.md §2, §3):
//
//     table.add("POST", "/on/node/{}", RequestClass::other_rues, handler);
//     table.add("GET", "/on/blocks:{}/{}", RequestClass::other_rues, handler);
//
// A last part "{*}" stands for all that is left of the path, slashes included.
//
// A path belongs to the pattern that says most of it: "/on/contract:{}/status" before "/on/contract:{}/{}".
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <optional>

#include "node/http_settings.hpp"
#include "rpc/request_body.hpp"

namespace dusk::rpc {

using node::RequestClass;

// What stood in the place of each "{}", in order.
using PathParameters = std::vector<std::string>;
struct RouteRequest {
    HttpRequest http;
    PathParameters parameters{};
    RequestBody body{};  // of a POST below /on/
};
using RouteHandler = std::function<boost::asio::awaitable<HttpResponse>(RouteRequest)>;

class RouteTable {
  public:
    struct Route {
        RouteHandler handler{};
        std::size_t most_body = SIZE_MAX;  // bytes
    };
    struct Path {
        std::string pattern{};
        RequestClass kind = RequestClass::other_http;
        std::map<std::string, Route, std::less<>> routes{};  // by method

        // GET answers HEAD as well. Null: another method.
        [[nodiscard]] const Route* route(std::string_view method) const;
        // "GET,HEAD,POST"
        [[nodiscard]] std::string allowed() const;
    };
    struct Match {
        const Path* path = nullptr;
        // Nothing: a part cannot be decoded.
        std::optional<PathParameters> parameters{};
    };

    void add(std::string method, std::string pattern, RequestClass kind, RouteHandler handler,
             std::size_t most_body = SIZE_MAX);
    [[nodiscard]] const std::vector<Path>& paths() const { return paths_; }
    // Linear in the number of patterns. Nothing: no pattern fits.
    [[nodiscard]] std::optional<Match> find(std::string_view path) const;

  private:
    std::vector<Path> paths_;  // those that say more first
};

}  // namespace dusk::rpc
