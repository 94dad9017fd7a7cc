#include "app/contract_trace.hpp"

#include <fmt/format.h>

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
    if (depth_ == 0) root_spent_ = spent;
}
void TraceRecorder::on_failure(const vm::CallError& error, std::uint64_t spent) {
    add({Step::Kind::failure, depth_--, {}, describe(error), {}, spent});
    if (depth_ == 0) root_spent_ = spent;
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

std::optional<ReadValue> TraceLegend::argument(const vm::ContractId& contract, std::string_view function,
                                               ByteView bytes) const {
    const auto at = interfaces.find(contract);
    const auto* const found = at == interfaces.end() ? nullptr : at->second.function(function);
    if (found == nullptr) return {};
    auto value = read_value(at->second, found->argument, bytes, names);
    if (!value) return {};
    return *std::move(value);
}
std::optional<ReadValue> TraceLegend::result(const vm::ContractId& contract, std::string_view function,
                                             ByteView bytes) const {
    const auto at = interfaces.find(contract);
    const auto* const found = at == interfaces.end() ? nullptr : at->second.function(function);
    if (found == nullptr) return {};
    auto value = read_value(at->second, found->result, bytes, names);
    if (!value) return {};
    return *std::move(value);
}
std::optional<ReadValue> TraceLegend::event(const vm::ContractId& contract, std::string_view topic,
                                            ByteView bytes) const {
    const auto at = interfaces.find(contract);
    const auto* const found = at == interfaces.end() ? nullptr : at->second.event(topic);
    if (found == nullptr) return {};
    auto value = read_value(at->second, found->data, bytes, names);
    if (!value) return {};
    return *std::move(value);
}
std::string TraceLegend::argument_text(const vm::ContractId& contract, std::string_view function,
                                       ByteView bytes) const {
    const auto value = argument(contract, function, bytes);
    if (!value) return bytes.empty() ? "()" : fmt::format("({})", short_hex(bytes));
    // Several are a tuple, which has its own parentheses.
    return value->text.starts_with('(') ? value->text : fmt::format("({})", value->text);
}
std::string TraceLegend::result_text(const vm::ContractId& contract, std::string_view function, ByteView bytes) const {
    const auto value = result(contract, function, bytes);
    return !value || bytes.empty() ? short_hex(bytes) : value->text;
}
std::string TraceLegend::event_text(const vm::EventView& event) const {
    const auto value = this->event(event.source, event.topic, event.data);
    return fmt::format("{} {}: {}", names.contract(event.source), printable(event.topic),
                       value ? value->text : short_hex(event.data));
}

std::string TraceRecorder::text(const TraceLegend& legend) const {
    std::string out;
    std::vector<const Step*> calls;  // those that the step is in
    for (const Step& step : steps_) {
        out.append(2 * step.depth + 2, ' ');
        switch (step.kind) {
            case Step::Kind::call:
                out +=
                    fmt::format("{}.{}{}, {} gas at most\n", legend.names.contract(step.contract), printable(step.name),
                                legend.argument_text(step.contract, step.name, step.data), step.gas);
                calls.push_back(&step);
                break;
            case Step::Kind::event:
                out += fmt::format("event {}\n", legend.event_text({step.contract, step.name, step.data}));
                break;
            case Step::Kind::result:
                out += fmt::format("returned {}, {} gas\n",
                                   legend.result_text(calls.back()->contract, calls.back()->name, step.data), step.gas);
                calls.pop_back();
                break;
            case Step::Kind::failure:
                out += fmt::format("failed after {} gas: {}\n", step.gas, printable(step.name));
                calls.pop_back();
                break;
        }
    }
    if (left_out_ > 0) out += fmt::format("  and {} steps more\n", left_out_);
    return out;
}

Json TraceRecorder::json(const TraceLegend& legend) const {
    Json out = Json::array();
    std::vector<const Step*> calls;
    for (const Step& step : steps_) {
        Json entry{{"depth", step.depth}};
        std::optional<ReadValue> value;
        switch (step.kind) {
            case Step::Kind::call:
                entry.update({{"step", "call"},
                              {"contract", to_hex(step.contract)},
                              {"function", step.name},
                              {"argument", to_hex(step.data)},
                              {"gas_limit", step.gas}});
                value = legend.argument(step.contract, step.name, step.data);
                calls.push_back(&step);
                break;
            case Step::Kind::event:
                entry.update({{"step", "event"},
                              {"contract", to_hex(step.contract)},
                              {"topic", step.name},
                              {"data", to_hex(step.data)}});
                value = legend.event(step.contract, step.name, step.data);
                break;
            case Step::Kind::result:
                entry.update({{"step", "return"}, {"result", to_hex(step.data)}, {"gas_spent", step.gas}});
                value = legend.result(calls.back()->contract, calls.back()->name, step.data);
                calls.pop_back();
                break;
            case Step::Kind::failure:
                entry.update({{"step", "failure"}, {"error", step.name}, {"gas_spent", step.gas}});
                calls.pop_back();
                break;
        }
        if (value) entry["value"] = std::move(value->json);
        out.push_back(std::move(entry));
    }
    return out;
}

std::vector<vm::Event> TraceRecorder::events() const {
    std::vector<vm::Event> out;
    std::vector<std::size_t> began;  // events before each call that runs
    for (const Step& step : steps_) {
        if (step.kind == Step::Kind::call) began.push_back(out.size());
        if (step.kind == Step::Kind::event) out.emplace_back(vm::EventView{step.contract, step.name, step.data});
        if (step.kind == Step::Kind::failure) {
            for (std::size_t i = began.back(); i < out.size(); ++i) out[i].reverted = true;
        }
        if (step.kind == Step::Kind::failure || step.kind == Step::Kind::result) began.pop_back();
    }
    return out;
}

}  // namespace dusk::app
