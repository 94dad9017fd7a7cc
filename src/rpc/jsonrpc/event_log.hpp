// What happened lately, numbered, for whoever listens or comes back. Of each channel only that is written down which
// somebody listens to, or listened to a short while ago: what nobody hears need not be made.
#pragma once

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "ledger/block_names.hpp"
#include "ledger/identifiers.hpp"

namespace dusk::rpc::jsonrpc {

enum class Channel : std::uint8_t { blocks, transactions, contracts, consensus };
inline constexpr std::array<std::string_view, 4> kChannels = {"blocks", "transactions", "contracts", "consensus"};
[[nodiscard]] constexpr std::string_view name_of(Channel channel) {
    return kChannels.at(static_cast<std::size_t>(channel));
}

// By what an event is chosen.
struct EventKeys {
    std::string_view state{};  // of blocks and transactions; lives as long as the program
    std::optional<ledger::TransactionId> transaction{};
    std::vector<ledger::KeyBytes> accounts{};  // that a transaction names in the open
    std::optional<ledger::ContractId> contract{};
    std::string topic{};
};
// All that is given must fit.
struct EventFilter {
    std::set<std::string, std::less<>> states{};     // none: all
    std::set<ledger::TransactionId> transactions{};  // none: all
    std::optional<ledger::KeyBytes> account{};
    std::optional<ledger::ContractId> contract{};
    std::optional<std::string> topic{};

    [[nodiscard]] bool fits(const EventKeys& keys) const;
};

struct LoggedEvent {
    std::uint64_t sequence = 0;
    Channel channel{};
    EventKeys keys{};
    std::string json{};

    // Bytes in memory.
    [[nodiscard]] std::size_t size() const;
};

struct EventLogLimits {
    std::size_t events = 65'536;
    std::size_t bytes = std::size_t{32} << 20;
    std::chrono::seconds linger{300};  // that a channel is written down when nobody listens any more
};

// On one thread. At most the limits and one event are kept; the oldest go.
class EventLog {
  public:
    // `first`: the number of the first event. `clock` outlives this.
    EventLog(const EventLogLimits& limits, std::uint64_t first, const Clock& clock)
        : limits_(limits), clock_(clock), oldest_(first) {}

    // Whether events of this channel are to be made.
    [[nodiscard]] bool records(Channel channel);
    void add_listener(Channel channel);
    void remove_listener(Channel channel);

    const LoggedEvent& add(Channel channel, EventKeys keys, std::string json);

    [[nodiscard]] std::uint64_t next() const { return oldest_ + events_.size(); }
    // The first that is kept, of all; `next` where there is none.
    [[nodiscard]] std::uint64_t oldest() const { return oldest_; }
    // The number from which on nothing of the channel is missing.
    [[nodiscard]] std::uint64_t oldest(Channel channel);
    // From `oldest` to below `next`.
    [[nodiscard]] const LoggedEvent& at(std::uint64_t sequence) const { return events_.at(sequence - oldest_); }
    [[nodiscard]] const EventLogLimits& limits() const { return limits_; }

  private:
    struct Recording {
        bool is_on = false;
        std::size_t listeners = 0;
        std::uint64_t since = 0;
        MonotonicTime until{};  // without listeners
    };
    [[nodiscard]] Recording& recording(Channel channel) { return recordings_.at(static_cast<std::size_t>(channel)); }

    EventLogLimits limits_;
    const Clock& clock_;
    std::deque<LoggedEvent> events_;
    std::uint64_t oldest_;
    std::size_t bytes_ = 0;
    std::array<Recording, kChannels.size()> recordings_{};
};

}  // namespace dusk::rpc::jsonrpc
