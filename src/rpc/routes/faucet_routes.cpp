#include "rpc/routes/faucet_routes.hpp"

namespace dusk::rpc {
namespace {

constexpr std::size_t kMostBody = 4096;  // an address and an amount

}  // namespace

void add_faucet_routes(RouteTable& table, Faucet faucet) {
    const RouteHandler handler = [faucet = std::move(faucet)](RouteRequest request) {
        return faucet(std::move(request.http));
    };
    table.add("GET", "/faucet", RequestClass::other_http, handler);
    table.add("POST", "/faucet", RequestClass::other_http, handler, kMostBody);
}

}  // namespace dusk::rpc
