// What `dusk db chain` does with the chain of a node that is not running. `folder` is that of the node.
#pragma once

#include "app/outcome.hpp"
#include "base/executor.hpp"

namespace dusk::app {

struct DbChain {
    std::filesystem::path folder{};
};
// Tip, last final block, what is kept, sizes, states.
[[nodiscard]] CommandResult chain_info(const DbChain& command, Executor& executor);

struct DbChainCheck {
    std::filesystem::path folder{};
    bool full = false;  // read the stakes too, and verify the attestation of the tip
};
// Every block, index and root, and whether the states that they need are there. What is not sound is a failure with the
// status `bad_input`.
[[nodiscard]] CommandResult check_chain_of(const DbChainCheck& command, Executor& executor);

struct DbChainExport {
    std::filesystem::path folder{};
    std::filesystem::path out{};
    std::optional<std::uint64_t> from{};  // nothing: the first block that is whole; genesis if that is block 1
    std::optional<std::uint64_t> to{};    // nothing: the tip
    Overwrite overwrite = Overwrite::refuse;
};
// Blocks as a file for `dusk chain exec`.
[[nodiscard]] CommandResult export_chain(const DbChainExport& command, Executor& executor);

}  // namespace dusk::app
