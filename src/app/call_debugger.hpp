// Runs along with a call, shows it as a tree while it happens, and stops where somebody wants to look: `dusk replay`.
//
// It sees what crosses the border of a contract: calls, their ends, events and functions of the host. Between two of
// these a contract computes by itself, which nobody outside can see.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/contract_trace.hpp"
#include "vm/session.hpp"

namespace dusk::app {

class CallDebugger : public vm::CallObserver {
  public:
    // The next command; nothing: there are no more, and the call runs to its end.
    using Source = std::function<std::optional<std::string>()>;
    using Sink = std::function<void(std::string_view)>;

    // `buffers`: addresses of argument buffers, where they are known. All outlive the debugger.
    CallDebugger(const vm::Session& session, const TraceLegend& legend,
                 const std::map<vm::ContractId, std::uint64_t>& buffers, Source source, Sink sink)
        : session_(session), legend_(legend), buffers_(buffers), source_(std::move(source)), sink_(std::move(sink)) {}

    void on_call(const vm::ContractId& contract, std::string_view function, ByteView argument,
                 std::uint64_t gas_limit) override;
    void on_return(ByteView result, std::uint64_t spent) override;
    void on_failure(const vm::CallError& error, std::uint64_t spent) override;
    void on_event(const vm::EventView& event) override;
    void on_import(const vm::ContractId& contract, std::string_view import, std::string_view text) override;

    static std::string_view help();

  private:
    enum class PointKind : std::uint8_t { call, result, failure, event, import };
    struct Point {
        PointKind kind;
        std::string name;  // function, topic, or host function
        std::string more;  // of a host function: the text it is given
    };
    struct Frame {
        vm::ContractId contract;
        std::string function;
        Bytes argument;
        std::uint64_t gas_limit;
    };
    struct Breakpoint {
        PointKind kind;
        std::string name;  // empty: any
    };
    enum class Mode : std::uint8_t { step, over, out, run };

    void show(std::string_view line);
    void reach(const Point& point);
    [[nodiscard]] bool stops(const Point& point) const;
    // True: the call goes on.
    bool obey(std::string_view command);
    void set_mode(Mode mode);
    void set_break(std::string_view what);
    void delete_break(std::string_view number);
    void list_breaks();
    void show_argument();
    void show_gas();
    void show_stack();
    void show_events();
    void show_memory(std::string_view words);

    const vm::Session& session_;
    const TraceLegend& legend_;
    const std::map<vm::ContractId, std::uint64_t>& buffers_;
    Source source_;
    Sink sink_;
    std::vector<Frame> frames_;
    std::vector<std::string> events_;  // as they are shown
    std::vector<Breakpoint> breaks_;
    Mode mode_ = Mode::step;
    std::size_t wanted_depth_ = 0;  // of `over` and `out`: stop at no deeper place
    std::size_t repeat_ = 0;        // steps to make before the next stop
    bool detached_ = false;         // there are no more commands
};

}  // namespace dusk::app
