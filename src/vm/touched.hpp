// What the calls of a session have changed, for people who look at them: it is no part of the state.
#pragma once

#include <vector>

#include "vm/session.hpp"

namespace dusk::vm {

struct TouchedPage {
    std::uint32_t index = 0;          // of 64 KiB each
    std::uint32_t bytes_changed = 0;  // may be 0: a page that was opened for writing enters the state anew
};
struct TouchedContract {
    ContractId contract{};
    bool is_new = false;              // deployed in the session
    std::uint64_t memory_before = 0;  // bytes
    std::uint64_t memory_after = 0;
    std::vector<TouchedPage> pages{};  // ascending
};

// What differs from the state that the session began with, by id; at most so many pages in all. Between calls. Reads
// each of these pages once. Errors: session_lost, persistence.
[[nodiscard]] CallResult<std::vector<TouchedContract>> touched(const Session& session, std::size_t most_pages);

}  // namespace dusk::vm
