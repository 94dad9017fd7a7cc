#include "app/contract_trace.hpp"

#include <fmt/format.h>

#include "app/contract_values.hpp"
#include "base/hex.hpp"

namespace dusk::app {

using Step = TraceRecorder::Step;
using Json = nlohmann::ordered_json;

void TraceRecorder::add(Step step) {
    const std::size_t size = step.data.size() + step.name.size();
    if (left_out_ > 0 || steps_.size() == kMostSteps || bytes_ + size > kMostBytes) {
        ++left_out_;
        return;
    }
    bytes_ += size;
    steps_.push_back(std::move(step));
}

void TraceRecorder::on_call(const vm::ContractId& contract, std::string_view function, ByteView argument,
                            std::uint64_t gas_limit) {
    add({Step::Kind::call, depth_++, contract, std::string(function), to_vector(argument), gas_limit});
}
void TraceRecorder::on_return(ByteView result, std::uint64_t spent) {
    add({Step::Kind::result, depth_--, {}, {}, to_vector(result), spent});
}
void TraceRecorder::on_failure(const vm::CallError& error, std::uint64_t spent) {
    add({Step::Kind::failure, depth_--, {}, describe(error), {}, spent});
}
void TraceRecorder::on_event(const vm::EventView& event) {
    add({Step::Kind::event, depth_, event.source, std::string(event.topic), to_vector(event.data), 0});
}

std::string short_hex(ByteView bytes) {
    constexpr std::size_t kShown = 32;
    if (bytes.empty()) return "nothing";
    if (bytes.size() <= kShown) return to_hex(bytes);
    return fmt::format("{}… ({} bytes)", to_hex(bytes.first(kShown)), bytes.size());
}
std::string short_id(const vm::ContractId& id) { return to_hex(ByteView(id).first(4)) + "…"; }

std::string TraceRecorder::text() const {
    std::string out;
    for (const Step& step : steps_) {
        out.append(2 * step.depth + 2, ' ');
        switch (step.kind) {
            case Step::Kind::call:
                out += fmt::format("{}.{}({}), {} gas at most\n", short_id(step.contract), printable(step.name),
                                   step.data.empty() ? "" : short_hex(step.data), step.gas);
                break;
            case Step::Kind::event:
                out += fmt::format("event {} {}: {}\n", short_id(step.contract), printable(step.name),
                                   short_hex(step.data));
                break;
            case Step::Kind::result:
                out += fmt::format("returned {}, {} gas\n", short_hex(step.data), step.gas);
                break;
            case Step::Kind::failure:
                out += fmt::format("failed after {} gas: {}\n", step.gas, printable(step.name));
                break;
        }
    }
    if (left_out_ > 0) out += fmt::format("  and {} steps more\n", left_out_);
    return out;
}

Json TraceRecorder::json() const {
    Json out = Json::array();
    for (const Step& step : steps_) {
        Json entry{{"depth", step.depth}};
        switch (step.kind) {
            case Step::Kind::call:
                entry.update({{"step", "call"},
                              {"contract", to_hex(step.contract)},
                              {"function", step.name},
                              {"argument", to_hex(step.data)},
                              {"gas_limit", step.gas}});
                break;
            case Step::Kind::event:
                entry.update({{"step", "event"},
                              {"contract", to_hex(step.contract)},
                              {"topic", step.name},
                              {"data", to_hex(step.data)}});
                break;
            case Step::Kind::result:
                entry.update({{"step", "return"}, {"result", to_hex(step.data)}, {"gas_spent", step.gas}});
                break;
            case Step::Kind::failure:
                entry.update({{"step", "failure"}, {"error", step.name}, {"gas_spent", step.gas}});
                break;
        }
        out.push_back(std::move(entry));
    }
    return out;
}

}  // namespace dusk::app
