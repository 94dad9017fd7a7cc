// How a chain begins, and how it goes on after the process ended at whatever instant (spec/consensus.md §17, Start).
#include <fmt/core.h>

#include "base/hex.hpp"
#include "chain/chain.hpp"

namespace dusk::chain {
namespace {

using ledger::Block;
using ledger::BlockHeader;
using ledger::Height;

using Kind = StartFailure::Kind;

std::unexpected<StartFailure> failure(Kind kind, std::string text) { return fail(StartFailure{kind, std::move(text)}); }
std::unexpected<StartFailure> store_failure(const StoreFailure& error) {
    return failure(error.kind == StoreFailure::Kind::damaged ? Kind::damaged : Kind::io, error.text);
}
std::unexpected<StartFailure> damage(Height height, std::string_view what) {
    return failure(Kind::damaged, fmt::format("block {}: {}. Restore the data of the node from a snapshot, or remove "
                                              "it to fetch the chain anew",
                                              height.value, what));
}

// What the start reads and repairs, step by step.
class Start {
  public:
    Start(const ServicePorts& ports, std::chrono::seconds minimum_block_time)
        : store_(*ports.blocks),
          states_(*ports.states),
          signatures_(*ports.signatures),
          minimum_block_time_(minimum_block_time) {}

    [[nodiscard]] Result<void, StartFailure> begin_if_empty(const Block& genesis) {
        const auto tip = store_.tip();
        if (!tip) return store_failure(tip.error());
        if (*tip) return check_genesis(genesis);
        if (!states_.has(genesis.header.state_root)) return damage({0}, "its state is not there");
        if (auto begun = store_.begin(genesis); !begun) return store_failure(begun.error());
        return {};
    }

    // From the last final block to the tip, each upon the one before.
    [[nodiscard]] Result<RecentBlocks, StartFailure> read_recent() {
        const auto final = store_.last_final();
        if (!final) return store_failure(final.error());
        const auto tip = read_tip();
        if (!tip) return fail(tip.error());
        if (!*final || **final > tip->height) return damage(tip->height, "no block up to it is final");
        std::vector<RecentBlock> blocks;
        for (Height height = **final; height <= tip->height; ++height.value) {
            const auto header = header_at(height);
            if (!header) return fail(header.error());
            if (!blocks.empty() && header->first.prev_block_hash != blocks.back().hash) {
                return damage(height, "it does not follow the block below it");
            }
            blocks.push_back({header->first.hash, header->first.state_root, header->first.iteration, header->second});
        }
        if (blocks.back().hash != tip->hash) return damage(tip->height, "it is not the one at its height");
        return RecentBlocks(**final, std::move(blocks));
    }

    // Makes sure that the tip's state is there: blocks above the last state are executed again, or else reverted where
    // they are not final.
    [[nodiscard]] Result<void, StartFailure> find_states() {
        const auto tip = read_tip();
        if (!tip) return fail(tip.error());
        if (states_.has(tip->state_root)) return {};
        const auto found = highest_state(tip->height);
        if (!found) return fail(found.error());
        const auto reached = execute_from(*found, tip->height);
        if (!reached) return fail(reached.error());
        if (*reached == tip->height) return {};
        const auto final = store_.last_final();
        if (!final) return store_failure(final.error());
        if (*reached < final->value_or(Height{0})) {
            return damage({reached->value + 1}, "it is final, its state is missing, and executing it fails");
        }
        if (auto reverted = store_.revert_to(*reached); !reverted) return store_failure(reverted.error());
        return {};
    }

    [[nodiscard]] Result<Head, StartFailure> head() {
        const auto tip = read_tip();
        if (!tip) return fail(tip.error());
        return head_of_block(*tip);
    }

  private:
    using Labelled = std::pair<BlockHeader, ledger::Label>;

    Result<void, StartFailure> check_genesis(const Block& genesis) {
        const auto first = store_.at({0});
        if (!first) return store_failure(first.error());
        if (!*first || (*first)->hash != genesis.header.hash) {
            return failure(Kind::other_genesis,
                           fmt::format("the stored chain begins with another block than {}: it belongs to another "
                                       "network, or the genesis file has changed",
                                       to_hex(genesis.header.hash.bytes)));
        }
        return {};
    }

    Result<BlockHeader, StartFailure> read_tip() {
        const auto tip = store_.tip();
        if (!tip) return store_failure(tip.error());
        if (!*tip) return failure(Kind::damaged, "the store has no block");
        return **tip;
    }

