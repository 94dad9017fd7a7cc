// merlin.json: one transcript of messages and challenges of many lengths.
#include "plonk/merlin.hpp"

#include "report.hpp"

namespace dusk::vectors {
namespace {

void run(const Node& root, Report& report) {
    root["seed"].describe();
    const Node merlin = root["merlin"];
    report.run(merlin, [&] {
        report.expect(merlin["equal_to_merlin_3"].boolean(), merlin, "the releases differ");
        const std::uint64_t steps = merlin["steps"].u64();
        const auto wanted = merlin["first_bytes_of_challenge"].items();
        auto next = wanted.begin();
        plonk::MerlinTranscript transcript(as_bytes("label"));
        for (std::uint64_t i = 0; i < steps; ++i) {
            Bytes message(i * 7 % 391);
            for (std::size_t k = 0; k < message.size(); ++k) message[k] = static_cast<std::uint8_t>(k * i);
            transcript.append("m", message);
            transcript.append_u64("n", i);
            Bytes challenge(i % 300 + 1);
            transcript.challenge("c", challenge);
            if (next == wanted.end()) continue;
            const auto pair = next->items();
            if (pair.at(0).u64() != i) continue;
            const Bytes expected = pair.at(1).hex();
            challenge.resize(std::min(challenge.size(), expected.size()));
            report.expect_bytes(challenge, pair[1]);
            ++next;
        }
        report.expect(next == wanted.end(), merlin, "holds more steps than it says");
    });
}

const Registered registered{{"plonk-sound", "merlin", {"merlin", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
