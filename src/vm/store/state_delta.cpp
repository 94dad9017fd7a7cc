#include "vm/store/state_delta.hpp"

#include <map>

namespace dusk::vm {
namespace {

constexpr std::uint8_t kIs64 = 1;
constexpr std::uint8_t kDeployed = 2;
constexpr std::size_t kPageSizeInLog = 4 + 32 + 4;
constexpr std::size_t kSmallestContract = 32 + 1 + 8 + 4 + 4;
constexpr std::size_t kMostItems = std::size_t{1} << 31;  // the rest of the bytes is the real limit

// Whether the contract can have become `now` by being called.
bool follows(const ContractRecord& now, const ContractRecord& before) {
    if (now.is_64 != before.is_64 || now.position != before.position) return false;
    if (now.deployment != before.deployment && (now.deployment->bytecode != before.deployment->bytecode ||
                                                now.deployment->owner != before.deployment->owner)) {
        return false;
    }
    bool all = true;
    before.pages.for_each_changed(
        now.pages, [&](std::uint32_t index, const TreeNodePtr&) { all = all && now.pages.find(index) != nullptr; });
    return all;
}

StateDelta::Contract contract_delta(const ContractRecord& now, const ContractRecord* before) {
    StateDelta::Contract out{.id = now.id,
                             .is_64 = now.is_64,
                             .memory_length = now.memory_length,
                             .position = now.position,
                             .deployed = {},
                             .pages = {}};
    if (before == nullptr) {
        out.deployed = StateDelta::NewContract{.bytecode = now.deployment->bytecode, .owner = now.deployment->owner};
    }
    const PageTree none(now.pages.height());
    now.pages.for_each_changed(before == nullptr ? none : before->pages,
                               [&](std::uint32_t index, const TreeNodePtr& node) {
                                   const auto& page = static_cast<const StoredPage&>(*node);
                                   out.pages.push_back({.index = index, .hash = page.hash, .slot = page.slot()});
                               });
    return out;
}

// Leaves of `to` that do not follow from its changed contracts in their order.
std::vector<LeafOverride> overrides_of(const State& from, const State& to,
                                       const std::map<std::uint32_t, Hash>& leaves) {
    std::vector<LeafOverride> out;
    to.tree().for_each_changed(from.tree(), [&](std::uint32_t position, const TreeNodePtr& leaf) {
        if (!leaves.contains(position)) out.push_back({.position = position, .hash = leaf->hash});
    });
    for (const auto& [position, hash] : leaves) {
        const Hash is = to.tree().find(position)->hash;
        if (is != hash) out.push_back({.position = position, .hash = is});
    }
    return out;
}

}  // namespace

std::optional<StateDelta> StateDelta::between(const State& from, const State& to) {
    StateDelta delta;
    std::map<std::uint32_t, Hash> leaves;  // what the contracts below put in, the last of one position
    std::size_t deployed = 0;
    bool all_follow = true;
    to.contracts().for_each_changed(from.contracts(), [&](const ContractPtr& now, const ContractPtr* before) {
        const ContractRecord* const was = before == nullptr ? nullptr : before->get();
        if (was == nullptr) ++deployed;
        all_follow = all_follow && (was == nullptr || follows(*now, *was));
        if (!all_follow) return;
        delta.contracts.push_back(contract_delta(*now, was));
        leaves[now->position] = now->pages.root();
    });
    if (!all_follow || to.size() != from.size() + deployed) return std::nullopt;
    delta.overrides = overrides_of(from, to, leaves);
    return delta;
}

void StateDelta::encode(Writer& out) const {
    out.count_le<std::uint32_t>(contracts.size());
    for (const Contract& contract : contracts) {
        out.bytes(contract.id);
        out.u8(static_cast<std::uint8_t>((contract.is_64 ? kIs64 : 0) | (contract.deployed ? kDeployed : 0)));
        out.le(contract.memory_length).le(contract.position);
        if (contract.deployed) {
            out.bytes(contract.deployed->bytecode).prefixed_le<std::uint32_t>(contract.deployed->owner);
        }
        out.count_le<std::uint32_t>(contract.pages.size());
        for (const Page& page : contract.pages) out.le(page.index).bytes(page.hash).le(page.slot);
    }
    out.count_le<std::uint32_t>(overrides.size());
    for (const LeafOverride& leaf : overrides) out.le(leaf.position).bytes(leaf.hash);
}

StateDelta StateDelta::decode(Reader& in) {
    StateDelta delta;
    const std::size_t contracts = in.count_le<std::uint32_t>(kMostItems, kSmallestContract);
    for (std::size_t i = 0; i < contracts && in.ok(); ++i) {
        Contract& contract = delta.contracts.emplace_back();
        contract.id = in.array<32>();
        const std::uint8_t flags = in.tag(4);
        contract.is_64 = (flags & kIs64) != 0;
        contract.memory_length = in.le<std::uint64_t>();
        contract.position = in.le<std::uint32_t>();
        if ((flags & kDeployed) != 0) {
            const Hash bytecode = in.array<32>();
            contract.deployed =
                NewContract{.bytecode = bytecode, .owner = to_vector(in.prefixed_le<std::uint32_t>(kMostItems))};
        }
        const std::size_t pages = in.count_le<std::uint32_t>(kMostItems, kPageSizeInLog);
        contract.pages.reserve(pages);
        for (std::size_t j = 0; j < pages && in.ok(); ++j) {
            const auto index = in.le<std::uint32_t>();
            const Hash hash = in.array<32>();
            contract.pages.push_back({.index = index, .hash = hash, .slot = in.le<std::uint32_t>()});
        }
    }
    const std::size_t overrides = in.count_le<std::uint32_t>(kMostItems, 4 + 32);
    for (std::size_t i = 0; i < overrides && in.ok(); ++i) {
        const auto position = in.le<std::uint32_t>();
        delta.overrides.push_back({.position = position, .hash = in.array<32>()});
    }
    return delta;
}

StatePtr apply_delta(const State& from, const StateDelta& delta, PageFiles& files) {
    std::vector<ContractUpdate> updates;
    updates.reserve(delta.contracts.size());
    for (const StateDelta::Contract& contract : delta.contracts) {
        if (contract.position == 0) return nullptr;
        ContractUpdate& update = updates.emplace_back();
        update.id = contract.id;
        update.is_64 = contract.is_64;
        update.memory_length = contract.memory_length;
        update.position = contract.position;
        if (contract.deployed) {
            update.deployment = std::make_shared<const Deployment>(
                Deployment{.bytecode = contract.deployed->bytecode, .owner = contract.deployed->owner});
        }
        update.pages.reserve(contract.pages.size());
        for (const StateDelta::Page& page : contract.pages) {
            auto stored = files.adopt(page.hash, page.slot);
            if (!stored) return nullptr;
            update.pages.push_back({.index = page.index, .node = std::move(stored)});
        }
    }
    return from.with(updates, delta.overrides);
}

}  // namespace dusk::vm
