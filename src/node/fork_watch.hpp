// Whether what others say of the block after our tip builds on our tip. Kadcast has no greeting that would tell nodes
// of another first block apart: their messages only never fit.
#pragma once

#include <optional>

#include "base/clock.hpp"
#include "ledger/message.hpp"

namespace dusk::node {

class ForkWatch {
  public:
    struct Finding {
        ledger::BlockHash other{};   // that they build on
        std::uint64_t messages = 0;  // that did not fit
    };
    // Something, when for a minute nothing has fitted and much has not; then again every five minutes.
    [[nodiscard]] std::optional<Finding> on_message(const ledger::Message& message, const ledger::BlockHeader& tip,
                                                    MonotonicTime now);

    static constexpr std::uint64_t kMany = 20;
    static constexpr std::chrono::seconds kLong{60};
    static constexpr std::chrono::seconds kAgain{300};

  private:
    std::uint64_t misfits_ = 0;
    MonotonicTime since_{};  // the first of them
    std::optional<MonotonicTime> said_{};
};

}  // namespace dusk::node
