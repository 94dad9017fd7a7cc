#include "rpc/routes/simulation.hpp"

#include "base/cases.hpp"
#include "execution/call_errors.hpp"

namespace dusk::rpc {

std::optional<Simulation> simulation_of(const execution::TransactionOutcome& outcome) {
    using Answer = std::optional<Simulation>;
    return std::visit(
        Cases{[](const execution::Spent& spent) -> Answer {
                  Simulation out{.error = {}, .gas_spent = spent.gas_spent};
                  if (!spent.result) out.error = execution::debug_text(spent.result.error());
                  return out;
              },
              [](const execution::Discarded& discarded) -> Answer {
                  return Simulation{.error = discarded.debug.empty() ? discarded.text : discarded.debug};
              },
              [](const execution::RefundFailed& failed) -> Answer { return Simulation{.error = failed.text}; },
              [](const execution::MachineFailed&) -> Answer { return {}; }},
        outcome);
}

}  // namespace dusk::rpc
