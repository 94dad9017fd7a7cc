// Which accounts a transaction paid from and to, told by what the contracts reported in it (spec/interfaces.md §9.3).
#pragma once

#include <optional>
#include <set>

#include "chain/kept_events.hpp"
#include "crypto/bls_signature.hpp"

namespace dusk::chronicle {

enum class Way : std::uint8_t { out = 0, in = 1 };

struct Flow {
    ByteArray<crypto::BlsPublicKey::kSize> account{};
    Way way{};
    friend auto operator<=>(const Flow&, const Flow&) = default;
};

// Of one transaction. Reverted events count as events, but nothing was paid by them.
class Flows {
  public:
    void see(const chain::KeptEvent& event);

    // Events so far.
    [[nodiscard]] std::uint64_t events() const { return events_; }
    // Of a transaction whose only event is that of a payment without receiver: the sender pays itself.
    [[nodiscard]] std::set<Flow> flows() const;
    // Of a public transaction; empty where there is none.
    [[nodiscard]] const Bytes& memo() const { return memo_; }
    // Transactions of each family: 1 at most, unless a contract of another kind stands in place of the transfer
    // contract.
    [[nodiscard]] std::uint64_t public_ones() const { return public_; }
    [[nodiscard]] std::uint64_t shielded_ones() const { return shielded_; }

  private:
    void see_payment(ByteView data);

    std::uint64_t events_ = 0;
    std::uint64_t public_ = 0;
    std::uint64_t shielded_ = 0;
    std::set<Flow> flows_{};
    std::optional<Flow> to_itself_{};
    Bytes memo_{};
};

}  // namespace dusk::chronicle
