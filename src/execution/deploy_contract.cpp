#include "execution/deploy_contract.hpp"

#include "execution/call_errors.hpp"
#include "ledger/charges.hpp"

namespace dusk::execution {
namespace {

using ledger::ContractError;
using ledger::Panic;

// Gas of `init`, its events appended.
Result<ledger::Gas, ContractError> run(vm::Session& session, const ledger::ContractDeploy& deployment,
                                       std::uint64_t init_gas, vm::EventList& events) {
    const ByteView init_args = deployment.init_args ? ByteView(*deployment.init_args) : ByteView();
    auto deployed =
        session.deploy(deployment.contract_id().bytes, deployment.bytecode, deployment.owner, init_args, init_gas);
    if (!deployed) return fail<ContractError>(Panic{"failed deployment: " + debug_text(deployed.error())});
    if (!deployed->init) return ledger::Gas{};
    events.append(deployed->init->events);
    return ledger::Gas{deployed->init->gas_spent};
}

}  // namespace

void deploy_contract(vm::Session& session, const ledger::Transaction& transaction, ledger::Gas limit, Spent& spent) {
    const ledger::ContractDeploy* deployment = transaction.deploy();
    if (deployment == nullptr) return;
    const std::uint64_t charge = ledger::deploy_charge(deployment->bytecode.size())->value;
    const std::uint64_t left = limit.value - spent.gas_spent.value;
    if (left < charge) {
        spent.result = fail<ContractError>(ledger::OutOfGas{});
        return;
    }
    if (ledger::bytecode_hash(deployment->bytecode) != deployment->hash) {
        spent.result = fail<ContractError>(Panic{"failed bytecode hash check"});
        return;
    }
    const auto init_gas = run(session, *deployment, left - charge, spent.events);
    if (!init_gas) {
        spent.result = fail(init_gas.error());
        return;
    }
    spent.gas_spent.value += charge + init_gas->value;
}

}  // namespace dusk::execution
