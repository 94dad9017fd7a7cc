#include "rpc/status_report.hpp"

#include "ledger/hex_name.hpp"
#include "rpc/network_report.hpp"

namespace dusk::rpc {

nlohmann::ordered_json status_report(const NodeParts& parts) {
    const node::NodeStatus now = parts.node.status();
    const chain::ServiceStatus& chain = now.core.chain;
    nlohmann::ordered_json out{{"height", chain.tip.value},
                               {"hash", hex(chain.tip_hash)},
                               {"final_height", chain.last_final.value},
                               {"in_sync", chain.in_sync},
                               {"stalled", chain.stalled},
                               {"idle", chain.rests},
                               {"best_claim", chain.best_claim.value},
                               {"consensus", nullptr},
                               {"mempool", now.core.pooled},
                               {"unchecked", now.core.unchecked},
                               {"peers", now.peers.size()},
                               {"blocks_accepted", now.blocks_accepted},
                               {"transactions_spent", now.transactions_spent},
                               {"gas_spent", now.gas_spent},
                               {"proofs_checked", now.proofs_checked}};
    if (now.network) out["messages"] = message_counts(now.network->counts);
    if (const auto& consensus = now.core.consensus) {
        out["consensus"] = {{"round", consensus->round},
                            {"iteration", consensus->iteration},
                            {"step", static_cast<unsigned>(consensus->step)}};
    }
    out["provisioners"] = now.core.provisioners;
    if (parts.settings.provisioner) {
        out["provisioner"] = parts.settings.provisioner->to_base58();
        out["eligible"] = now.core.eligible;
    }
    out["network"] = parts.settings.network->name;
    out["version"] = parts.settings.build;
    return out;
}

}  // namespace dusk::rpc
