// The definition of a state root, computed anew from plain maps (spec/vm.md §7.1, §7.2), and contents of pages: what
// the store is compared with in tests.
#pragma once

#include <map>
#include <optional>

#include "crypto/blake3.hpp"
#include "vm/store/store.hpp"

namespace dusk::vm {

struct ModelContract {
    bool is_64 = false;
    std::uint64_t memory_length = 0;
    Bytes owner{};
    Bytes bytecode{};
    std::map<std::uint32_t, std::uint32_t> pages{};  // index -> seed of the content
    bool operator==(const ModelContract&) const = default;
};

// 64 KiB that follow from the seed; seed 0 is zeros.
inline const Bytes& model_page(std::uint32_t seed) {
    static std::map<std::uint32_t, Bytes> known;
    const auto [at, added] = known.try_emplace(seed);
    Bytes& page = at->second;
    if (!added) return page;
    page.resize(kPageSize);
    for (std::size_t i = 0; seed != 0 && i < kPageSize; i += 61) {
        page[i] = static_cast<std::uint8_t>((seed * 2654435761U + i) >> 13);
    }
    if (seed != 0) store_le(page.data(), seed);
    return page;
}

inline const Hash& model_page_hash(std::uint32_t seed) {
    static std::map<std::uint32_t, Hash> known;
    const auto [at, added] = known.try_emplace(seed);
    if (added) at->second = crypto::blake3(model_page(seed));
    return at->second;
}

// Root of a sparse tree of this arity and height.
inline Hash model_root(const std::map<std::uint64_t, Hash>& leaves, unsigned arity, unsigned height) {
    std::map<std::uint64_t, Hash> level = leaves;
    for (unsigned i = 0; i < height; ++i) {
        std::map<std::uint64_t, Bytes> joined;
        for (const auto& [index, hash] : level) {
            Bytes& node = joined.try_emplace(index / arity, Bytes(32 * arity, 0)).first->second;
            std::ranges::copy(hash, node.begin() + static_cast<std::ptrdiff_t>(32 * (index % arity)));
        }
        level.clear();
        for (const auto& [index, bytes] : joined) level[index] = crypto::blake3(bytes);
    }
    return level.empty() ? Hash{} : level.begin()->second;
}

struct Model {
    std::map<ContractId, ModelContract> contracts{};
    std::map<std::uint32_t, std::uint32_t> positions{};  // key -> position
    std::map<std::uint64_t, Hash> leaves{};

    Hash root_hash{};

    [[nodiscard]] const Hash& root() const { return root_hash; }

    // A session that loaded or deployed these; ascending by id.
    void commit(const std::map<ContractId, ModelContract>& touched) {
        for (const auto& [id, contract] : touched) {
            contracts[id] = contract;
            const auto next = static_cast<std::uint32_t>(positions.size() + 1);
            const std::uint32_t position = positions.try_emplace(position_key(id), next).first->second;
            std::map<std::uint64_t, Hash> pages;
            for (const auto& [index, seed] : contract.pages) pages[index] = model_page_hash(seed);
            leaves[position] = model_root(pages, 4, contract.is_64 ? 13 : 8);
        }
        root_hash = model_root(leaves, 2, 32);
    }
};

struct ModelChanges {
    std::vector<ContractChange> changes{};

    // What a session did to a contract, which outlives this, and the pages that it made dirty.
    void add(const ContractId& id, const ModelContract& now, bool is_new, const std::vector<std::uint32_t>& dirty) {
        ContractChange& change =
            changes.emplace_back(ContractChange{.id = id, .is_64 = now.is_64, .memory_length = now.memory_length});
        if (is_new) change.deployed = NewContract{.bytecode = now.bytecode, .owner = now.owner};
        for (const std::uint32_t index : dirty) {
            change.pages.push_back({.index = index, .content = model_page(now.pages.at(index)).data()});
        }
    }
};

// Whether a state is the model's: contracts, contents of pages, bytecodes, root.
inline bool same_state(const Store& store, const State& state, const Model& model) {
    if (state.root() != model.root()) return false;
    if (state.size() != model.contracts.size()) return false;
    bool same = true;
    Bytes content(kPageSize);
    for (const auto& [id, expected] : model.contracts) {
        const ContractRecord* contract = state.find(id);
        if (contract == nullptr || contract->is_64 != expected.is_64 ||
            contract->memory_length != expected.memory_length || contract->deployment->owner != expected.owner) {
            return false;
        }
        const auto code = store.bytecode(contract->deployment->bytecode);
        if (!code || *code != expected.bytecode) return false;
        std::size_t count = 0;
        contract->for_each_page([&](std::uint32_t index, const StoredPage& page) {
            ++count;
            const auto seed = expected.pages.find(index);
            same = same && seed != expected.pages.end() && page.read(content).has_value() &&
                   content == model_page(seed->second);
        });
        if (count != expected.pages.size()) return false;
    }
    return same;
}

}  // namespace dusk::vm
