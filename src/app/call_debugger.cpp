#include "app/call_debugger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/hex.hpp"

namespace dusk::app {
namespace {

constexpr std::size_t kMostEvents = 10'000;
constexpr std::size_t kMostMemory = 4096;

std::string_view take_word(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    return word;
}

std::optional<std::uint64_t> number(std::string_view text) {
    int base = 10;
    if (text.starts_with("0x")) {
        text.remove_prefix(2);
        base = 16;
    }
    std::uint64_t value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (fault != std::errc{} || end != text.data() + text.size()) return {};
    return value;
}

std::string dumped(ByteView bytes, std::uint64_t address) {
    constexpr std::size_t kPerLine = 16;
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += kPerLine) {
        const ByteView line = bytes.subspan(at, std::min(kPerLine, bytes.size() - at));
        std::string text;
        for (const std::uint8_t byte : line) text += byte < 0x20 || byte >= 0x7f ? '.' : static_cast<char>(byte);
        out += fmt::format("{:08x}  {:<32}  {}\n", address + at, to_hex(line), text);
    }
    return out;
}

}  // namespace

std::string_view CallDebugger::help() {
    return "step [N] (s)        to the next call, end of a call, event or function of the host\n"
           "next (n)            the same, not into calls\n"
           "finish (f)          to the end of this call\n"
           "continue (c)        to the next breakpoint\n"
           "break FUNCTION (b)  stop where a function of a contract is called\n"
           "break event [TOPIC] break host [NAME]    at events, at functions of the host (hq, hd, caller, …)\n"
           "break failure       where a call fails: panics, traps, no gas\n"
           "breaks, delete N    the breakpoints; remove one\n"
           "args                contract, function and argument of this call\n"
           "stack (bt)          the calls around here, the innermost first\n"
           "gas                 limit and rest of this call\n"
           "events              events so far\n"
           "memory ADDR LEN     memory of this contract; A is its argument buffer, 0x makes hexadecimal\n"
           "help, quit          quit runs to the end without stopping\n"
           "An empty line is the last command again.\n";
}

void CallDebugger::show(std::string_view line) {
    sink_(std::string(2 * frames_.size(), ' ') + std::string(line) + "\n");
}

void CallDebugger::on_call(const vm::ContractId& contract, std::string_view function, ByteView argument,
                           std::uint64_t gas_limit) {
    show(fmt::format("{}.{}{}, {} gas at most", legend_.names.contract(contract), printable(function),
                     legend_.argument_text(contract, function, argument), gas_limit));
    frames_.push_back({contract, std::string(function), to_vector(argument), gas_limit});
    reach({PointKind::call, std::string(function), {}});
}

void CallDebugger::on_return(ByteView result, std::uint64_t spent) {
    const Frame& frame = frames_.back();
    show(fmt::format("returned {}, {} gas", legend_.result_text(frame.contract, frame.function, result), spent));
    reach({PointKind::result, frame.function, {}});
    frames_.pop_back();
}

void CallDebugger::on_failure(const vm::CallError& error, std::uint64_t spent) {
    show(fmt::format("failed after {} gas: {}", spent, printable(describe(error))));
    reach({PointKind::failure, frames_.back().function, {}});
    frames_.pop_back();
}

void CallDebugger::on_event(const vm::EventView& event) {
    std::string text = legend_.event_text(event);
    show("event " + text);
    if (events_.size() < kMostEvents) events_.push_back(std::move(text));
    reach({PointKind::event, std::string(event.topic), {}});
}

void CallDebugger::on_import(const vm::ContractId& /*contract*/, std::string_view import, std::string_view text) {
    show(text.empty() ? fmt::format("host {}", import) : fmt::format("host {} {}", import, printable(text)));
    reach({PointKind::import, std::string(import), std::string(text)});
}

bool CallDebugger::stops(const Point& point) const {
    const bool is_break = std::ranges::any_of(breaks_, [&](const Breakpoint& wanted) {
        return wanted.kind == point.kind &&
               (wanted.name.empty() || wanted.name == point.name || wanted.name == point.more);
    });
    switch (mode_) {
        case Mode::step:
            return true;
        case Mode::over:
            // A call stands inside of its own frame already.
            return is_break || frames_.size() - (point.kind == PointKind::call ? 1 : 0) <= wanted_depth_;
        case Mode::out: {
            const bool is_end = point.kind == PointKind::result || point.kind == PointKind::failure;
            return is_break || (is_end && frames_.size() <= wanted_depth_);
        }
        case Mode::run:
            return is_break;
    }
    return false;
}

void CallDebugger::reach(const Point& point) {
    if (detached_ || !stops(point)) return;
    if (mode_ == Mode::step && repeat_ > 0) {
        --repeat_;
        return;
    }
    repeat_ = 0;
    for (;;) {
        const auto command = source_();
        if (!command) {
            detached_ = true;
            return;
        }
        if (obey(*command)) return;
    }
}

void CallDebugger::set_mode(Mode mode) {
    mode_ = mode;
    wanted_depth_ = frames_.size();
}

