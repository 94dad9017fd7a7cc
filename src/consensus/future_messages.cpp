#include "consensus/future_messages.hpp"

#include <algorithm>
#include <limits>

namespace dusk::consensus {
namespace {

constexpr std::size_t kOverhead = 512;  // of an entry beside the encoding

// What the signer of a candidate or vote says, and the step it says it in.
struct Said {
    ledger::Step step;
    Bytes statement;
};

std::optional<Said> said(const ledger::MessagePayload& payload) {
    if (const auto* candidate = std::get_if<ledger::CandidateMessage>(&payload)) {
        return Said{ledger::Step::proposal, to_vector(candidate->block.header.hash.bytes)};
    }
    if (const auto* vote = std::get_if<ledger::ValidationMessage>(&payload)) {
        return Said{ledger::Step::validation, vote->signed_bytes()};
    }
    if (const auto* vote = std::get_if<ledger::RatificationMessage>(&payload)) {
        return Said{ledger::Step::ratification, vote->signed_bytes()};
    }
    return {};
}

}  // namespace

FutureMessages::Outcome FutureMessages::push(const MessagePtr& message, const ledger::KeyBytes& signer) {
    auto what = said(message->payload);
    if (!what) return Outcome::full;
    const ledger::ConsensusHeader header = message->routing_header();
    const Slot slot{header.round, header.iteration, what->step};
    if (const auto found = slots_.find(slot); found != slots_.end()) {
        std::size_t of_signer = 0;
        for (const Entry& entry : found->second) {
            if (entry.signer != signer) continue;
            if (entry.statement == what->statement) return Outcome::known;
            ++of_signer;
        }
        if (of_signer >= limits_.of_signer) return Outcome::full;
        if (found->second.size() >= limits_.of_step) drop(found, 0);
    }
    const std::size_t bytes = kOverhead + ledger::encode(*message).size();
    if (!make_room(slot, bytes)) return Outcome::full;
    slots_[slot].push_back({message, signer, header.prev_block_hash, std::move(what->statement), bytes});
    bytes_of(slot) += bytes;
    ++size_;
    return Outcome::queued;
}

// Messages of later steps make room, the newest of the last first.
bool FutureMessages::make_room(const Slot& slot, std::size_t bytes) {
    const std::size_t limit = is_candidate(slot) ? limits_.candidate_bytes : limits_.vote_bytes;
    if (bytes > limit) return false;
    while (bytes_of(slot) > limit - bytes) {
        auto last = slots_.end();
        while (last != slots_.begin()) {
            --last;
            if (is_candidate(last->first) == is_candidate(slot)) break;
        }
        if (last->first <= slot) return false;
        drop(last, last->second.size() - 1);
    }
    return true;
}

void FutureMessages::drop(Slots::iterator slot, std::size_t index) {
    auto& entries = slot->second;
    bytes_of(slot->first) -= entries[index].bytes;
    --size_;
    entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(index));
    if (entries.empty()) slots_.erase(slot);
}

std::vector<MessagePtr> FutureMessages::take_between(const Slot& first, const Slot& last,
                                                     const ledger::BlockHash& tip) {
    std::vector<MessagePtr> out;
    for (auto slot = slots_.lower_bound(first); slot != slots_.end() && slot->first <= last;) {
        auto& entries = slot->second;
        for (Entry& entry : entries) {
            if (entry.tip != tip) continue;
            bytes_of(slot->first) -= entry.bytes;
            --size_;
            out.push_back(std::move(entry.message));
        }
        std::erase_if(entries, [&](const Entry& entry) { return entry.tip == tip; });
        slot = entries.empty() ? slots_.erase(slot) : std::next(slot);
    }
    return out;
}

std::vector<MessagePtr> FutureMessages::take(std::uint64_t round, const ledger::BlockHash& tip, std::uint8_t iteration,
                                             ledger::Step step) {
    return take_between({round, 0, ledger::Step::proposal}, {round, iteration, step}, tip);
}

std::vector<MessagePtr> FutureMessages::take_round(std::uint64_t round, const ledger::BlockHash& tip) {
    return take(round, tip, std::numeric_limits<std::uint8_t>::max(), ledger::Step::ratification);
}

void FutureMessages::keep_rounds(std::uint64_t first, std::uint64_t last) {
    for (auto slot = slots_.begin(); slot != slots_.end();) {
        if (slot->first.round >= first && slot->first.round <= last) {
            ++slot;
            continue;
        }
        for (const Entry& entry : slot->second) bytes_of(slot->first) -= entry.bytes;
        size_ -= slot->second.size();
        slot = slots_.erase(slot);
    }
}

}  // namespace dusk::consensus
