#include "telemetry/span.hpp"

#include <nlohmann/json.hpp>

#include "base/cases.hpp"
#include "base/hex.hpp"

namespace dusk::telemetry {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kFailed = 2;  // STATUS_CODE_ERROR

Json attribute(std::string_view key, const Span::Value& value) {
    // Numbers of 64 bits are text in the JSON of protocol buffers.
    Json typed = std::visit(Cases{[](const std::string& text) { return Json{{"stringValue", text}}; },
                                  [](std::int64_t number) { return Json{{"intValue", std::to_string(number)}}; }},
                            value);
    return {{"key", key}, {"value", std::move(typed)}};
}

Json span_json(const Span& span) {
    Json out{{"traceId", to_hex(span.context.trace)}, {"spanId", to_hex(span.context.span)}};
    if (span.parent != SpanId{}) out["parentSpanId"] = to_hex(span.parent);
    out["name"] = span.name;
    out["kind"] = static_cast<int>(span.kind);
    out["startTimeUnixNano"] = std::to_string(span.begin);
    out["endTimeUnixNano"] = std::to_string(span.end);
    out["attributes"] = Json::array();
    for (const auto& [key, value] : span.attributes) out["attributes"].push_back(attribute(key, value));
    if (span.has_failed) out["status"]["code"] = kFailed;
    return out;
}

}  // namespace

std::string otlp_json(std::string_view service, std::span<const Span> spans) {
    Json list = Json::array();
    for (const Span& span : spans) list.push_back(span_json(span));
    Json scoped{{"scope", {{"name", "dusk"}}}, {"spans", std::move(list)}};
    Json out;
    out["resourceSpans"] = Json::array();
    out["resourceSpans"].push_back(
        {{"resource", {{"attributes", Json::array({attribute("service.name", std::string(service))})}}},
         {"scopeSpans", Json::array({std::move(scoped)})}});
    return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace dusk::telemetry
