#include "rpc/routes/static_routes.hpp"

#include <fmt/core.h>

#include <map>
#include <memory>

#include "base/hex.hpp"
#include "crypto/sha2.hpp"
#include "rpc/answers.hpp"
#include "rpc/header_list.hpp"
#include "rpc/wallet_modules.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kTagDigits = 32;  // of the SHA-256

// Hashed when they are asked for: megabytes.
class ModuleTags {
  public:
    const std::string& of(ByteView module) {
        std::string& tag = tags_[module.data()];
        if (tag.empty()) tag = to_hex(crypto::sha256(module)).substr(0, kTagDigits);
        return tag;
    }

  private:
    std::map<const std::uint8_t*, std::string> tags_{};
};

HttpResponse module_answer(const RouteRequest& request, const ledger::Network& network, ModuleTags& tags) {
    const auto module = wallet_module(request.parameters.at(0), network);
    if (!module) return no_such_path();
    const std::string& tag = tags.of(module->bytes);
    HttpResponse out{.status = 200,
                     .headers = {{"Content-Type", "application/wasm"},
                                 {"ETag", fmt::format("\"{}\"", tag)},
                                 // Its name tells a released file; ours changes with the program and the network.
                                 {"Cache-Control",
                                  module->is_released ? "public, max-age=31536000, immutable" : "public, no-cache"}},
                     .body = {}};
    if (names_tag(request.http.header("If-None-Match"), tag)) {
        out.status = 304;
    } else {
        out.body = to_vector(module->bytes);
    }
    return out;
}

}  // namespace

void add_static_routes(RouteTable& table, const NodeParts& parts) {
    table.add("GET", "/static/drivers/{}", RequestClass::other_http,
              [network = parts.settings.network, tags = std::make_shared<ModuleTags>()](RouteRequest request)
                  -> asio::awaitable<HttpResponse> { co_return module_answer(request, *network, *tags); });
}

}  // namespace dusk::rpc