    Result<Labelled, StartFailure> header_at(Height height) {
        const auto at = store_.at(height);
        if (!at) return store_failure(at.error());
        if (!*at) return damage(height, "it is missing");
        const auto header = store_.header((*at)->hash);
        if (!header) return store_failure(header.error());
        if (!*header) return damage(height, "its header is missing");
        if ((*header)->height != height || (*header)->content_hash() != (*at)->hash) {
            return damage(height, "its header is not what was stored");
        }
        return Labelled{**header, (*at)->label};
    }

    Result<Height, StartFailure> highest_state(Height from) {
        for (std::uint64_t height = from.value;; --height) {
            const auto header = header_at({height});
            if (!header) return fail(header.error());
            if (states_.has(header->first.state_root)) return Height{height};
            if (height == 0) return damage(from, "no state up to it is there");
        }
    }

    Result<Head, StartFailure> head_of_block(const BlockHeader& tip) {
        ledger::Seed parent_seed{};
        if (tip.height > Height{0}) {
            const auto parent = header_at({tip.height.value - 1});
            if (!parent) return fail(parent.error());
            parent_seed = parent->first.seed;
        }
        auto head = head_of(tip, parent_seed, states_, signatures_);
        if (!head) return damage(tip.height, head.error().text);
        return *std::move(head);
    }

    // How far it got.
    Result<Height, StartFailure> execute_from(Height height, Height to) {
        const auto base = header_at(height);
        if (!base) return fail(base.error());
        auto head = head_of_block(base->first);
        if (!head) return fail(std::move(head).error());
        while (height < to) {
            auto next = execute(*head, {height.value + 1});
            if (!next) return fail(std::move(next).error());
            if (!*next) return height;
            if (is_final(head->tip.height, {height.value + 1})) {
                states_.finalize((*next)->tip.state_root, std::span(&head->tip.state_root, 1));
            }
            *head = **std::move(next);
            ++height.value;
        }
        return height;
    }

    // Nothing where the block is not good.
    Result<std::optional<Head>, StartFailure> execute(const Head& head, Height height) {
        const auto at = store_.at(height);
        if (!at) return store_failure(at.error());
        const auto block = *at ? store_.block((*at)->hash) : StoreResult<std::optional<Block>>{};
        if (!block) return store_failure(block.error());
        if (!*block) return damage(height, "it is missing");
        const LedgerView before(store_, head.tip.height, {});
        const auto checked = check_block(std::make_shared<const Block>(**block), head, before, WallTime::max(),
                                         {states_, signatures_, minimum_block_time_});
        if (!checked) return refused(height, checked.error());
        if (const auto stored = states_.commit(**block); !stored) return failure(Kind::io, stored.error().text);
        auto next =
            next_head(head, (*block)->header, checked->transition, checked->findings.attestation_voters, states_);
        if (!next) return failure(Kind::io, next.error().text);
        return std::optional(*std::move(next));
    }

    static Result<std::optional<Head>, StartFailure> refused(Height height, const BlockRefusal& refusal) {
        if (const auto* error = std::get_if<StoreFailure>(&refusal)) return store_failure(*error);
        if (const auto* error = std::get_if<TransitionFailure>(&refusal); error != nullptr && !error->of_the_block) {
            return failure(Kind::io, fmt::format("block {} cannot be executed: {}", height.value, error->text));
        }
        return std::optional<Head>{};
    }

    // Whether both are, so that the state of the lower one is not needed.
    bool is_final(Height lower, Height higher) {
        const auto final = store_.last_final();
        return final && *final && lower < **final && higher <= **final;
    }

    BlockStore& store_;
    States& states_;
    consensus::Signatures& signatures_;
    std::chrono::seconds minimum_block_time_;
};

}  // namespace

Result<std::unique_ptr<Chain>, StartFailure> Chain::open(const ServicePorts& ports,
                                                         std::chrono::seconds minimum_block_time, const Block& genesis,
                                                         const History& history) {
    Start start(ports, minimum_block_time);
    if (auto begun = start.begin_if_empty(genesis); !begun) return fail(std::move(begun).error());
    if (auto before = start.read_recent(); !before) return fail(std::move(before).error());
    if (auto there = start.find_states(); !there) return fail(std::move(there).error());
    auto recent = start.read_recent();
    if (!recent) return fail(std::move(recent).error());
    std::vector<ledger::StateRoot> roots;
    for (const RecentBlock& block : recent->all()) roots.push_back(block.root);
    ports.states->keep_only(roots);
    auto head = start.head();
    if (!head) return fail(std::move(head).error());
    return std::unique_ptr<Chain>(new Chain(ports, minimum_block_time, history, *std::move(head), *std::move(recent)));
}

}  // namespace dusk::chain
