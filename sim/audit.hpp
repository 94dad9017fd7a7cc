// Looks at every block that an honest node accepts, by the rules and by nothing that a node remembers: links, hashes,
// roots, times, generators, attestations, certificates, failed iterations, states, and that there is no lux but what
// was emitted.
#pragma once

#include <map>

#include "consensus/committee.hpp"
#include "sim/model_ledger.hpp"

namespace dusk::sim {

class Audit {
  public:
    // `signatures` outlives it.
    Audit(const ledger::Block& genesis, const ModelLedgerPtr& ledger, consensus::Signatures& signatures,
          std::chrono::seconds block_time);

    // Throws Violation. A block that was seen before costs the check of its attestation, which may be another one.
    void look_at(const ledger::Block& block);

    struct Seen {
        ledger::BlockHeader header{};
        std::size_t transactions = 0;
        ModelLedgerPtr ledger;                                   // after it
        std::shared_ptr<consensus::RoundCommittees> committees;  // of its round
        std::uint64_t lux = 0;                                   // that there may be at most
    };
    // Null where no honest node accepted it.
    [[nodiscard]] const Seen* find(const ledger::BlockHash& hash) const;

  private:
    void demand(bool holds, const ledger::BlockHeader& header, std::string_view what) const;
    [[nodiscard]] std::vector<ledger::Voter> attested(const ledger::BlockHeader& header,
                                                      const ledger::Attestation& attestation,
                                                      const std::shared_ptr<consensus::RoundCommittees>& committees);
    void look_at_header(const ledger::BlockHeader& header, const Seen& before, consensus::RoundCommittees& committees);

    consensus::Signatures& signatures_;
    std::chrono::seconds block_time_;
    std::map<ledger::BlockHash, Seen> seen_;
};

}  // namespace dusk::sim
