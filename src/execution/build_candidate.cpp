#include "execution/build_candidate.hpp"

#include <map>

namespace dusk::execution {
namespace {

using ledger::LedgerTransaction;

// Behind transactions stands their number.
constexpr std::size_t kCountBytes = 4;

class Builder {
  public:
    Builder(const vm::Machine& machine, const BlockFrame& frame, const CandidateLimits& limits)
        : machine_(&machine),
          frame_(&frame),
          limits_(limits),
          space_left_(limits.bytes < kCountBytes ? 0 : limits.bytes - kCountBytes) {}

    BlockResult<void> begin() {
        auto execution = begin_block(*machine_, *frame_);
        if (!execution) return fail(std::move(execution).error());
        execution_.emplace(*std::move(execution));
        return {};
    }

    [[nodiscard]] bool is_full() const { return chosen_.size() >= limits_.transactions; }

    // Tries the transaction, and then those that waited for it.
    BlockResult<void> try_with_followers(const LedgerTransaction* transaction) {
        while (transaction != nullptr && !is_full()) {
            const auto taken = try_one(*transaction);
            if (!taken) return fail(taken.error());
            transaction = *taken ? take_follower(*transaction) : nullptr;
        }
        return {};
    }

    BlockResult<Candidate> finish(bool ran_out_of_time) && {
        auto block = end_block(*std::move(execution_), *frame_);
        if (!block) return fail(std::move(block).error());
        return Candidate{*std::move(block), std::move(chosen_), std::move(dropped_), ran_out_of_time};
    }

  private:
    using Nonce = std::pair<ByteArray<ledger::AccountKey::kSize>, std::uint64_t>;

    [[nodiscard]] ledger::Gas gas_left() const { return {limits_.gas.value - execution_->receipts().gas_spent.value}; }

    [[nodiscard]] bool has_room_for(const LedgerTransaction& transaction) const {
        if (transaction.format != ledger::TransactionFormat::boreas) return false;
        if (transaction.transaction.block_space(transaction.format) > space_left_) return false;
        return !is_short_of_gas_ || transaction.transaction.gas_limit() <= gas_left();
    }

    // Whether it is in the block now.
    BlockResult<bool> try_one(const LedgerTransaction& transaction) {
        if (!has_room_for(transaction)) return false;
        const ledger::Gas room = gas_left();
        auto outcome = execution_->execute(transaction.transaction);
        if (!outcome) return fail(std::move(outcome).error());
        if (const auto* spent = std::get_if<Spent>(&*outcome)) return keep_if(spent->gas_spent <= room, transaction);
        if (auto* discarded = std::get_if<Discarded>(&*outcome)) {
            if (discarded->reason == Refusal::nonce_not_ready) {
                park(transaction);
            } else {
                dropped_.push_back({&transaction, discarded->reason, std::move(discarded->text)});
            }
            return false;
        }
        if (auto* refund = std::get_if<RefundFailed>(&*outcome)) {
            dropped_.push_back({&transaction, Refusal::refund_failed, std::move(refund->text)});
            return rebuilt();
        }
        return fail(BlockFailure{.fault = BlockFault::machine, .text = std::get<MachineFailed>(*outcome).text});
    }

    BlockResult<bool> keep_if(bool fits, const LedgerTransaction& transaction) {
        if (!fits) {
            is_short_of_gas_ = true;
            return rebuilt();
        }
        chosen_.push_back(&transaction);
        space_left_ -= transaction.transaction.block_space(transaction.format);
        return true;
    }

    // Back to the last good state: a session cannot undo, so it is made again.
    BlockResult<bool> rebuilt() {
        execution_.reset();
        if (auto begun = begin(); !begun) return fail(begun.error());
        for (const LedgerTransaction* transaction : chosen_) {
            const auto outcome = execution_->execute(transaction->transaction);
            if (!outcome) return fail(outcome.error());
            if (!std::holds_alternative<Spent>(*outcome)) {
                return fail(BlockFailure{.fault = BlockFault::machine, .text = "a replay went another way"});
            }
        }
        return false;
    }

    static std::optional<Nonce> nonce_of(const LedgerTransaction& transaction, std::uint64_t plus) {
        const auto* moonlight = transaction.transaction.moonlight();
        if (moonlight == nullptr) return {};
        return Nonce{moonlight->payload.sender.to_bytes(), moonlight->payload.nonce.value + plus};
    }

    // Of two with one nonce the first waits.
    void park(const LedgerTransaction& transaction) {
        if (const auto nonce = nonce_of(transaction, 0)) waiting_.emplace(*nonce, &transaction);
    }

    const LedgerTransaction* take_follower(const LedgerTransaction& transaction) {
        const auto nonce = nonce_of(transaction, 1);
        const auto found = nonce ? waiting_.find(*nonce) : waiting_.end();
        if (found == waiting_.end()) return nullptr;
        const LedgerTransaction* follower = found->second;
        waiting_.erase(found);
        return follower;
    }

    const vm::Machine* machine_;
    const BlockFrame* frame_;
    CandidateLimits limits_;
    std::size_t space_left_;
    bool is_short_of_gas_ = false;
    std::optional<BlockExecution> execution_;
    std::vector<const LedgerTransaction*> chosen_;
    std::vector<Candidate::Dropped> dropped_;
    std::map<Nonce, const LedgerTransaction*> waiting_;
};

}  // namespace

BlockResult<Candidate> build_candidate(const vm::Machine& machine, const BlockFrame& frame, const NextTransaction& next,
                                       const CandidateLimits& limits, const Clock& clock) {
    const MonotonicTime deadline = clock.monotonic_time() + limits.time;
    Builder builder(machine, frame, limits);
    if (auto begun = builder.begin(); !begun) return fail(begun.error());
    bool in_time = true;
    while (!builder.is_full()) {
        in_time = clock.monotonic_time() <= deadline;
        const LedgerTransaction* transaction = in_time ? next() : nullptr;
        if (transaction == nullptr) break;
        if (auto tried = builder.try_with_followers(transaction); !tried) return fail(tried.error());
    }
    return std::move(builder).finish(!in_time);
}

}  // namespace dusk::execution
