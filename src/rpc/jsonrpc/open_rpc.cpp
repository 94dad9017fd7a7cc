#include "rpc/jsonrpc/open_rpc.hpp"

#include <array>

namespace dusk::rpc::jsonrpc {
namespace {

// Every method may have these.
constexpr std::array kCommonErrors = {ErrorCode::invalid_params, ErrorCode::internal, ErrorCode::busy};

std::string_view need_of(Need need) {
    switch (need) {
        case Need::archive:
            return "an archive";
        case Need::socket:
            return "a WebSocket";
        case Need::nothing:
            break;
    }
    return "";
}

Json error_ref(ErrorCode code) { return {{"$ref", "#/components/errors/" + std::to_string(-static_cast<int>(code))}}; }

Json parameter_json(const Parameter& one) {
    return {{"name", one.name}, {"description", one.meaning}, {"required", one.is_required}, {"schema", one.type}};
}

Json method_json(const Method& method) {
    Json params = Json::array();
    for (const Parameter& one : method.params) params.push_back(parameter_json(one));
    Json errors = Json::array();
    for (const ErrorCode code : kCommonErrors) errors.push_back(error_ref(code));
    for (const ErrorCode code : method.errors) errors.push_back(error_ref(code));
    if (method.need != Need::nothing) errors.push_back(error_ref(ErrorCode::unsupported));
    Json out{{"name", method.name},
             {"summary", method.meaning},
             {"tags", Json::array({{{"name", method.name.substr(0, method.name.find('.'))}}})},
             {"paramStructure", "either"},
             {"params", std::move(params)},
             {"result", {{"name", "result"}, {"schema", method.result}}},
             {"errors", std::move(errors)}};
    if (method.need != Need::nothing) out["x-needs"] = need_of(method.need);
    return out;
}

}  // namespace

Json open_rpc(const MethodTable& table) {
    Json methods = Json::array();
    for (const Method& one : table.methods()) methods.push_back(method_json(one));
    Json errors = Json::object();
    for (const ErrorKind& kind : error_kinds()) {
        errors[std::to_string(-static_cast<int>(kind.code))] = {
            {"code", static_cast<int>(kind.code)}, {"message", kind.name}, {"data", kind.meaning}};
    }
    return {{"openrpc", "1.3.2"},
            {"info",
             {{"title", "Dusk node"},
              {"version", kInterfaceVersion},
              {"description", "Requests over HTTP (POST) and over a WebSocket, at the same path."}}},
            {"servers", Json::array({{{"name", "node"}, {"url", "/rpc"}}})},
            {"methods", std::move(methods)},
            {"components", {{"schemas", schema::shared_types()}, {"errors", std::move(errors)}}}};
}

}  // namespace dusk::rpc::jsonrpc
