#include "chronicle/follow.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace dusk::chronicle {
namespace {

using ledger::BlockHash;
using ledger::Height;

class Follower {
  public:
    Follower(chain::BlockStore& chain, Chronicle& chronicle, const StepLimits& limits, const FindStakes& stakes)
        : chain_(chain), chronicle_(chronicle), limits_(limits), stakes_(stakes) {}

    Outcome<Step> step() {
        const auto tip = chain_.tip();
        if (!tip) return chain_failure(tip.error());
        if (!*tip) return out_;
        out_.tip = (*tip)->height;
        if (auto begun = chronicle_.database().begin_writing(); !begun) return fail(begun.error());
        Transaction transaction(chronicle_.database());
        const auto next = find_next();
        if (!next) return fail(next.error());
        if (auto done = add_from(*next); !done) return fail(done.error());
        if (auto done = mark_final(); !done) return fail(done.error());
        if (auto done = transaction.commit(); !done) return fail(done.error());
        return out_;
    }

  private:
    Outcome<std::optional<BlockHash>> hash_in_chain(Height height) {
        const auto at = chain_.at(height);
        if (!at) return chain_failure(at.error());
        return *at ? std::optional((*at)->hash) : std::nullopt;
    }

    // The lowest block above `height` that the chain has: it has all from there up to the tip.
    Outcome<Height> first_above(Height height) {
        std::uint64_t low = height.value + 1;
        std::uint64_t high = out_.tip.value;
        while (low < high) {
            const std::uint64_t middle = low + (high - low) / 2;
            const auto there = hash_in_chain({middle});
            if (!there) return fail(there.error());
            if (*there) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return Height{high};
    }

    // Where to go on, after what is not part of the chain was taken away.
    Outcome<Height> find_next() {
        const auto top = chronicle_.top();
        if (!top) return fail(top.error());
        if (!*top) return Height{0};
        out_.height = (*top)->height;
        const auto final = chronicle_.last_final();
        if (!final) return fail(final.error());
        // What is final is common, or the chain has not come so far yet, or has forgotten it.
        const Height floor = final->value_or(Height{0});
        Height common = std::min((*top)->height, out_.tip);
        for (; common > floor; --common.value) {
            const auto ours = chronicle_.hash_at(common);
            if (!ours) return fail(ours.error());
            const auto theirs = hash_in_chain(common);
            if (!theirs) return fail(theirs.error());
            if (*ours && *ours == *theirs) break;
        }
        if (common <= floor) {
            if (auto checked = check_final(common); !checked) return fail(checked.error());
            if (out_.tip < floor) return Height{out_.tip.value + 1};  // it waits
        }
        if (common < (*top)->height) {
            out_.reverted = (*top)->height.value - common.value;
            if (auto reverted = chronicle_.revert_to(common); !reverted) return fail(reverted.error());
            out_.height = common;
        }
        const Height next{common.value + 1};
        if (next > out_.tip) return next;
        const auto first = first_above(common);
        if (!first) return fail(first.error());
        out_.missing = first->value - next.value;
        return *first;
    }

    // A block that both have is the same where it is final here.
    Outcome<void> check_final(Height height) {
        const auto ours = chronicle_.hash_at(height);
        if (!ours) return fail(ours.error());
        const auto theirs = hash_in_chain(height);
        if (!theirs) return fail(theirs.error());
        if (!*ours || !*theirs || *ours == *theirs) return {};
        return fail(Failure{FailureKind::other_chain,
                            fmt::format("block {} is final in the database, and the chain has another one: the "
                                        "database belongs to another chain",
                                        height.value)});
    }

    // Nothing where the chain knows the block by its header only.
    Outcome<std::optional<std::vector<ledger::SpentTransaction>>> spent_in(const BlockHash& hash) {
        const auto block = chain_.block(hash);
        if (!block) return chain_failure(block.error());
        if (!*block) return std::nullopt;
        std::vector<ledger::SpentTransaction> out;
        for (const auto& one : (*block)->transactions) {
            auto spent = chain_.transaction(one.id());
            if (!spent) return chain_failure(spent.error());
            if (!*spent) return fail(Failure{FailureKind::chain, "a transaction of a block is missing in the chain"});
            out.push_back(**std::move(spent));
        }
        return std::optional(std::move(out));
    }

    Outcome<void> add_from(Height height) {
        std::uint64_t events = 0;
        for (; height <= out_.tip && out_.added < limits_.blocks && events < limits_.events; ++height.value) {
            const auto at = chain_.at(height);
            if (!at) return chain_failure(at.error());
            const auto header =
                *at ? chain_.header((*at)->hash) : chain::StoreResult<std::optional<ledger::BlockHeader>>{};
            if (!header) return chain_failure(header.error());
            if (!*header) {
                return fail(Failure{FailureKind::chain, fmt::format("block {} is missing in the chain", height.value)});
            }
            auto spent = spent_in((*at)->hash);
            if (!spent) return fail(spent.error());
            Entries::Content content{
                .events = [&](const chain::VisitEvent& visit) { return chain_.events(height, visit); },
                .spent = *std::move(spent)};
            if (stakes_) content.stakes = [&] { return stakes_({height.value - 1}); };
            const auto added = entries_.add(**header, content);
            if (!added) return fail(added.error());
            // The first block executes nothing.
            if (!added->known && height > Height{0}) ++out_.unknown;
            ++out_.added;
            events += added->events;
            out_.height = height;
        }
        return entries_.write();
    }

    Outcome<void> mark_final() {
        const auto final = chain_.last_final();
        if (!final) return chain_failure(final.error());
        if (!*final) return {};
        return chronicle_.set_final(std::min(**final, out_.height));
    }

    chain::BlockStore& chain_;
    Chronicle& chronicle_;
    Entries entries_{chronicle_.database()};
    StepLimits limits_;
    const FindStakes& stakes_;
    Step out_{};
};

}  // namespace

Outcome<Step> follow(chain::BlockStore& chain, Chronicle& chronicle, const StepLimits& limits,
                     const FindStakes& stakes) {
    return Follower(chain, chronicle, limits, stakes).step();
}

}  // namespace dusk::chronicle
