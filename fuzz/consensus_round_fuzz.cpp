// A provisioner in a round, and a network that sends it anything in any order: votes and candidates of members and of
// others, quorums, broken ones, from all iterations and rounds near by. What it keeps stays bounded, what it rejects it
// does not hand on, and it never says two things in one step.
#include "consensus/consensus.hpp"
#include "consensus/test_committee.hpp"
#include "require.hpp"

namespace dusk::consensus {
namespace {

using ledger::Vote;
using ledger::VotingStep;

constexpr std::size_t kProvisioners = 6;

class Bytewise {
  public:
    explicit Bytewise(ByteView bytes) : bytes_(bytes) {}
    [[nodiscard]] bool is_empty() const { return bytes_.empty(); }
    std::uint8_t byte() {
        if (bytes_.empty()) return 0;
        const std::uint8_t out = bytes_.front();
        bytes_ = bytes_.subspan(1);
        return out;
    }

  private:
    ByteView bytes_;
};

class Network {
  public:
    explicit Network(ByteView bytes) : in_(bytes) { start(); }

    void run() {
        for (int i = 0; i < 400 && !in_.is_empty(); ++i) step();
    }

  private:
    void start() {
        const std::uint8_t which = in_.byte();
        tip_ = test_tip(10 + which % 3, 1'700'000'000, which % 3);
        committees_ =
            std::make_shared<RoundCommittees>(provisioners_, tip_.seed, ledger::Height{tip_.height.value + 1});
        const std::chrono::seconds seven(7);
        machine_.start({.tip = tip_,
                        .tip_voters = {},
                        .committees = committees_,
                        .timeouts = {seven, seven, seven},
                        .first_iteration = static_cast<std::uint8_t>(in_.byte() % 60)},
                       now_);
        carry_out();
    }

    void step() {
        switch (in_.byte() % 8) {
            case 0:
                now_.wall += std::chrono::seconds(in_.byte());
                now_.steady += std::chrono::seconds(in_.byte());
                machine_.on_time(now_);
                break;
            case 1:
                if (in_.byte() % 8 == 0) start();
                break;
            case 2:
                send(candidate());
                break;
            case 3:
                send(validation());
                break;
            case 4:
                send(ratification());
                break;
            case 5:
                if (const auto message = quorum()) send(*message);
                break;
            case 6:
                send(ledger::ValidationQuorumMessage{header(), result(header(), vote())});
                break;
            default:
                judge();
        }
        carry_out();
    }

    ledger::ConsensusHeader header() {
        const std::uint8_t what = in_.byte();
        ledger::ConsensusHeader out{tip_.hash, tip_.height.value + 1, in_.byte()};
        if (out.iteration >= 64) out.iteration = machine_.status()->iteration;
        if (what % 16 == 0) out.round += what / 16;
        if (what % 16 == 1) out.prev_block_hash.bytes[0] ^= what;
        return out;
    }
    Vote vote() {
        const std::uint8_t what = in_.byte();
        const ledger::BlockHash block = what % 2 == 0 && last_ ? *last_ : ledger::BlockHash{{what}};
        switch (what / 2 % 4) {
            case 0:
                return Vote::valid(block);
            case 1:
                return Vote::invalid(block);
            case 2:
                return Vote::no_candidate();
            default:
                return Vote::no_quorum();
        }
    }
    ledger::SignInfo sign(ByteView message) {
        const std::uint8_t who = in_.byte();
        const auto key = test_key(who % (kProvisioners + 1));
        auto signature = KeyedHashSignatures::share(key, message);
        if (who >= 250) signature.bytes[0] ^= 1U;
        return {key, signature};
    }
    ledger::StepVotes votes(const ledger::ConsensusHeader& about, VotingStep step, const Vote& vote) {
        const auto members = committees_->voters(about.iteration, step).members();
        const std::uint8_t left_out = in_.byte();
        ledger::StepVotes out;
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (left_out == i) continue;
            const auto share = KeyedHashSignatures::share(members[i].key, ledger::signed_vote(about, step, vote));
            out.signature = out.voters == 0 ? share : *signatures_.add(out.signature, share);
            out.voters |= std::uint64_t{1} << i;
        }
        if (left_out >= 250) out.voters ^= 1U;
        return out;
    }
    ledger::ValidationResult result(const ledger::ConsensusHeader& about, const Vote& vote) {
        if (vote.kind() == Vote::Kind::no_quorum && in_.byte() % 8 != 0) return {};
        return {votes(about, VotingStep::validation, vote), vote, ledger::QuorumType::valid};
    }
    ledger::CandidateMessage candidate() {
        const ledger::ConsensusHeader about = header();
        const auto* generator = committees_->generator(about.iteration);
        ledger::Block block = test_block(tip_, {about, {}}, generator->key, tip_.timestamp + in_.byte(), in_.byte());
        block.header.prev_block_hash = about.prev_block_hash;
        block.header.hash = block.header.content_hash();
        last_ = block.header.hash;
        block.header.signature = KeyedHashSignatures::share(generator->key, block.header.hash.bytes);
        const std::uint8_t broken = in_.byte();
        if (broken == 255) block.header.gas_limit.value ^= 1U;
        if (broken == 254) block.header.signature = {};
        return {std::move(block)};
    }
    ledger::ValidationMessage validation() {
        ledger::ValidationMessage out{.header = header(), .vote = vote()};
        out.sign_info = sign(out.signed_bytes());
        return out;
    }
    ledger::RatificationMessage ratification() {
        ledger::RatificationMessage out{.header = header(), .vote = vote()};
        out.validation_result = result(out.header, in_.byte() == 255 ? vote() : out.vote);
        out.sign_info = sign(out.signed_bytes());
        return out;
    }
    // As the chain lets it through.
    std::optional<ledger::QuorumMessage> quorum() {
        ledger::QuorumMessage out{.header = header()};
        const Vote about = vote();
        out.attestation.result = {in_.byte() % 2 == 0, about};
        if (about.kind() != Vote::Kind::no_quorum) {
            out.attestation.validation = votes(out.header, VotingStep::validation, about);
        }
        out.attestation.ratification = votes(out.header, VotingStep::ratification, about);
        if (!verify_attestation(out.attestation, out.header, *committees_, {}, signatures_)) return {};
        return out;
    }
    template <class Body>
    void send(Body body) {
        carry_out();
        const auto message = std::make_shared<const ledger::Message>(ledger::Message{.payload = std::move(body)});
        const bool is_vote =
            std::is_same_v<Body, ledger::ValidationMessage> || std::is_same_v<Body, ledger::RatificationMessage>;
        const auto claim = machine_.unverified_vote(message);
        fuzz::require(is_vote || !claim);
        const MessageVerdict verdict = machine_.on_message(message, now_);
        // What is taken was verified, so it was claimed.
        if (is_vote && verdict == MessageVerdict::taken) {
            fuzz::require(claim && signatures_.verify(claim->sign_info, claim->message));
        }
        const auto actions = machine_.take_actions();
        for (const Action& action : actions) {
            const auto* broadcast = std::get_if<Broadcast>(&action);
            if (broadcast != nullptr && verdict != MessageVerdict::taken) fuzz::require(broadcast->message != message);
        }
        check(actions);
    }
    void judge() {
        if (asked_.empty()) return;
        const auto block = asked_.back();
        asked_.pop_back();
        machine_.on_candidate_judged(block, static_cast<Verdict>(in_.byte() % 3), now_);
    }

