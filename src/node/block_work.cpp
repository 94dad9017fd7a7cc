#include "node/block_work.hpp"

#include <utility>

namespace dusk::node {
namespace {

BlockWorkWatcher& watcher_of_process() {
    static BlockWorkWatcher watcher;
    return watcher;
}

}  // namespace

void watch_block_work(BlockWorkWatcher watcher) { watcher_of_process() = std::move(watcher); }

void tell_block_work(const BlockWork& work) {
    if (watcher_of_process()) watcher_of_process()(work);
}

}  // namespace dusk::node
