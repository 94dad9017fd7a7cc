#include "rpc/routes/static_routes.hpp"

#include "rpc/answers.hpp"
#include "rpc/wallet_modules.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;

HttpResponse module_answer(std::string_view file, const ledger::Network& network) {
    const auto module = wallet_module(file, network);
    if (!module) return no_such_path();
    return {.status = 200,
            .headers = {{"Content-Type", "application/wasm"}, {"Cache-Control", "public, max-age=31536000, immutable"}},
            .body = to_vector(*module)};
}

}  // namespace

void add_static_routes(RouteTable& table, const NodeParts& parts) {
    table.add("GET", "/static/drivers/{}", RequestClass::other_http,
              [network = parts.settings.network](RouteRequest request) -> asio::awaitable<HttpResponse> {
                  co_return module_answer(request.parameters.at(0), *network);
              });
}

}  // namespace dusk::rpc