bool CallDebugger::obey(std::string_view command) {
    const std::string_view word = take_word(command);
    command.remove_prefix(std::min(command.find_first_not_of(' '), command.size()));
    const auto is = [&](std::string_view name, std::string_view alias) { return word == name || word == alias; };
    if (is("step", "s")) {
        const auto count = number(command);
        repeat_ = count && *count > 0 ? static_cast<std::size_t>(*count - 1) : 0;
        set_mode(Mode::step);
        return true;
    }
    if (is("next", "n")) return set_mode(Mode::over), true;
    if (is("finish", "f")) return set_mode(Mode::out), true;
    if (is("continue", "c")) return set_mode(Mode::run), true;
    if (is("quit", "q")) return detached_ = true, true;
    if (is("break", "b")) {
        set_break(command);
    } else if (word == "breaks") {
        list_breaks();
    } else if (word == "delete") {
        delete_break(command);
    } else if (is("args", "a")) {
        show_argument();
    } else if (is("stack", "bt")) {
        show_stack();
    } else if (is("gas", "g")) {
        show_gas();
    } else if (word == "events") {
        show_events();
    } else if (is("memory", "m")) {
        show_memory(command);
    } else if (is("help", "h")) {
        sink_(help());
    } else if (!word.empty()) {
        sink_(fmt::format("there is no command \"{}\": help lists them\n", printable(word)));
    }
    return false;
}

void CallDebugger::set_break(std::string_view what) {
    const std::string_view kind = take_word(what);
    const std::string name(take_word(what));
    if (kind.empty()) {
        sink_("break where? A function, event, host, failure\n");
    } else if (kind == "event") {
        breaks_.push_back({PointKind::event, name});
    } else if (kind == "host") {
        breaks_.push_back({PointKind::import, name});
    } else if (kind == "failure" || kind == "panic") {
        breaks_.push_back({PointKind::failure, {}});
    } else {
        breaks_.push_back({PointKind::call, std::string(kind)});
    }
    if (!kind.empty()) list_breaks();
}

void CallDebugger::list_breaks() {
    constexpr std::string_view kKinds[] = {"call of", "return of", "failure", "event", "host"};
    for (std::size_t i = 0; i < breaks_.size(); ++i) {
        const std::string_view name = breaks_[i].name.empty() ? std::string_view("any") : breaks_[i].name;
        sink_(fmt::format("{}  {} {}\n", i + 1, kKinds[static_cast<std::size_t>(breaks_[i].kind)],
                          breaks_[i].kind == PointKind::failure ? std::string_view() : name));
    }
    if (breaks_.empty()) sink_("no breakpoints\n");
}

void CallDebugger::delete_break(std::string_view text) {
    const auto index = number(text);
    if (!index || *index == 0 || *index > breaks_.size()) {
        sink_("there is no such breakpoint\n");
        return;
    }
    breaks_.erase(breaks_.begin() + static_cast<std::ptrdiff_t>(*index - 1));
    list_breaks();
}

void CallDebugger::show_argument() {
    const Frame& frame = frames_.back();
    sink_(fmt::format("{} ({})\n{}{}\n{} bytes: {}\n", legend_.names.contract(frame.contract), to_hex(frame.contract),
                      printable(frame.function), legend_.argument_text(frame.contract, frame.function, frame.argument),
                      frame.argument.size(), to_hex(frame.argument)));
}

void CallDebugger::show_stack() {
    for (std::size_t i = frames_.size(); i-- > 0;) {
        const Frame& frame = frames_[i];
        sink_(fmt::format("{}  {}.{}{}\n", frames_.size() - 1 - i, legend_.names.contract(frame.contract),
                          printable(frame.function),
                          legend_.argument_text(frame.contract, frame.function, frame.argument)));
    }
}

void CallDebugger::show_gas() {
    const auto left = session_.gas_left();
    const std::uint64_t limit = frames_.back().gas_limit;
    sink_(fmt::format("limit {}", limit));
    // Where a call begins it has no fuel of its own yet.
    sink_(left && *left <= limit ? fmt::format(", {} left\n", *left) : ", all of it left\n");
}

void CallDebugger::show_events() {
    for (const std::string& event : events_) sink_(event + "\n");
    if (events_.empty()) sink_("no events yet\n");
}

void CallDebugger::show_memory(std::string_view words) {
    const std::string_view at = take_word(words);
    const auto length = number(take_word(words));
    const vm::ContractId& contract = frames_.back().contract;
    auto address = number(at);
    if (const auto buffer = buffers_.find(contract); at == "A" && buffer != buffers_.end()) address = buffer->second;
    if (!address || !length || *length == 0 || *length > kMostMemory) {
        sink_("memory ADDR LEN: an address or A, and 1 to 4096 bytes\n");
        return;
    }
    const auto bytes = session_.peek(contract, *address, static_cast<std::size_t>(*length));
    if (!bytes) {
        sink_("the contract has no memory yet: step into its call\n");
        return;
    }
    sink_(dumped(*bytes, *address));
}

}  // namespace dusk::app
