// misc.json: constants, majorities, amounts, epochs, steps, seeds, penalties, key files.
#include <map>

#include "consensus/quorum.hpp"
#include "crypto/consensus_keys.hpp"
#include "execution/penalties.hpp"
#include "fields.hpp"
#include "ledger/dusk_amount.hpp"
#include "ledger/epoch.hpp"
#include "ledger/limits.hpp"

namespace dusk::vectors {
namespace {

using namespace ledger;

std::optional<std::uint64_t> constant(std::string_view name) {
    using namespace consensus;
    constexpr std::uint32_t kQuorum = supermajority(kCommitteeCredits);
    const std::map<std::string_view, std::uint64_t> constants{
        {"CONSENSUS_MAX_ITER", kMostIterations},
        {"EMERGENCY_BLOCK_ITERATION", kEmergencyBlockIteration},
        {"EMERGENCY_MODE_ITERATION_THRESHOLD", kEmergencyFrom},
        {"MAX_BLOCK_SIZE", kMostBlockBytes},
        {"MAX_NUMBER_OF_FAULTS", kMostBlockFaults},
        {"MAX_NUMBER_OF_TRANSACTIONS", kMostBlockTransactions},
        {"MAX_ROUND_DISTANCE", kMostRoundDistance},
        {"MAX_STEP_TIMEOUT_S", kMostStepTimeout.count()},
        {"MINIMUM_BLOCK_TIME_S", kMinimumBlockTime.count()},
        {"MIN_EMERGENCY_BLOCK_TIME_S", kMinimumEmergencyBlockTime.count()},
        {"MIN_STEP_TIMEOUT_S", kLeastStepTimeout.count()},
        {"RELAX_ITERATION_THRESHOLD", kRelaxedFrom},
        {"TIMEOUT_INCREASE_S", kStepTimeoutIncrease.count()},
        {"ratification_extra", kCommitteeCredits - kQuorum},
        {"ratification_quorum", quorum_credits(Vote::valid({}))},
        {"validation_extra", kCommitteeCredits - kQuorum},
        {"validation_quorum", quorum_credits(Vote::valid({}))}};
    const auto found = constants.find(name);
    return found == constants.end() ? std::nullopt : std::optional(found->second);
}

void constants(const Node& c, Report& report) {
    for (const auto& [name, field] : c.fields()) {
        report.run(field, [&] {
            const auto value = constant(name);
            if (!value) field.complain("is a constant that the runner does not know");
            expect_number(*value, field, report);
        });
    }
}

void majorities(const Node& c, Report& report) {
    const auto numbers = c.items();
    const auto n = static_cast<std::uint32_t>(numbers.at(0).u64());
    expect_number(consensus::majority(n), numbers.at(1), report);
    expect_number(consensus::supermajority(n), numbers.at(2), report);
}

void amount(const Node& c, Report& report) {
    const auto pair = c.items();
    const auto lux = parse_dusk(pair.at(0).text());
    report.expect(lux && lux->value == pair.at(1).u64(), c, "is another amount");
    report.expect(lux && format_dusk(*lux) == pair.at(0).text(), c, "is written otherwise");
}

void epochs(const Node& c, Report& report) {
    const auto numbers = c.items();
    const Height height{numbers.at(0).u64()};
    expect_number(next_epoch(height).value, numbers.at(1), report);
    expect_number(eligible_from(height).value, numbers.at(2), report);
}

void steps(const Node& c, Report& report) {
    const auto numbers = c.items();
    const auto iteration = static_cast<std::uint8_t>(numbers.at(0).u64());
    expect_number(step_number(iteration, Step::proposal), numbers.at(1), report);
    expect_number(step_number(iteration, Step::validation), numbers.at(2), report);
    expect_number(step_number(iteration, Step::ratification), numbers.at(3), report);
}

void key_file(const Node& c, Report& report) {
    const std::string file = c["file"].text();
    const std::string password = c["password"].text();
    const auto opened = crypto::open_consensus_keys(as_bytes(file), as_bytes(password));
    report.expect(opened.has_value() == c["loads"].boolean(), c, "opens or not");
    c["wrong_password_error"].describe();
    const auto wrong = crypto::open_consensus_keys(as_bytes(file), as_bytes(password + "x"));
    report.expect(!wrong && wrong.error() == crypto::ConsensusKeysError::wrong_password, c,
                  "opens with a wrong password");
    if (!opened) return;
    report.expect_bytes(opened->keys.secret_key.to_bytes().reveal(), c["secret_key"]);
    report.expect_bytes(opened->keys.public_key.to_bytes(), c["public_key"]);
    report.expect_bytes(opened->keys.public_key.to_bytes(), c["cpk"]);
}

// The seed of a block is its generator's signature of the one before it.
void seed(const Node& c, Report& report) {
    const auto secret = crypto::BlsSecretKey::from_bytes(c["secret_key"].hex());
    if (!secret) c["secret_key"].complain("is no secret key");
    const auto key = secret->public_key();
    report.expect_bytes(key.to_bytes(), c["public_key"]);
    const Bytes previous = c["previous_seed"].hex();
    const Seed made{secret->sign_multisig(key, previous).to_bytes()};
    report.expect_bytes(made.bytes, c["seed"]);
    report.expect(verify(SignInfo{key, {made.bytes}}, previous).has_value(), c, "does not verify");
}

void slashes(const Node& c, Report& report) {
    const auto failed = read_back<IterationsInfo>(c["failed_iterations"], report);
    const auto made = execution::penalties(failed, {});
    const auto expected = c["result"].items();
    report.expect(made.size() == expected.size(), c, "has another number of penalties");
    for (std::size_t i = 0; i < std::min(made.size(), expected.size()); ++i) {
        const auto pair = expected[i].items();
        report.expect_bytes(made[i].account.to_bytes(), pair.at(0));
        const bool soft = made[i].kind == execution::Penalty::Kind::soft;
        report.expect(pair.at(1).text() == (soft ? "Soft" : "Hard"), pair.at(1), "is another penalty");
    }
}

void each(const Node& list, Report& report, void (*run)(const Node&, Report&)) {
    for (const Node& c : list.items()) {
        report.run(c, [&] { run(c, report); });
    }
}

void run(const Node& root, Report& report) {
    root["seed"].describe();
    const Node misc = root["misc"];
    constants(misc["constants"], report);
    each(misc["majority_supermajority"], report, majorities);
    each(misc["emission_dusk_to_lux"], report, amount);
    each(misc["height_next_epoch_eligibility"], report, epochs);
    each(misc["iteration_steps"], report, steps);
    each(misc["key_files"], report, key_file);
    each(misc["seeds"], report, seed);
    report.run(misc["slashes"], [&] { slashes(misc["slashes"], report); });
}

const Registered registered{{"consensus", "misc", {"misc", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
