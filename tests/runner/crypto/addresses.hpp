// The section `addresses` of base58.json: shielded and public addresses, and their short forms.
#pragma once

#include "report.hpp"

namespace dusk::vectors {

void run_addresses(const Node& section, Report& report);

}  // namespace dusk::vectors
