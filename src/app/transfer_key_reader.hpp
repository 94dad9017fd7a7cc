// The prover key of a payment by notes, read by a thread of its own while other things go on: the node is asked, the
// password is checked, a person agrees.
#pragma once

#include <future>

#include "app/transfer_key_cache.hpp"

namespace dusk::app {

// The keys of devnet in the user's cache folder. `warnings` is told when parameters are read or made that are damaged
// or cannot be kept; it and the executor outlive the cache.
[[nodiscard]] TransferKeyCache devnet_transfer_keys(Executor& executor, std::vector<std::string>& warnings);

// For one thread.
class TransferKeyReader {
  public:
    explicit TransferKeyReader(Executor& executor) : executor_(&executor) {}  // outlives this

    // Begins, unless a key for as many inputs (1 to 4) was expected last. One that is not on the disk is not made.
    void expect(std::size_t inputs);
    // Waits for the key that was expected last. Null where it is for other inputs, not on the disk, or no good.
    [[nodiscard]] std::shared_ptr<const TransferKey> key(std::size_t inputs) const;

  private:
    using Key = std::shared_ptr<const TransferKey>;
    Executor* executor_;
    std::size_t inputs_ = 0;
    std::shared_future<Key> reading_;  // its end waits for the thread
};

}  // namespace dusk::app
