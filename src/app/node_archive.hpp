// The archive of a node that runs: the thread that writes its chronicle, and where that lies.
#pragma once

#include "app/node_folder.hpp"
#include "base/log.hpp"
#include "chronicle/follower_thread.hpp"
#include "chronicle/open_database.hpp"

namespace dusk::app {

// The database of this configuration: a file in the folder of the node, unless another one is named.
[[nodiscard]] std::string archive_database(const node::NodeConfig& config);

// Begins to follow the chain. `folder` outlives it. What keeps the database from being used at all, now or ever, is an
// error: one of another chain, version or kind. One that cannot be reached is waited for.
[[nodiscard]] Result<std::unique_ptr<chronicle::FollowerThread>, Failure> start_archive(const node::NodeConfig& config,
                                                                                        const NodeFolder& folder,
                                                                                        const Log& log);

}  // namespace dusk::app
