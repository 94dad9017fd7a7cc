// rules.json, a model that the reference results come with: event blooms, rewards, finality, timeouts, claims of peers.
#include "chain/finality.hpp"
#include "chain/sync_rules.hpp"
#include "consensus/step_timeouts.hpp"
#include "crypto/chacha_rng.hpp"
#include "execution/reward_schedule.hpp"
#include "fields.hpp"
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

std::string text_of(const ledger::Label& label) {
    constexpr std::array<std::string_view, 4> kNames{"Accepted", "Attested", "Confirmed", "Final"};
    return std::string(kNames.at(static_cast<std::size_t>(label.kind))) + "(" + std::to_string(label.value) + ")";
}

// Blocks with these PNI, one after the other from height 1.
void finality(const Node& c, Report& report) {
    std::vector<ledger::Label> labels{{ledger::Label::Kind::final, 0}};
    std::uint64_t last_final = 0;
    const auto blocks = c["pni_by_height_from_1"].items();
    const auto finals = c["last_final_after_each"].items();
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const auto made = chain::advance_finality({labels.size()}, static_cast<std::uint8_t>(blocks[i].u64()),
                                                  {last_final}, std::span(labels).subspan(last_final + 1));
        for (const chain::LabelChange& change : made.labels) labels.at(change.height.value) = change.label;
        labels.push_back(made.label);
        last_final = made.last_final.value;
        expect_number(last_final, finals.at(i), report);
    }
    const auto expected = c["labels_at_end"].items();
    report.expect(labels.size() == expected.size(), c, "has another number of blocks");
    for (std::size_t i = 0; i < std::min(labels.size(), expected.size()); ++i) {
        report.expect(text_of(labels[i]) == expected[i].text(), expected[i], "is another label: " + text_of(labels[i]));
    }
}

void plausible(const Node& c, Report& report) {
    ledger::BlockHeader tip;
    tip.height = {c["tip_height"].u64()};
    tip.timestamp = c["tip_timestamp"].u64();
    const bool found =
        chain::is_plausible_height({c["remote_height"].u64()}, tip, WallTime(std::chrono::seconds(c["now"].u64())));
    report.expect(found == c["plausible"].boolean(), c, "is plausible or not");
}

void timeout(const Node& c, Report& report) {
    std::vector<std::chrono::milliseconds> took;
    for (const Node& one : c["elapsed_ms"].items()) took.emplace_back(one.u64());
    expect_number(static_cast<std::uint64_t>(consensus::base_timeout(took).count()), c["base_s"], report);
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
    each(rules["finality"], report, finality);
    each(rules["sync_target_plausible"], report, plausible);
    each(rules["timeouts"], report, timeout);
}

const Registered registered{{"consensus", "rules", {"rules", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
