#include "chain/serving.hpp"

#include <algorithm>

#include "base/cases.hpp"
#include "chain/block_pool.hpp"
#include "ledger/limits.hpp"

namespace dusk::chain {
namespace {

using ledger::Block;
using ledger::Inventory;
using ledger::InventoryItem;
using ledger::MessagePayload;

// What cannot be read is not here.
template <class T>
std::optional<T> found(StoreResult<std::optional<T>> read) {
    return read ? *std::move(read) : std::nullopt;
}
template <class T>
std::optional<MessagePayload> block_message(std::optional<T> block) {
    if (!block) return {};
    return ledger::BlockMessage{*std::move(block)};
}

constexpr std::uint64_t kEntryBytes = 33;  // of an inventory

// To see whether one is here is to read it, and an offer has up to 10 000 entries. Nodes offer blocks and transactions.
constexpr std::size_t kMostOfferedCandidates = 2;

bool is_candidate(const InventoryItem& item) {
    return std::holds_alternative<ledger::CandidateByHash>(item) ||
           std::holds_alternative<ledger::CandidateOfIteration>(item);
}

std::uint64_t bytes_of(const MessagePayload& payload) {
    constexpr std::uint64_t kSmall = 1024;
    return std::visit(Cases{[](const ledger::BlockMessage& one) -> std::uint64_t { return size_of(one.block); },
                            [](const ledger::CandidateMessage& one) -> std::uint64_t { return size_of(one.block); },
                            [](const ledger::TransactionMessage& one) -> std::uint64_t {
                                return one.transaction.transaction.block_space(one.transaction.format);
                            },
                            [](const auto&) -> std::uint64_t { return kSmall; }},
                      payload);
}

}  // namespace

bool ServingBudget::take(const ledger::SocketAddress& requester, std::uint64_t bytes, MonotonicTime now) {
    auto found = requesters_.find(requester);
    if (found == requesters_.end()) {
        if (requesters_.size() >= kMostRequesters) {
            requesters_.erase(
                std::ranges::min_element(requesters_, {}, [](const auto& one) { return one.second.asked; }));
        }
        found = requesters_.emplace(requester, Requester{Allowance(kPerSecond, kBurst, now), now}).first;
    }
    found->second.asked = now;
    return found->second.allowance.take(bytes, now) && total_.take(bytes, now);
}

const ServedCandidates::Entry* ServedCandidates::find(const ledger::ConsensusHeader& header) const {
    const auto found = std::ranges::find(entries_, header, &Entry::header);
    return found == entries_.end() ? nullptr : &*found;
}

void ServedCandidates::put(Entry entry) {
    bytes_ += entry.bytes;
    entries_.push_back(std::move(entry));
    while (bytes_ > kMostBytes) {
        bytes_ -= entries_.front().bytes;
        entries_.pop_front();
    }
}

std::size_t Serving::limit(const Inventory& inventory) const {
    return inventory.max_entries == 0 ? most_ : std::min<std::size_t>(most_, inventory.max_entries);
}

std::optional<Inventory> Serving::list_for(const ledger::SocketAddress& requester, Inventory list, MonotonicTime now) {
    if (list.items.empty() || !budget_.take(requester, kEntryBytes * list.items.size(), now)) return {};
    return list;
}

std::optional<Inventory> Serving::blocks_after(const ledger::BlockHash& locator, const ledger::SocketAddress& requester,
                                               MonotonicTime now) {
    const auto header = found(store_.header(locator));
    if (!header) return {};
    Inventory out{.items = {}, .max_entries = static_cast<std::uint16_t>(most_)};
    for (std::uint64_t height = header->height.value + 1; out.items.size() < most_; ++height) {
        const auto at = found(store_.at({height}));
        if (!at) break;
        // Behind a snapshot blocks are known by their headers only; where one is whole, those above it are.
        if (out.items.empty() && !found(store_.block(at->hash))) break;
        out.items.emplace_back(ledger::BlockByHash{at->hash});
    }
    return list_for(requester, std::move(out), now);
}

std::optional<Inventory> Serving::pooled(const ledger::SocketAddress& requester, MonotonicTime now) {
    Inventory out;
    for (const auto& id : pool_.ids(ledger::kMostInventoryItems)) out.items.emplace_back(ledger::PooledTransaction{id});
    return list_for(requester, std::move(out), now);
}

bool Serving::has(const InventoryItem& item) {
    const auto there = [](const auto& read) { return read && read->has_value(); };
    return std::visit(
        Cases{[&](const ledger::PooledTransaction& one) {
                  return pool_.has(one.id) || store_.has_transaction(one.id).value_or(true);
              },
              [&](const ledger::BlockByHash& one) { return store_.has_block(one.hash).value_or(true); },
              [&](const ledger::BlockByHeight& one) {
                  // Below the tip also what was forgotten.
                  const auto tip = found(store_.tip());
                  return tip && one.height <= tip->height;
              },
              [&](const ledger::CandidateByHash& one) {
                  return there(store_.candidate(one.hash)) || store_.has_block(one.hash).value_or(true);
              },
              [&](const ledger::CandidateOfIteration& one) { return there(store_.candidate(one.header)); },
              [&](const ledger::ValidationResultOf& one) { return there(store_.validation_result(one.header)); }},
        item);
}

std::optional<Inventory> Serving::missing(const Inventory& offered) {
    Inventory out;
    const std::size_t most = limit(offered);
    std::size_t candidates = 0;
    for (const InventoryItem& item : offered.items) {
        if (out.items.size() >= most || (is_candidate(item) && ++candidates > kMostOfferedCandidates)) break;
        if (!has(item)) out.items.push_back(item);
    }
    if (out.items.empty()) return {};
    out.max_entries = static_cast<std::uint16_t>(out.items.size());
    return out;
}

std::optional<MessagePayload> Serving::find(const InventoryItem& item) {
    using Payload = std::optional<MessagePayload>;
    return std::visit(
        Cases{[&](const ledger::PooledTransaction& one) -> Payload {
                  auto transaction = pool_.transaction(one.id);
                  if (!transaction) return {};
                  return ledger::TransactionMessage{*std::move(transaction)};
              },
              [&](const ledger::BlockByHash& one) { return block_message(found(store_.block(one.hash))); },
              [&](const ledger::BlockByHeight& one) -> Payload {
                  const auto at = found(store_.at(one.height));
                  if (!at) return {};
                  return block_message(found(store_.block(at->hash)));
              },
              [&](const ledger::CandidateByHash& one) {
                  auto block = found(store_.block(one.hash));
                  return block_message(block ? std::move(block) : found(store_.candidate(one.hash)));
              },
              [&](const ledger::CandidateOfIteration& one) -> Payload {
                  auto block = found(store_.candidate(one.header));
                  if (!block) return {};
                  return ledger::CandidateMessage{*std::move(block)};
              },
              [&](const ledger::ValidationResultOf& one) -> Payload {
                  auto result = found(store_.validation_result(one.header));
                  if (!result) return {};
                  return ledger::ValidationQuorumMessage{one.header, *std::move(result)};
              }},
        item);
}

std::optional<Serving::Answer> Serving::answer(const InventoryItem& item) {
    const auto* of_iteration = std::get_if<ledger::CandidateOfIteration>(&item);
    if (of_iteration != nullptr) {
        if (const auto* known = candidates_.find(of_iteration->header)) return Answer{known->candidate, known->bytes};
    }
    auto payload = find(item);
    if (!payload) return {};
    const std::uint64_t bytes = bytes_of(*payload);
    auto message = std::make_shared<const ledger::Message>(ledger::Message{.payload = *std::move(payload)});
    if (of_iteration != nullptr) candidates_.put({of_iteration->header, message, bytes});
    return Answer{std::move(message), bytes};
}

std::vector<MessagePtr> Serving::answers(const Inventory& wanted, const ledger::SocketAddress& requester,
                                         MonotonicTime now) {
    std::vector<MessagePtr> out;
    const std::size_t most = limit(wanted);
    // Looking costs too: what is not here counts as well.
    std::size_t looked = 0;
    for (const InventoryItem& item : wanted.items) {
        if (out.size() >= most || ++looked > 4 * most_) break;
        auto found = answer(item);
        if (!found) continue;
        if (!budget_.take(requester, found->bytes, now)) break;
        out.push_back(std::move(found->message));
    }
    return out;
}

}  // namespace dusk::chain
