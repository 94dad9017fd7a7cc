// A routing table of kadcast.json: what became of each insertion, and what the table then says.
#pragma once

#include "report.hpp"

namespace dusk::vectors {

void expect_table(const Node& table, Report& report);

}  // namespace dusk::vectors
