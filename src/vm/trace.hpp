// What a session tells about the calls that it runs, while they run: for people who look into a transaction.
#pragma once

#include "vm/error.hpp"
#include "vm/receipt.hpp"

namespace dusk::vm {

// Each `on_call` has one `on_return` or `on_failure`; calls and events between them are those of that call. Nothing is
// told of a call that is refused before it begins: an argument beyond 64 KiB, `init` by name. What is handed over lives
// until the function returns. None of them may throw, or use the session but to look at it: `gas_left` and `peek`.
class CallObserver {
  public:
    CallObserver() = default;
    CallObserver(const CallObserver&) = delete;
    CallObserver& operator=(const CallObserver&) = delete;
    virtual ~CallObserver() = default;

    virtual void on_call(const ContractId& contract, std::string_view function, ByteView argument,
                         std::uint64_t gas_limit) = 0;
    // `spent`: gas, that of the calls it made included.
    virtual void on_return(ByteView result, std::uint64_t spent) = 0;
    // Everything since its `on_call` is undone. `spent`: gas until then; who called it by `c` pays all of its limit, or
    // nothing where the call did not begin (an unknown contract, too many calls within each other, the call hook).
    virtual void on_failure(const CallError& error, std::uint64_t spent) = 0;
    virtual void on_event(const EventView& event) = 0;
    // Any other function of the host, before it does its work: its name in the table of spec/vm.md §3, and the text
    // that it is given: the name of a query (`hq`) or of a value (`hd`), else nothing.
    virtual void on_import(const ContractId& /*contract*/, std::string_view /*import*/, std::string_view /*text*/) {}
};

}  // namespace dusk::vm
