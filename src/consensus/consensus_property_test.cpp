// Rounds in networks that lose, delay and reorder messages, with nodes that crash and provisioners that lie.
#include <gmock/gmock.h>

#include "consensus/test_network.hpp"

namespace dusk::consensus {
namespace {

using namespace std::chrono_literals;
using ledger::Vote;
using ledger::VotingStep;

// Provisioners that tell one half of the network this and the other half that.
class Liars {
  public:
    Liars(TestNetwork& network, std::set<std::size_t> who) : network_(network), who_(std::move(who)) {}

    [[nodiscard]] bool contains(std::size_t node) const { return who_.contains(node); }

    MessagePtr rewrite(std::size_t from, std::size_t to, const MessagePtr& message) {
        if (!who_.contains(from) || to % 2 == 0) return message;
        const auto known = other_.find(message);
        if (known != other_.end()) return known->second;
        return other_.emplace(message, other(from, message)).first->second;
    }

    // Credits of liars among those who vote in an iteration, in the worse of its steps.
    [[nodiscard]] std::uint32_t credits(std::uint8_t iteration) const {
        std::uint32_t out = 0;
        for (const VotingStep step : {VotingStep::validation, VotingStep::ratification}) {
            std::uint32_t here = 0;
            for (const auto& member : network_.committees->voters(iteration, step).members()) {
                if (who_.contains(network_.number_of(member.bytes))) here += member.credits;
            }
            out = std::max(out, here);
        }
        return out;
    }

  private:
    [[nodiscard]] static ledger::SignInfo sign(const crypto::BlsPublicKey& key, ByteView message) {
        return {key, KeyedHashSignatures::share(key, message)};
    }
    MessagePtr other(std::size_t from, const MessagePtr& message) {
        const crypto::BlsPublicKey& key = network_.nodes.at(from)->signer->key();
        ledger::Message out = *message;
        if (auto* vote = std::get_if<ledger::ValidationMessage>(&out.payload)) {
            if (vote->sign_info.signer != key) return message;
            const auto block = vote->vote.block();
            vote->vote = block && vote->vote.kind() == Vote::Kind::valid ? Vote::invalid(*block) : Vote::no_candidate();
            for (const auto& [hash, candidate] : network_.nodes.at(from)->candidates) {
                if (candidate->header.iteration == vote->header.iteration && hash != block) {
                    vote->vote = Vote::valid(hash);
                }
            }
            vote->sign_info = sign(key, vote->signed_bytes());
        } else if (auto* ratification = std::get_if<ledger::RatificationMessage>(&out.payload)) {
            if (ratification->sign_info.signer != key) {
                // The part that is not signed.
                ratification->validation_result.votes.voters ^= 5U;
                ratification->timestamp ^= 1U;
            } else {
                ratification->vote = Vote::no_quorum();
                ratification->validation_result = {};
                ratification->sign_info = sign(key, ratification->signed_bytes());
            }
        } else if (auto* candidate = std::get_if<ledger::CandidateMessage>(&out.payload)) {
            ledger::BlockHeader& header = candidate->block.header;
            if (header.generator.bytes != key.to_bytes()) return message;
            header.gas_limit.value ^= 0xffffU;
            header.hash = header.content_hash();
            header.signature = sign(key, header.hash.bytes).signature;
        } else {
            return message;
        }
        return std::make_shared<const ledger::Message>(std::move(out));
    }

    TestNetwork& network_;
    std::set<std::size_t> who_;
    std::map<MessagePtr, MessagePtr> other_;
};

struct Outcome {
    std::size_t agreements = 0;  // iterations that agreed on a block
    bool is_forked = false;      // nodes took blocks of different iterations
    bool is_done = false;        // every node has a block
    std::uint8_t first = 0;      // the first iteration that agreed
};

class RandomRound {
  public:
    explicit RandomRound(std::uint64_t seed)
        : random_(seed),
          network_({.nodes = 4 + seed % 7, .followers = 1, .seed = seed}),
          liars_(network_, choose_liars()) {
        loss_ = below(3) == 0 ? below(100) : below(45);
        longest_delay_ = std::array{50, 400, 3000, 12000}.at(below(4));
        network_.link = [this](std::size_t from, std::size_t to, const ledger::Message&) {
            return is_cut(from, to) ? std::nullopt : travel();
        };
        network_.rewrite = [this](std::size_t from, std::size_t to, const MessagePtr& message) {
            return liars_.rewrite(from, to, message);
        };
        network_.judge = [this](TestNetwork::Node& node, const ledger::Block& block) { return judge(node, block); };
        for (const auto& node : network_.nodes) node->helps = true;
    }

