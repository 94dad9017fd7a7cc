// rng.json
#include "crypto/chacha_rng.hpp"
#include "report.hpp"

namespace dusk::vectors {
namespace {

void rng(const Node& root, Report& report) {
    for (const Node& c : root["chacha12"].items()) {
        report.run(c, [&] {
            const std::uint64_t seed = c["seed_from_u64"].u64();
            report.expect_bytes(crypto::ChaChaRng::key_from_u64(seed), c["key"]);
            ByteArray<320> first;
            crypto::ChaChaRng(c["key"].array<32>()).fill(first);
            report.expect_bytes(first, c["first_320_bytes"]);

            crypto::ChaChaRng mixed(seed);
            for (const Node& draw : c["mixed"].items()) {
                if (draw.has("fill")) {
                    Bytes out(draw["fill"].u64());
                    mixed.fill(out);
                    report.expect_bytes(out, draw["out"]);
                } else if (draw.has("next_u32")) {
                    report.expect(mixed.next_u32() == draw["next_u32"].u64(), draw, "another u32 is drawn");
                } else {
                    report.expect(mixed.next_u64() == draw["next_u64"].u64(), draw, "another u64 is drawn");
                }
            }
        });
    }
}

const Registered registered{{"crypto", "rng", {"chacha12"}, rng}};

}  // namespace
}  // namespace dusk::vectors
