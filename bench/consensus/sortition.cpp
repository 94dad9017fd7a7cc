// Who is in a committee, among provisioners whose stakes differ.
#include <fmt/core.h>

#include "consensus/committee.hpp"
#include "crypto/chacha_rng.hpp"
#include "harness.hpp"

namespace dusk::bench {
namespace {

using consensus::Provisioners;
using consensus::RoundCommittees;
using consensus::Sortition;
using ledger::KeyBytes;

constexpr ledger::Height kRound{100};

Provisioners provisioners(std::size_t count, RandomSource& random) {
    Provisioners out;
    while (out.all().size() < count) {
        ByteArray<8> draw{};
        random.fill(draw);
        const std::uint64_t stake = (1000 + load_le<std::uint64_t>(draw.data()) % 99'000) * ledger::kLuxPerDusk;
        out.set({crypto::BlsSecretKey::random(random).public_key(), {stake}, {0}});
    }
    return out;
}

void rows_for(Bench& bench, std::size_t count) {
    const std::string among = fmt::format(", {} provisioners", count);
    if (!bench.wants(among)) return;
    crypto::ChaChaRng random(count);
    const Provisioners all = provisioners(count, random);
    const ledger::Seed seed{{5}};
    const std::vector<KeyBytes> excluded{all.all().begin()->first, std::next(all.all().begin())->first};
    const auto official = [&](std::string_view name) { return fmt::format("{}_{}_provisioners", name, count); };

    const std::string credits = official("sortition_64_credits");
    bench.run("64 credits" + among, credits, 1, 11, [&] { keep(Sortition(all, kRound).draw(seed, 1, 64, excluded)); });
    const Sortition prepared(all, kRound);
    bench.run("64 credits in a round that is prepared" + among, credits, 1, 11,
              [&] { keep(prepared.draw(seed, 1, 64, excluded)); });
    bench.run("generator" + among, official("generator"), 1, 11,
              [&] { keep(Sortition(all, kRound).draw(seed, 0, 1, {})); });
    bench.run("committee without the generators" + among, official("committee_with_exclusions"), 1, 11, [&] {
        RoundCommittees committees(all, seed, kRound);
        keep(committees.voters(0, ledger::VotingStep::validation));
    });
    // What the released node computes anew for every iteration: 2 generators, 3 committees.
    bench.run("committees of 8 iterations, each" + among, official("committee_with_exclusions"), 16, 11, [&] {
        RoundCommittees committees(all, seed, kRound);
        for (std::uint8_t iteration = 0; iteration < 8; ++iteration) {
            keep(committees.voters(iteration, ledger::VotingStep::validation));
            keep(committees.voters(iteration, ledger::VotingStep::ratification));
        }
    });
}

void rows(Bench& bench) {
    rows_for(bench, 500);
    rows_for(bench, 5000);
}

const Registered registered("consensus", rows);

}  // namespace
}  // namespace dusk::bench
