#include "execution/penalties.hpp"

#include <gtest/gtest.h>

#include "crypto/chacha_rng.hpp"

namespace dusk::execution {
namespace {

using ledger::Vote;

class Penalties : public testing::Test {
  protected:
    ledger::FailedIteration failed(const Vote& vote, bool success = false) {
        return {{{success, vote}, {}, {}}, {key().to_bytes()}};
    }
    ledger::AccountKey key() { return crypto::BlsSecretKey::random(random_).public_key(); }
    static ledger::AccountKey generator(const ledger::FailedIteration& iteration) {
        return ledger::AccountKey::from_bytes(iteration.generator.bytes).value();
    }

    crypto::ChaChaRng random_{1};
};

TEST_F(Penalties, DependOnHowTheIterationFailed) {
    const auto none = failed(Vote::no_candidate());
    const auto invalid = failed(Vote::invalid({{1}}));
    auto no_key = failed(Vote::no_candidate());
    no_key.generator = {};
    const ledger::IterationsInfo info{{none, std::nullopt, failed(Vote::no_quorum()), invalid,
                                       failed(Vote::valid({{1}})), no_key, failed(Vote::no_candidate(), true)}};
    const std::vector<Penalty> expected{{generator(none), Penalty::Kind::soft},
                                        {generator(invalid), Penalty::Kind::hard}};
    EXPECT_EQ(penalties(info, {}), expected);
}

TEST_F(Penalties, OfFaultsComeLast) {
    ledger::DoubleValidationVote vote;
    vote.first.sign_info.signer = key();
    const std::vector faults{ledger::Fault(vote)};
    const auto none = failed(Vote::no_candidate());
    const std::vector<Penalty> expected{{generator(none), Penalty::Kind::soft},
                                        {vote.first.sign_info.signer, Penalty::Kind::hard_with_fault}};
    EXPECT_EQ(penalties({{none}}, faults), expected);
}

}  // namespace
}  // namespace dusk::execution
