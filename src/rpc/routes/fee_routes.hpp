// What a transaction should pay for a gas (rpc/fee_oracle.hpp):
//
//     GET /fees     prices of the last blocks and of the mempool, and what to pay to be in one of the next blocks
#pragma once

#include <nlohmann/json.hpp>

#include "rpc/fee_oracle.hpp"
#include "rpc/route_table.hpp"
#include "rpc/routes/node_parts.hpp"

namespace dusk::rpc {

class FeeRoutes {
  public:
    explicit FeeRoutes(const NodeParts& parts) : parts_(parts), oracle_(parts.settings.block_gas_limit) {}

    // It refers to this.
    void add_to(RouteTable& table);
    // Blocks that come and go.
    void on_action(const node::CoreAction& action);

    // Now, from the mempool and the last blocks.
    [[nodiscard]] FeeReport report();
    [[nodiscard]] std::uint64_t price_for(unsigned blocks);

  private:
    // The blocks that were there before this node told of any: at the first question.
    void read_past();
    [[nodiscard]] std::vector<PaidGas> waiting() const;

    NodeParts parts_;
    FeeOracle oracle_;
    bool has_past_ = false;
};

[[nodiscard]] nlohmann::ordered_json fees_json(const FeeReport& report);

}  // namespace dusk::rpc
