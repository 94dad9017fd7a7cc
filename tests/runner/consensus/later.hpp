// What the reference results of consensus say that nothing here computes yet. This is the whole list:
//
//     faults.json      `result`: whether a fault holds at a height (spec/consensus.md §14)
//     headers.json     `result` and what it depends on: validity, PNI and voters (§11)
//     misc.json        constants of the rounds, majorities
//     rules.json       finality labels, sync targets, timeouts (§9, §15, §16)
//     sortition.json, votes.json, as whole files (§6, §7)
#pragma once

#include "report.hpp"

namespace dusk::vectors {

inline void left_for_consensus(const Node& node) { node.describe(); }

}  // namespace dusk::vectors