    void carry_out() { check(machine_.take_actions()); }
    void check(const std::vector<Action>& actions) {
        for (const Action& action : actions) {
            if (const auto* wanted = std::get_if<BuildCandidate>(&action)) {
                machine_.on_candidate_built(test_block(tip_, *wanted, signer_.key(), tip_.timestamp + 10, in_.byte()),
                                            now_);
            } else if (const auto* asked = std::get_if<JudgeCandidate>(&action)) {
                asked_.push_back(asked->block->header.hash);
            } else if (const auto* broken = std::get_if<CannotSign>(&action)) {
                fuzz::require(broken->error == SigningError::conflict);
            }
        }
        fuzz::require(asked_.size() <= 10'000);
        const auto status = machine_.status();
        fuzz::require(status && status->iteration < kMostIterations);
        fuzz::require(status->queued_bytes <= std::size_t{32} << 20U);
        fuzz::require(machine_.wakeup().has_value());
    }

    Bytewise in_;
    Provisioners provisioners_ = test_provisioners(kProvisioners);
    KeyedHashSignatures signatures_;
    TestSigner signer_{test_key(0)};
    Consensus machine_{{}, signatures_, &signer_};
    Now now_{WallTime(std::chrono::seconds(1'700'000'000)), MonotonicTime(std::chrono::hours(1))};
    ledger::BlockHeader tip_;
    std::shared_ptr<RoundCommittees> committees_;
    std::optional<ledger::BlockHash> last_;
    std::vector<ledger::BlockHash> asked_;
};

}  // namespace
}  // namespace dusk::consensus

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    dusk::consensus::Network network({data, size});
    network.run();
    return 0;
}
