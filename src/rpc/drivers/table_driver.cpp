#include "rpc/drivers/table_driver.hpp"

#include <algorithm>

namespace dusk::rpc {
namespace {

using Json = nlohmann::json;

std::unexpected<DriverError> unsupported(std::string text) {
    return fail(DriverError{.kind = DriverError::Kind::unsupported, .text = std::move(text)});
}

}  // namespace

const FunctionRow* TableDriver::function(std::string_view name) const {
    const auto row = std::ranges::find(functions_, name, &FunctionRow::name);
    return row == functions_.end() ? nullptr : &*row;
}

DriverResult<Bytes> TableDriver::encode_input(std::string_view name, std::string_view json) {
    const FunctionRow* const row = function(name);
    return row == nullptr ? unsupported(fmt::format("fn_name {}", name)) : row->encode_input(json);
}

DriverResult<Json> TableDriver::decode_input(std::string_view name, ByteView bytes) {
    const FunctionRow* const row = function(name);
    return row == nullptr ? unsupported(fmt::format("fn_name {}", name)) : row->decode_input(bytes);
}

DriverResult<Json> TableDriver::decode_output(std::string_view name, ByteView bytes) {
    const FunctionRow* const row = function(name);
    if (row == nullptr) return unsupported(fmt::format("fn_name {}", name));
    return row->decode_output == nullptr ? unsupported(fmt::format("{} not supported", name))
                                         : row->decode_output(bytes);
}

DriverResult<Json> TableDriver::decode_event(std::string_view topic, ByteView bytes) {
    const auto row = std::ranges::find(events_, topic, &EventRow::topic);
    return row == events_.end() ? unsupported(fmt::format("event {}", topic)) : row->decode(bytes);
}

DriverResult<std::string> TableDriver::schema() {
    using Ordered = nlohmann::ordered_json;
    Ordered out{{"name", name_}, {"imports", Ordered::array()}};
    out["functions"] = Ordered::array();
    for (const FunctionRow& row : functions_) {
        out["functions"].push_back(
            {{"name", row.name}, {"doc", ""}, {"input", row.input}, {"output", row.output}, {"custom", false}});
    }
    out["events"] = Ordered::array();
    for (const EventRow& row : events_) out["events"].push_back({{"topic", row.topic}, {"data", row.data}});
    return out.dump();
}

}  // namespace dusk::rpc
