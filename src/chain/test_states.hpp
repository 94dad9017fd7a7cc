// A model of contract states, for tests: a root is a hash of the one before and of the block; stakes change as a script
// says.
#pragma once

#include <map>
#include <set>

#include "chain/states.hpp"
#include "crypto/keccak.hpp"

namespace dusk::chain {

// What happens to the stakes, whatever block has that height.
using StakeScript = std::map<ledger::Height, std::vector<consensus::StakeChange>>;

class TestStates final : public States {
  public:
    struct State {
        consensus::Provisioners stakes{};
        std::vector<FormerStake> former{};
    };
    std::map<ledger::StateRoot, State> stored;  // what a crash leaves
    StakeScript script;
    bool fail_commit = false;
    bool forget_events = false;  // blocks say nothing of stakes that can be read
    int executed = 0;
    std::vector<ledger::StateRoot> dropped;

    TestStates(const ledger::StateRoot& genesis, const consensus::Provisioners& stakes) {
        stored[genesis].stakes = stakes;
    }

    static ledger::StateRoot root_of(const ledger::Block& block, const ledger::StateRoot& base) {
        Writer out;
        base.write(out);
        const ledger::BlockHeader& header = block.header;
        header.prev_block_hash.write(out);
        header.transactions_root.write(out);
        header.generator.write(out);
        out.le(header.height.value).le(header.timestamp).u8(header.iteration);
        return {crypto::sha3_256(out.view())};
    }

    Result<Transition, TransitionFailure> verify(const ledger::Block& block, const ledger::StateRoot& base,
                                                 std::span<const ledger::Voter> voters) override {
        const auto before = stored.find(base);
        if (before == stored.end()) return fail(TransitionFailure{false, "there is no such state"});
        if (block.header.height.value > 1 && voters.empty()) return fail(TransitionFailure{true, "no voters"});
        const ledger::StateRoot root = root_of(block, base);
        if (root != block.header.state_root) return fail(TransitionFailure{true, "another state"});
        ++executed;
        State after{before->second.stakes, {}};
        const auto change = script.find(block.header.height);
        const auto changes = change == script.end() ? std::vector<consensus::StakeChange>{} : change->second;
        for (const auto& one : changes) {
            const auto key = std::visit([](const auto& c) { return c.key; }, one);
            const auto* was = before->second.stakes.find({key.to_bytes()});
            after.former.push_back({key, was == nullptr ? std::nullopt : std::optional(*was)});
        }
        static_cast<void>(after.stakes.apply(changes, block.header.height));
        verified_[block.header.hash] = {root, after};
        Transition out{.root = root, .spent = {}, .stakes = changes};
        if (forget_events) out.stakes.reset();
        for (const auto& transaction : block.transactions) {
            out.spent.push_back({transaction, block.header.height, {1}, {}});
        }
        return out;
    }
    Result<void, TransitionFailure> commit(const ledger::Block& block) override {
        if (fail_commit) return fail(TransitionFailure{false, "the disk is full"});
        const auto& [root, state] = verified_.at(block.header.hash);
        stored[root] = state;
        return {};
    }
    bool has(const ledger::StateRoot& root) override { return stored.contains(root); }
    void finalize(const ledger::StateRoot& root, std::span<const ledger::StateRoot> roots) override {
        for (const auto& old : roots) {
            if (old == root) continue;
            dropped.push_back(old);
            stored.erase(old);
        }
    }
    void keep_only(std::span<const ledger::StateRoot> roots) override {
        const std::set<ledger::StateRoot> kept(roots.begin(), roots.end());
        std::erase_if(stored, [&](const auto& one) { return !kept.contains(one.first); });
    }
    Result<consensus::Provisioners, TransitionFailure> provisioners(const ledger::StateRoot& root) override {
        const auto found = stored.find(root);
        if (found == stored.end()) return fail(TransitionFailure{false, "there is no such state"});
        return found->second.stakes;
    }
    Result<std::vector<FormerStake>, TransitionFailure> former_stakes(const ledger::StateRoot& root) override {
        const auto found = stored.find(root);
        if (found == stored.end()) return fail(TransitionFailure{false, "there is no such state"});
        return found->second.former;
    }

  private:
    std::map<ledger::BlockHash, std::pair<ledger::StateRoot, State>> verified_;
};

}  // namespace dusk::chain
