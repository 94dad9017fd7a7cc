// Root calls and frames (spec/vm.md §6).
#include <algorithm>
#include <new>
#include <utility>

#include "vm/execution_stack.hpp"
#include "vm/machine.hpp"
#include "vm/session.hpp"

namespace dusk::vm {

CallResult<Session::Finished> Session::root_call(const ContractId& contract, std::string_view function,
                                                 ByteView argument, std::uint64_t gas_limit) {
    constexpr auto lost = CallErrorKind::session_lost;
    if (is_lost()) return fail(CallError{lost, Trap::none, "an earlier call needed more memory than there is"});
    // The reference leaves half a frame behind here: such an argument must not reach a session at all.
    if (argument.size() > kArgumentBufferBytes) {
        return fail(CallError{CallErrorKind::memory_out_of_bounds, Trap::none, "the argument has more than 64 KiB"});
    }
    prepared_.reset();
    CallResult<Finished> finished;
    const bool ran = run_on_execution_stack([&] {
        const ServedMemories served(memories_);
        try {
            finished = run_root(contract, function, argument, gas_limit);
        } catch (const std::bad_alloc&) {
            note_loss(lost);  // nothing can be thrown off this stack
        }
    });
    if (!ran) return fail(CallError{lost, Trap::none, "no memory for a stack"});
    if (is_lost()) return fail(loss());
    return finished;
}

CallResult<Session::Finished> Session::run_root(const ContractId& id, std::string_view function, ByteView argument,
                                                std::uint64_t gas_limit) {
    const EventList::Place checkpoint = events_.end_place();
    tell_call(id, function, argument, gas_limit);
    const auto pushed = push_frame(id, gas_limit);
    if (!pushed) {
        tell_failure(pushed.error(), 0);
        return fail(pushed.error());
    }
    Contract& contract = **pushed;
    contract.memory->snapshot();

    auto size = run_frame(contract, function, argument, gas_limit);
    if (size && static_cast<std::uint32_t>(*size) > kArgumentBufferBytes) {
        size = fail(CallError{CallErrorKind::memory_out_of_bounds, Trap::none, "the result has more than 64 KiB"});
    }
    if (!size) {
        tell_failure(size.error(), gas_limit - contract.instance->fuel());
        revert_frames();
        events_.mark_reverted(checkpoint);
        clear_instances();
        return fail(std::move(size).error());
    }
    Finished finished{contract.memory->read(contract.argument_buffer, static_cast<std::uint32_t>(*size)),
                      gas_limit - contract.instance->fuel(),
                      {}};
    tell_return(finished.data, finished.spent);
    for (const CallTree::Node* node : calls_.subtree()) {
        contracts_.find(node->element.contract)->second->memory->apply();
    }
    finished.tree = calls_.finish(finished.spent);
    clear_instances();
    return finished;
}

CallResult<Contract*> Session::push_frame(const ContractId& id, std::uint64_t gas_limit) {
    const std::size_t above = outer_caller_ ? 1 : 0;
    if (calls_.depth() + above >= kMostFrames) return fail(CallError{CallErrorKind::too_deep});
    if (calls_.is_full()) {
        note_loss(CallErrorKind::session_lost);
        return fail(CallError{CallErrorKind::session_lost, Trap::none, "too many calls"});
    }
    const auto known = contracts_.find(id);
    CallResult<Contract*> contract = nullptr;
    if (known != contracts_.end() && known->second->instance) {
        contract = known->second.get();
    } else {
        contract = instantiate(id);
        if (!contract) {
            note_loss(contract.error().kind);
            return contract;
        }
    }
    calls_.push(id, gas_limit, (*contract)->memory->linear().length);
    return contract;
}

CallResult<std::int32_t> Session::run_frame(Contract& contract, std::string_view function, ByteView argument,
                                            std::uint64_t gas_limit) {
    if (!contract.reaches_argument(kArgumentBufferBytes)) {
        return fail(CallError{CallErrorKind::invalid_argument_buffer, Trap::none, "A is beyond the memory"});
    }
    contract.memory->write(contract.argument_buffer, argument);
    const auto result = contract.instance->call(function, static_cast<std::uint32_t>(argument.size()), gas_limit);
    if (result) return *result;
    std::optional<CallError> reason = std::exchange(import_error_, std::nullopt);
    if (result.error().kind == CallFault::Kind::no_such_function) {
        return fail(CallError{CallErrorKind::runtime, Trap::none, "no exported function has this name"});
    }
    if (result.error().kind == CallFault::Kind::engine) {
        note_loss(CallErrorKind::session_lost);
        return fail(CallError{CallErrorKind::session_lost, Trap::none, "the engine failed"});
    }
    if (contract.instance->fuel() == 0) return fail(CallError{CallErrorKind::out_of_gas});
    if (result.error().kind == CallFault::Kind::import && reason) return fail(*std::move(reason));
    return fail(CallError::trapped(result.error().trap));
}

void Session::revert_frames() {
    for (const CallTree::Node* node : calls_.subtree()) {
        ContractMemory& memory = *contracts_.find(node->element.contract)->second->memory;
        memory.revert();
        memory.linear().length = node->memory_length;
    }
}

}  // namespace dusk::vm
