// Votes and quorums of a committee of 64 credits among 500 provisioners.
#include <algorithm>
#include <stdexcept>

#include "consensus/bls_signatures.hpp"
#include "consensus/quorum.hpp"
#include "crypto/chacha_rng.hpp"
#include "harness.hpp"
#include "ledger/message.hpp"

namespace dusk::bench {
namespace {

using consensus::BlsSignatures;
using consensus::Committee;
using crypto::BlsSecretKey;
using ledger::ConsensusHeader;
using ledger::StepVotes;
using ledger::Vote;
using ledger::VotingStep;

constexpr BlsSignatures::Limits kNothing{.keys = 0, .signatures = 0};
constexpr BlsSignatures::Limits kKeysOnly{.keys = 8192, .signatures = 0};

struct Signer {
    BlsSecretKey secret;
    crypto::BlsPublicKey key = secret.public_key();
    ledger::KeyBytes bytes{key.to_bytes()};
};

class World {
  public:
    explicit World(std::size_t provisioners) {
        crypto::ChaChaRng random(provisioners);
        consensus::Provisioners all;
        for (std::size_t i = 0; i < provisioners; ++i) {
            signers_.push_back({BlsSecretKey::random(random)});
            all.set({signers_.back().key, {(1000 + i) * ledger::kLuxPerDusk}, {0}});
        }
        std::ranges::sort(signers_, {}, &Signer::bytes);
        sortition_.emplace(all, ledger::Height{header.round});
    }

    // A committee of which so many members make a quorum for Valid, lowest keys first. 0: as many as it takes.
    void find_quorum(std::size_t members) {
        for (std::uint8_t i = 0; i < 255; ++i) {
            committee = sortition_->draw(ledger::Seed{{i}}, 1, consensus::kCommitteeCredits, {});
            votes.voters = 0;
            std::size_t count = 0;
            while (committee.credits_of(votes.voters) < consensus::quorum_credits(vote)) {
                votes.voters |= std::uint64_t{1} << count++;
            }
            if (members != 0 && count != members) continue;
            sign_quorum();
            return;
        }
        throw std::runtime_error("no committee has such a quorum");
    }

    [[nodiscard]] const Signer& signer(std::size_t member) const {
        return *std::ranges::lower_bound(signers_, committee.members()[member].bytes, {}, &Signer::bytes);
    }
    [[nodiscard]] const std::vector<Signer>& signers() const { return signers_; }
    [[nodiscard]] bool verify(BlsSignatures& signatures) const {
        return verify_quorum(header, VotingStep::validation, vote, votes, committee, signatures).has_value();
    }

    ConsensusHeader header{{{1}}, 100, 0};
    Vote vote = Vote::valid({{2}});
    Committee committee;
    StepVotes votes;

  private:
    void sign_quorum() {
        const Bytes message = signed_vote(header, VotingStep::validation, vote);
        std::vector<crypto::BlsMultisigSignature> shares;
        for (std::size_t i = 0; i < committee.members().size(); ++i) {
            if ((votes.voters >> i & 1U) == 0) continue;
            shares.push_back(signer(i).secret.sign_multisig(signer(i).key, message));
        }
        votes.signature = {crypto::bls_aggregate(shares).to_bytes()};
    }

    std::vector<Signer> signers_;
    std::optional<consensus::Sortition> sortition_;
};

void must(bool good) {
    if (!good) throw std::runtime_error("a signature does not hold");
}

void quorum_rows(Bench& bench, World& world, std::string_view name, std::string_view official) {
    BlsSignatures nothing(kNothing);
    BlsSignatures keys(kKeysOnly);
    BlsSignatures all;
    const std::string of(name);
    bench.run(of, official, 1, 11, [&] { must(world.verify(nothing)); });
    bench.run(of + ", keys never seen before", official, 1, 11, [&] {
        BlsSignatures fresh(kKeysOnly);
        must(world.verify(fresh));
    });
    bench.run(of + ", keys known", official, 1, 11, [&] { must(world.verify(keys)); });
    bench.run(of + ", seen before", official, 1, 11, [&] { must(world.verify(all)); });
}

// Of one step, by 64 provisioners.
struct Votes {
    std::vector<Bytes> messages;
    std::vector<BlsSignatures::Claim> claims;

    Votes(const World& world, bool different) {
        constexpr std::size_t kVotes = 64;
        for (std::size_t i = 0; i < kVotes; ++i) {
            ConsensusHeader header = world.header;
            if (different) header.round += i;
            messages.push_back(signed_vote(header, VotingStep::validation, world.vote));
        }
        for (std::size_t i = 0; i < kVotes; ++i) {
            const Signer& signer = world.signers()[i];
            const ledger::SignatureBytes signature{signer.secret.sign_multisig(signer.key, messages[i]).to_bytes()};
            claims.push_back({{signer.key, signature}, messages[i]});
        }
    }
};

void must_all(const std::vector<Result<void, crypto::BlsError>>& verdicts) {
    for (const auto& verdict : verdicts) must(verdict.has_value());
}

void vote_rows(Bench& bench, const World& world) {
    const Votes same(world, false);
    const Votes different(world, true);
    BlsSignatures nothing(kNothing);
    BlsSignatures keys(kKeysOnly);
    crypto::ChaChaRng random(1);
    const auto& claim = same.claims[0];
    const Signer& signer = world.signers()[0];
    const auto size = same.claims.size();
    bench.run("sign a vote", "vote_sign", 1, 11, [&] { keep(signer.secret.sign_multisig(signer.key, claim.message)); });
    bench.run("verify a vote", "vote_verify", 1, 11,
              [&] { must(nothing.verify(claim.sign_info, claim.message).has_value()); });
    bench.run("verify a vote, key known", "vote_verify", 1, 11,
              [&] { must(keys.verify(claim.sign_info, claim.message).has_value()); });
    bench.run("verify 64 votes of a step, each", "vote_verify", size, 9,
              [&] { must_all(nothing.verify_votes(same.claims, random)); });
    bench.run("verify 64 votes of a step, keys known, each", "vote_verify", size, 9,
              [&] { must_all(keys.verify_votes(same.claims, random)); });
    bench.run("verify 64 different votes, keys known, each", "vote_verify", size, 9,
              [&] { must_all(keys.verify_votes(different.claims, random)); });
    const Bytes message =
        encode(ledger::Message{{}, ledger::ValidationMessage{world.header, world.vote, claim.sign_info}});
    bench.run("decode a vote", "vote_decode", 1, 11, [&] { keep(ledger::decode<ledger::Message>(message)); });
}

void rows(Bench& bench) {
    World large(500);
    large.find_quorum(39);
    quorum_rows(bench, large, "quorum of 39 members", "quorum_verify_committee_known");
    World small(12);
    small.find_quorum(0);
    quorum_rows(bench, small, "quorum of few members", "small_quorum_verify_committee_known");
    vote_rows(bench, large);
}

const Registered registered("consensus", rows);

}  // namespace
}  // namespace dusk::bench
