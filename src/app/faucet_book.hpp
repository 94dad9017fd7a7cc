// What a faucet paid lately, and whether it may pay again: so much to an address and so much in all within a while.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "ledger/quantities.hpp"

namespace dusk::app {

struct FaucetLimits {
    ledger::Lux to_one{10'000 * ledger::kLuxPerDusk};
    ledger::Lux to_all{100'000 * ledger::kLuxPerDusk};
    std::chrono::seconds window{600};
};

struct FaucetPayment {
    std::uint64_t time = 0;  // unix seconds
    std::string to{};        // base58
    ledger::Lux value{};
    friend bool operator==(const FaucetPayment&, const FaucetPayment&) = default;
};

enum class FaucetLimit : std::uint8_t { one, all };
// Why a payment has to wait.
struct FaucetWait {
    FaucetLimit limit{};
    std::optional<std::chrono::seconds> time{};  // nothing: for ever, it is more than the limit
};

class FaucetBook {
  public:
    explicit FaucetBook(const FaucetLimits& limits = {}) : limits_(limits) {}
    // The error is a sentence.
    [[nodiscard]] static Result<FaucetBook, std::string> read(ByteView json, const FaucetLimits& limits = {});
    [[nodiscard]] std::string to_json() const;

    // Nothing: it may be paid now. A payment of the future, since the clock was set back, counts as one of now.
    [[nodiscard]] std::optional<FaucetWait> wait(const std::string& to, ledger::Lux value, std::uint64_t now) const;
    // Adds it, and forgets those that count no more.
    void add(FaucetPayment payment);
    // Takes back what was added last: it was not paid.
    void take_back();

    [[nodiscard]] const std::vector<FaucetPayment>& payments() const { return payments_; }
    [[nodiscard]] const FaucetLimits& limits() const { return limits_; }

  private:
    FaucetLimits limits_;
    std::vector<FaucetPayment> payments_;  // oldest first
};

}  // namespace dusk::app