    Outcome run() {
        for (std::size_t i = 0; i < network_.nodes.size(); ++i) {
            network_.start(i);
            network_.run_for(std::chrono::milliseconds(below(below(2) == 0 ? 100 : 5000)));
        }
        const std::uint64_t troubles = below(40);
        for (std::uint64_t i = 0; i < troubles; ++i) {
            network_.run_for(std::chrono::milliseconds(below(60'000)));
            trouble();
        }
        for (std::size_t i = 0; i < network_.nodes.size(); ++i) revive(i);
        loss_ = 0;
        longest_delay_ = 100;
        sides_ = 0;
        Outcome out{.is_done = network_.run_until_accepted(4h)};
        check_agreements(out);
        check_signatures();
        return out;
    }

    [[nodiscard]] std::size_t liars() const { return count_; }

  private:
    std::uint64_t below(std::uint64_t count) { return random_.next_u64() % count; }

    std::set<std::size_t> choose_liars() {
        std::set<std::size_t> out;
        const std::size_t provisioners = network_.nodes.size() - 1;
        const std::size_t most = provisioners < 6 ? 0 : (provisioners - 2) / 4;
        for (std::uint64_t i = below(most + 1); i > 0; --i) out.insert(below(provisioners));
        count_ = out.size();
        return out;
    }

    // The network may be in two parts.
    [[nodiscard]] bool is_cut(std::size_t a, std::size_t b) const { return ((sides_ >> a ^ sides_ >> b) & 1U) != 0; }
    std::optional<std::chrono::milliseconds> travel() {
        if (below(100) < loss_) return {};
        const auto longest = below(10) == 0 ? longest_delay_ : std::max(longest_delay_ / 8, 2);
        return std::chrono::milliseconds(1 + below(static_cast<std::uint64_t>(longest)));
    }

    // A block is what it is: everybody finds the same, or nothing.
    Verdict judge(const TestNetwork::Node& node, const ledger::Block& block) {
        if (block.header.hash.bytes[0] % 16 == 0) return Verdict::invalid;
        if ((block.header.hash.bytes[1] + node.number) % 24 == 0) return Verdict::unknown;
        return Verdict::valid;
    }

    void trouble() {
        const std::size_t who = below(network_.nodes.size());
        switch (below(10)) {
            case 0:
                if (!network_.nodes[who]->accepted) network_.crash(who);
                break;
            case 1:
            case 2:
                revive(who);
                break;
            case 3:
            case 4:
                loss_ = below(100);
                break;
            case 5:
            case 6:
                sides_ = below(1U << network_.nodes.size());
                break;
            case 7:
                sides_ = 0;
                break;
            default:
                loss_ = below(20);
        }
    }
    void revive(std::size_t who) {
        TestNetwork::Node& node = *network_.nodes[who];
        if (!node.is_up) network_.start(who, node.last_iteration);
    }

    void check_agreements(Outcome& out) {
        std::map<std::uint8_t, std::set<ledger::BlockHash>> blocks;
        for (const auto& node : network_.nodes) {
            for (const auto& agreement : node->agreements) {
                blocks[agreement.iteration].insert(agreement.block);
                const ledger::ConsensusHeader header{network_.tip.hash, network_.tip.height.value + 1,
                                                     agreement.iteration};
                EXPECT_TRUE(verify_attestation(agreement.attestation, header, *network_.committees,
                                               ledger::RatificationResult::of(Vote::valid(agreement.block)),
                                               network_.signatures));
            }
        }
        out.agreements = blocks.size();
        if (!blocks.empty()) out.first = blocks.begin()->first;
        for (const auto& [iteration, hashes] : blocks) {
            if (liars_.credits(iteration) >= 22) continue;  // 43 + 43 - 64
            EXPECT_EQ(hashes.size(), 1U) << "two blocks of iteration " << int{iteration};
        }
        std::set<ledger::BlockHash> taken;
        for (const auto& node : network_.nodes) {
            if (node->accepted) taken.insert(*node->accepted);
        }
        out.is_forked = taken.size() > 1;
    }

    // Whoever does not lie says one thing in one step, crashes or not.
    void check_signatures() {
        for (const auto& node : network_.nodes) {
            if (!node->signer || liars_.contains(node->number)) continue;
            std::map<SigningSlot, std::set<Bytes>> said;
            for (const MessagePtr& message : node->sent) {
                if (const auto* vote = std::get_if<ledger::ValidationMessage>(&message->payload)) {
                    if (vote->sign_info.signer != node->signer->key()) continue;
                    said[{vote->header, ledger::Step::validation}].insert(vote->signed_bytes());
                    if (vote->header.iteration >= 16) EXPECT_EQ(vote->vote.kind(), Vote::Kind::valid);
                } else if (const auto* outcome = std::get_if<ledger::RatificationMessage>(&message->payload)) {
                    if (outcome->sign_info.signer != node->signer->key()) continue;
                    said[{outcome->header, ledger::Step::ratification}].insert(outcome->signed_bytes());
                    if (outcome->header.iteration >= 16) EXPECT_EQ(outcome->vote.kind(), Vote::Kind::valid);
                }
            }
            for (const auto& [slot, what] : said) EXPECT_EQ(what.size(), 1U);
            for (const auto& other : network_.nodes) {
                for (const ledger::Fault& fault : other->faults) EXPECT_NE(fault.culprit(), node->signer->key());
            }
        }
    }

    crypto::ChaChaRng random_;
    TestNetwork network_;
    std::size_t count_ = 0;
    Liars liars_;
    std::uint64_t loss_ = 0;
    int longest_delay_ = 0;
    std::uint64_t sides_ = 0;
};

TEST(ConsensusProperty, OneBlockForAnIterationAndABlockInTheEnd) {
    const char* wanted = std::getenv("DUSK_SEEDS");  // how many
    const std::uint64_t seeds = wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : 150;
    std::size_t forks = 0;
    std::size_t several = 0;
    std::map<int, std::size_t> first;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        RandomRound round(seed);
        const Outcome outcome = round.run();
        EXPECT_TRUE(outcome.is_done);
        forks += outcome.is_forked ? 1 : 0;
        several += outcome.agreements > 1 ? 1 : 0;
        ++first[outcome.first < 3 ? outcome.first : outcome.first < 16 ? 3 : outcome.first < 49 ? 16 : 49];
        if (HasFailure()) break;
    }
    if (wanted == nullptr) return;
    std::printf("%zu forks, %zu rounds with several agreements\n", forks, several);
    for (const auto& [iteration, count] : first) std::printf("iteration %d and up: %zu\n", iteration, count);
}

}  // namespace
}  // namespace dusk::consensus
