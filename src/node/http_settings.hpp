// Who may ask a node what over HTTP, and how often: the table [http] of its configuration (spec/interfaces.md §1,
// §1.3). docs/operate/node.md explains each key.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dusk::node {

// Kinds of requests, each with its own limits.
enum class RequestClass : std::uint8_t {
    contract_query,
    feeder_query,
    graphql,
    tx_propagate,
    upload_driver,
    other_rues,
    other_http,
};
inline constexpr std::array<std::string_view, 7> kRequestClassNames = {
    "contract_query", "feeder_query", "graphql", "tx_propagate", "upload_driver", "other_rues", "other_http"};

// For all clients together. None is 0.
struct ClassLimits {
    std::uint32_t rps = 1;    // requests a second, on average
    std::uint32_t burst = 1;  // requests in one window of burst / rps seconds, and of a millisecond at least
    std::uint32_t concurrency = 1;
};

// For each client: an IPv4 address, or the first 64 bits of an IPv6 address. Neither number is 0.
struct ClientSettings {
    bool limited = true;
    bool loopback = false;       // whether clients on this machine, a proxy among them, are limited as well
    std::uint32_t rps = 100;     // requests a second, on average
    std::uint32_t burst = 2000;  // requests at once by one that was silent before
    std::uint32_t connections = 100;
};

struct AccessRule {
    std::string id{};  // for people
    bool enabled = true;
    bool allows = true;
    std::string path{};                  // '*' stands for any letters, '/' among them; letters without regard to case
    std::vector<std::string> methods{};  // none: all
    std::vector<std::pair<std::string, std::string>> headers{};  // that the request must have, with these values
};

struct HttpSettings {
    // Of every answer; in place of headers of these names that it has.
    std::vector<std::pair<std::string, std::string>> headers{};
    // Web pages of these origins ("https://wallet.example") may ask; "*": of all. None: browsers keep pages away.
    std::vector<std::string> cors_origins{};

    bool page = true;                         // the web page below /ui
    std::vector<std::string> page_origins{};  // that the page may ask besides this node

    // Files in PEM: the chain of certificates and its key, to speak TLS. Both or none.
    std::string cert{};
    std::string key{};
    std::uint32_t connections = 256;  // at once, without WebSockets
    bool docs = false;                // whether the document of the interface is served, and a page that shows it
    std::string crs_file{};           // public parameters that clients may fetch; empty: none
    std::string prover{};             // address of a `dusk prover` that proves for clients; empty: none

    bool policy = true;  // access rules and limits
    bool access_rules = false;
    bool allow_by_default = true;     // requests that no rule fits
    std::vector<AccessRule> rules{};  // the first that fits decides; for paths that begin with "/on"
    bool limited = true;
    std::array<ClassLimits, kRequestClassNames.size()> limits{{
        {.rps = 180, .burst = 360, .concurrency = 12},
        {.rps = 3, .burst = 6, .concurrency = 3},
        {.rps = 1500, .burst = 3000, .concurrency = 64},
        {.rps = 400, .burst = 800, .concurrency = 32},
        {.rps = 2, .burst = 4, .concurrency = 2},
        {.rps = 500, .burst = 1000, .concurrency = 64},
        {.rps = 2000, .burst = 4000, .concurrency = 128},
    }};
    ClientSettings client{};
};

}  // namespace dusk::node
