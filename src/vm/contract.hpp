// A contract in a session: its code, its memory and, while calls run, its instance.
#pragma once

#include <memory>
#include <optional>

#include "vm/engine.hpp"
#include "vm/memory.hpp"
#include "vm/store/state.hpp"

namespace dusk::vm {

class Session;

struct Contract {
    Session* session = nullptr;
    ContractId id{};
    const ContractRecord* record = nullptr;  // in the session's base state; null when deployed in the session
    Bytes bytecode{};                        // when deployed in the session
    Bytes owner{};
    bool is_64 = false;
    std::optional<Module> module{};
    std::unique_ptr<ContractMemory> memory{};  // once it was run
    std::optional<Instance> instance{};        // between the first call of a root call and its end
    std::optional<Instance> former{};          // of an earlier root call, to be made new (Session::rested_)
    std::uint64_t argument_buffer = 0;         // its offset, of the instance

    // The argument buffer lies within the memory. Some addresses near the end of the numbers pass the reference's check
    // though they do not, and abort it later.
    [[nodiscard]] bool reaches_argument(std::uint64_t size) const { return memory->reaches(argument_buffer, size); }
};

}  // namespace dusk::vm
