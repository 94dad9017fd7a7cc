// Calls between contracts (spec/vm.md §6.3).
#include "vm/host_text.hpp"
#include "vm/imports.hpp"
#include "vm/session.hpp"

namespace dusk::vm {
namespace {

// What the calling contract gets instead of a length (spec/vm.md §3.1).
constexpr std::int32_t kPanicked = -1;
constexpr std::int32_t kOutOfGas = -2;
constexpr std::int32_t kDoesNotExist = -3;
constexpr std::int32_t kUnknown = std::numeric_limits<std::int32_t>::min();

// The part of the caller's gas that a call without a limit gets.
std::uint64_t passed_on(std::uint64_t remaining) { return remaining / 100 * 93 + remaining % 100 * 93 / 100; }

// The code of an error; the text of a panic goes to the caller's argument buffer.
CallResult<std::int32_t> code_of(Contract& self, const CallError& error) {
    switch (error.kind) {
        case CallErrorKind::panic: {
            constexpr std::size_t kLengthBytes = 4;
            // The reference ends its process here.
            if (error.text.size() > kArgumentBufferBytes - kLengthBytes) {
                return fail(CallError{CallErrorKind::memory_out_of_bounds, Trap::none,
                                      "the text of a panic is longer "
                                      "than the argument buffer"});
            }
            Bytes text(kLengthBytes);
            store_le(text.data(), static_cast<std::uint32_t>(error.text.size()));
            text.insert(text.end(), error.text.begin(), error.text.end());
            self.memory->write(self.argument_buffer, text);
            return kPanicked;
        }
        case CallErrorKind::out_of_gas:
            return kOutOfGas;
        case CallErrorKind::contract_does_not_exist:
            return kDoesNotExist;
        default:
            return kUnknown;
    }
}

}  // namespace

CallResult<std::int32_t> Imports::call(Contract& self, std::uint64_t id_at, std::uint64_t name_at,
                                       std::uint32_t name_size, std::uint32_t argument_size, std::uint64_t gas) {
    Session& session = *self.session;
    ContractId id{};
    if (!self.memory->reaches(id_at, id.size()) || !self.memory->reaches(name_at, name_size) ||
        argument_size > kArgumentBufferBytes) {
        return fail(CallError{CallErrorKind::memory_out_of_bounds, Trap::none, "arguments of a call"});
    }
    const std::uint64_t remaining = self.instance->fuel();
    const std::uint64_t gas_limit = gas > 0 && gas < remaining ? gas : passed_on(remaining);
    self.memory->read(id_at, MutableByteView(id));
    const auto name = read_name(*self.memory, name_at, name_size);
    if (!name) return fail(CallError{CallErrorKind::not_utf8, Trap::none, "name of a function"});
    const Bytes argument = self.memory->read(self.argument_buffer, argument_size);

    session.tell_call(id, *name, argument, gas_limit);
    if (session.hook_) {
        if (auto refusal = session.hook_(id, *name, argument)) {
            const CallError error = CallError::panicked(*std::move(refusal));
            session.tell_failure(error, 0);
            return code_of(self, error);
        }
    }
    const EventList::Place checkpoint = session.events_.end_place();
    const auto pushed = session.push_frame(id, gas_limit);
    if (!pushed) {
        session.tell_failure(pushed.error(), 0);
        return code_of(self, pushed.error());
    }
    Contract& callee = **pushed;
    callee.memory->snapshot();

    CallResult<std::int32_t> size = fail(CallError{CallErrorKind::initialization});
    if (*name != "init") size = session.run_frame(callee, *name, argument, gas_limit);
    if (size && static_cast<std::uint32_t>(*size) > kArgumentBufferBytes) {
        size = fail(CallError{CallErrorKind::memory_out_of_bounds, Trap::none, "length of a result"});
    }
    if (!size) {
        session.tell_failure(size.error(), gas_limit - callee.instance->fuel());
        session.events_.mark_reverted(checkpoint);
        session.revert_frames();
        session.calls_.move_up_prune();
        self.instance->set_fuel(remaining - gas_limit);
        return code_of(self, size.error());
    }
    const Bytes result = callee.memory->read(callee.argument_buffer, static_cast<std::uint32_t>(*size));
    const std::uint64_t spent = gas_limit - callee.instance->fuel();
    session.tell_return(result, spent);
    session.calls_.move_up(spent);
    self.memory->write(self.argument_buffer, result);
    self.instance->set_fuel(remaining - spent);
    return size;
}

}  // namespace dusk::vm
