#include "rpc/drivers/data_driver.hpp"

#include <fmt/core.h>

#include "base/json_nesting.hpp"

namespace dusk::rpc {
namespace {

using Json = nlohmann::json;

std::string_view name_of(DriverError::Kind kind) {
    switch (kind) {
        case DriverError::Kind::rkyv:
            return "Rkyv";
        case DriverError::Kind::json:
            return "Json";
        case DriverError::Kind::unsupported:
            return "Unsupported";
        case DriverError::Kind::other:
            return "Other";
        case DriverError::Kind::wasm_runtime:
            return "WasmRuntime";
        case DriverError::Kind::wasm_memory:
            return "WasmMemory";
        case DriverError::Kind::wasm_export:
            return "WasmExport";
        case DriverError::Kind::ffi:
            return "FfiError";
    }
    return "";
}

std::unexpected<DriverError> no_json(std::string text) {
    return fail(DriverError{.kind = DriverError::Kind::json, .text = std::move(text)});
}

}  // namespace

std::string debug_text(const DriverError& error) {
    // JSON escapes as that language does, but for control characters, of which there are none in these texts.
    return fmt::format("{}({})", name_of(error.kind),
                       Json(error.text).dump(-1, ' ', false, Json::error_handler_t::replace));
}

DriverResult<Json> parse_json(std::string_view text) {
    if (text.size() > DataDriver::kMostJson) return no_json("the text is too long");
    if (json_nesting(text) > DataDriver::kMostNesting) return no_json("recursion limit exceeded");
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return no_json("EOF while parsing a value at line 1 column 0");
    }
    Json out = Json::parse(text, nullptr, false);
    if (out.is_discarded()) return no_json("expected value");
    return out;
}

}  // namespace dusk::rpc
