// Long work on blocks, told to whoever measures it (app/telemetry.hpp). There is one watcher in a process, as there is
// one tracer in programs with OpenTelemetry.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "ledger/block.hpp"

namespace dusk::node {

// A piece of it, once it is done.
struct BlockWork {
    enum class Kind : std::uint8_t {
        build,   // a candidate of this node
        judge,   // a candidate is executed, before this node votes on it
        accept,  // all that the node did to accept a block, execution among it where it was no candidate here
    };
    Kind kind{};
    const ledger::Block& block;
    std::chrono::nanoseconds took{};
    bool is_good = true;
};
using BlockWorkWatcher = std::function<void(const BlockWork&)>;

// Set before nodes run, and empty once they have stopped. It is called on any thread.
void watch_block_work(BlockWorkWatcher watcher);
void tell_block_work(const BlockWork& work);

}  // namespace dusk::node
