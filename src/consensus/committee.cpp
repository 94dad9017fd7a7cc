#include "consensus/committee.hpp"

#include <algorithm>

#include "consensus/sortition_score.hpp"

namespace dusk::consensus {
Committee::Committee(std::vector<Member> members) : members_(std::move(members)) {
    for (const Member& member : members_) credits_ += member.credits;
}

std::optional<std::size_t> Committee::find(const ledger::KeyBytes& key) const {
    const auto found = std::ranges::lower_bound(members_, key, {}, &Member::bytes);
    if (found == members_.end() || found->bytes != key) return {};
    return found - members_.begin();
}

std::uint32_t Committee::credits_of(std::uint64_t voters) const {
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(64, members_.size()); ++i) {
        if ((voters >> i & 1U) != 0) out += members_[i].credits;
    }
    return out;
}

// One committee being drawn. The walk of §6 ends at the first entry up to which the weights add up to the score or
// more, so that a search in the sums finds it. The sums stay those of the whole set: what the draw changes is kept
// apart, at most one entry for each credit and exclusion.
class Sortition::Draw {
  public:
    explicit Draw(const Sortition& sortition) : all_(sortition), total_(sortition.sums_.back()) {}

    // Whose weight is left out altogether.
    void exclude(std::size_t index) {
        Changed& entry = changed(index);
        if (entry.excluded) return;
        entry.excluded = true;
        total_ -= entry.weight;
        take(entry, entry.weight);
    }

    [[nodiscard]] Sum total() const { return total_; }

    // Who gets a credit for this score, which is below the total.
    [[nodiscard]] std::size_t find(Sum score) const {
        if (score == 0) return first();
        const auto after = std::ranges::lower_bound(changed_, score, {}, &Changed::sum);
        const bool is_last = after == changed_.end();
        const auto begin = after == changed_.begin() ? 0 : std::prev(after)->index + 1;
        const auto end = is_last ? all_.sums_.size() : after->index;
        const std::span<const Sum> between = std::span(all_.sums_).subspan(begin, end - begin);
        return begin + static_cast<std::size_t>(std::ranges::lower_bound(between, score + taken_before(after)) -
                                                between.begin());
    }

    // A credit costs its owner one DUSK, or what is left. False where nothing is left then for another one.
    [[nodiscard]] bool give_credit(std::size_t index) {
        Changed& entry = changed(index);
        ++entry.credits;
        const std::uint64_t cost = std::min(entry.weight, ledger::kLuxPerDusk);
        take(entry, cost);
        if (total_ <= cost) return false;
        total_ -= cost;
        return true;
    }

    [[nodiscard]] Committee committee() const {
        std::vector<Committee::Member> members;
        members.reserve(changed_.size());
        for (const Changed& entry : changed_) {
            if (entry.credits == 0) continue;
            const auto& [bytes, provisioner] = *all_.eligible_[entry.index];
            members.push_back({bytes, provisioner.key, entry.credits});
        }
        return Committee(std::move(members));
    }

  private:
    struct Changed {
        std::size_t index;
        Sum sum;  // of the weights up to and with this one, as they are now
        std::uint64_t weight;
        std::uint32_t credits = 0;
        bool excluded = false;
    };
    using At = std::vector<Changed>::const_iterator;

    // The first that is not left out, even where it has no weight any more.
    [[nodiscard]] std::size_t first() const {
        std::size_t index = 0;
        for (const Changed& entry : changed_) {
            if (entry.index != index || !entry.excluded) break;
            ++index;
        }
        return index;
    }

    // What was taken from the entries before this one.
    [[nodiscard]] Sum taken_before(At entry) const {
        if (entry == changed_.begin()) return 0;
        const Changed& before = *std::prev(entry);
        return all_.sums_[before.index] - before.sum;
    }

    Changed& changed(std::size_t index) {
        const auto at = std::ranges::lower_bound(changed_, index, {}, &Changed::index);
        if (at != changed_.end() && at->index == index) return *at;
        return *changed_.insert(
            at, {index, all_.sums_[index] - taken_before(at), all_.eligible_[index]->second.value.value});
    }

    void take(Changed& entry, std::uint64_t weight) {
        entry.weight -= weight;
        for (Changed* later = &entry; later != changed_.data() + changed_.size(); ++later) later->sum -= weight;
    }

    const Sortition& all_;
    Sum total_;
    std::vector<Changed> changed_;  // in the order of the index
};

Sortition::Sortition(const Provisioners& provisioners, ledger::Height round) : stakes_(provisioners.snapshot()) {
    eligible_.reserve(stakes_->size());
    sums_.reserve(stakes_->size());
    Sum sum = 0;
    for (const Entry& entry : *stakes_) {
        if (!Provisioners::is_eligible(entry.second, round)) continue;
        eligible_.push_back(&entry);
        sums_.push_back(sum += entry.second.value.value);
    }
}

std::optional<std::size_t> Sortition::find(const ledger::KeyBytes& key) const {
    const auto found = std::ranges::lower_bound(eligible_, key, {}, &Entry::first);
    if (found == eligible_.end() || (*found)->first != key) return {};
    return found - eligible_.begin();
}

Committee Sortition::draw(const ledger::Seed& seed, std::uint8_t step, std::uint32_t credits,
                          std::span<const ledger::KeyBytes> excluded) const {
    if (eligible_.empty()) return {};
    Draw draw(*this);
    if (eligible_.size() > 1) {
        for (const ledger::KeyBytes& key : excluded) {
            if (const auto index = find(key)) draw.exclude(*index);
        }
    }
    if (draw.total() == 0) return {};
    for (std::uint32_t counter = 0; counter < credits; ++counter) {
        const auto hash = sortition_hash(seed, step, counter);
        if (!draw.give_credit(draw.find(sortition_score(hash, draw.total())))) break;
    }
    return draw.committee();
}

RoundCommittees::RoundCommittees(const Provisioners& provisioners, const ledger::Seed& seed, ledger::Height round)
    : sortition_(provisioners, round), seed_(seed), round_(round) {}

const Committee::Member* RoundCommittees::generator(std::uint8_t iteration) {
    auto& generator = iterations_[iteration].generator;
    if (!generator) {
        generator = sortition_.draw(seed_, step_number(iteration, ledger::Step::proposal), kProposalCredits, {});
    }
    return generator->is_empty() ? nullptr : generator->members().data();
}

const Committee& RoundCommittees::voters(std::uint8_t iteration, ledger::VotingStep step) {
    const bool is_validation = step == ledger::VotingStep::validation;
    auto& voters = iterations_[iteration].voters[is_validation ? 0 : 1];
    if (!voters) {
        std::vector<ledger::KeyBytes> excluded;
        if (const auto* member = generator(iteration)) excluded.push_back(member->bytes);
        if (iteration < kMostIterations - 1) {
            if (const auto* next = generator(iteration + 1)) excluded.push_back(next->bytes);
        }
        const auto number =
            step_number(iteration, is_validation ? ledger::Step::validation : ledger::Step::ratification);
        voters = sortition_.draw(seed_, number, kCommitteeCredits, excluded);
    }
    return *voters;
}

}  // namespace dusk::consensus
