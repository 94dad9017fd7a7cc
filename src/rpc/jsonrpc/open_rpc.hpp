// The document of the interface, made of its table of methods (OpenRPC 1.3).
#pragma once

#include "rpc/jsonrpc/method_table.hpp"

namespace dusk::rpc::jsonrpc {

// Of the forms of requests and results, not of the program: it changes when a client may have to.
inline constexpr std::string_view kInterfaceVersion = "1.0.0";

[[nodiscard]] Json open_rpc(const MethodTable& table);

}  // namespace dusk::rpc::jsonrpc
