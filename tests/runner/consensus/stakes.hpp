// Provisioners as the files of consensus list them.
#pragma once

#include "consensus/provisioners.hpp"
#include "ledger/voter.hpp"
#include "report.hpp"

namespace dusk::vectors {

struct Stakes {
    std::vector<ledger::KeyBytes> keys{};  // in the order of the list
    consensus::Provisioners provisioners{};
};
// [key, value, eligible since] each; a key that is none ends the case.
[[nodiscard]] Stakes read_stakes(const Node& list);

// [key, credits] each.
void expect_voters(const std::vector<ledger::Voter>& voters, const Node& list, Report& report);

}  // namespace dusk::vectors
