// The functions that contracts import (spec/vm.md §3).
#pragma once

#include <map>
#include <memory>

#include "vm/contract.hpp"
#include "vm/engine.hpp"
#include "vm/error.hpp"

namespace dusk::vm {

// Each takes the contract that calls it. An error ends the frame of that contract with it.
class Imports {
  public:
    // What the engine calls, with a `Contract*` as context.
    static const HostFunctions& table();

    static CallResult<std::int32_t> caller(Contract& self);
    static CallResult<std::int32_t> callstack(Contract& self);
    static CallResult<std::int32_t> call(Contract& self, std::uint64_t id_at, std::uint64_t name_at,
                                         std::uint32_t name_size, std::uint32_t argument_size, std::uint64_t gas);
    static CallResult<std::int32_t> host_query(Contract& self, std::uint64_t name_at, std::uint32_t name_size,
                                               std::uint32_t argument_size);
    static CallResult<std::int32_t> host_data(Contract& self, std::uint64_t name_at, std::uint32_t name_size);
    static CallResult<void> emit(Contract& self, std::uint64_t topic_at, std::uint32_t topic_size,
                                 std::uint32_t data_size);
    static CallResult<void> feed(Contract& self, std::uint32_t size);
    static CallResult<std::int64_t> limit(Contract& self);
    static CallResult<std::int64_t> spent(Contract& self);
    static CallResult<void> panic(Contract& self, std::uint32_t size);
    static CallResult<std::int32_t> owner(Contract& self, std::uint64_t id_at);
    static CallResult<void> self_id(Contract& self);

    // What a session has loaded or deployed, for `touched`.
    static const std::map<ContractId, std::unique_ptr<Contract>>& contracts(const Session& session);

  private:
    // Keeps the error of an import for the frame that it ends.
    static void keep(Contract& self, CallError error);
    friend struct ImportTable;
};

}  // namespace dusk::vm
