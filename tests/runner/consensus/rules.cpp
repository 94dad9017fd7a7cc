// rules.json, a model that the reference results come with: event blooms and rewards; the others are left for later.
#include "crypto/chacha_rng.hpp"
#include "execution/reward_schedule.hpp"
#include "fields.hpp"
#include "later.hpp"
#include "ledger/event_bloom.hpp"

namespace dusk::vectors {
namespace {

void bloom(const Node& c, Report& report) {
    ledger::EventBloom out;
    for (const Node& event : c["events"].items()) {
        const auto parts = event.items();
        out.add(parts.at(0).hex(), parts.at(1).hex(), parts.at(2).hex());
    }
    report.expect_bytes(out.bytes(), c["bloom"]);
}

std::string_view name_of(ledger::RewardReason reason) {
    constexpr std::array<std::string_view, 4> kNames{"GeneratorFixed", "GeneratorExtra", "Voter", "Other"};
    return kNames.at(static_cast<std::size_t>(reason));
}

void rewards(const Node& c, Report& report) {
    crypto::ChaChaRng random(1);
    const auto generator = crypto::BlsSecretKey::random(random).public_key();
    std::vector<execution::Voter> voters;
    for (const Node& credits : c["credits"].items()) {
        voters.push_back({crypto::BlsSecretKey::random(random).public_key(), credits.u64()});
    }
    const auto made = execution::block_rewards(
        {.height = {c["height"].u64()}, .fees = {c["fees"].u64()}, .generator = generator, .voters = voters});
    if (c["rewards"].has("error")) {
        report.expect(c["rewards"]["error"].text() == "no credits", c, "is an error that the runner does not know");
        return report.expect(!made && made.error() == execution::RewardError::no_voters, c, "has nobody to reward");
    }
    if (!made) c.complain(to_string(made.error()));
    const auto expected = c["rewards"].items();
    report.expect(made->size() == expected.size(), c, "has another number of rewards");
    for (std::size_t i = 0; i < std::min(made->size(), expected.size()); ++i) {
        const auto pair = expected[i].items();
        report.expect(name_of((*made)[i].reason) == pair.at(0).text(), pair.at(0), "is another reason");
        expect_number((*made)[i].value.value, pair.at(1), report);
    }
}

void each(const Node& list, Report& report, void (*run)(const Node&, Report&)) {
    for (const Node& c : list.items()) {
        report.run(c, [&] { run(c, report); });
    }
}

void run(const Node& root, Report& report) {
    root["seed"].describe();
    const Node rules = root["rules"];
    rules["source"].describe();
    each(rules["event_bloom"], report, bloom);
    each(rules["rewards"], report, rewards);
    left_for_consensus(rules["finality"]);
    left_for_consensus(rules["sync_target_plausible"]);
    left_for_consensus(rules["timeouts"]);
}

const Registered registered{{"consensus", "rules", {"rules", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
