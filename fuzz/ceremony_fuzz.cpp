// Ceremony files: what reads is written the same, and verifies or is refused by name. Contributors' names never print
// anything but themselves. And files of public parameters of every kind, told apart.
#include <algorithm>

#include "app/crs_files.hpp"
#include "crypto/chacha_rng.hpp"
#include "require.hpp"

namespace {

using namespace dusk;
using namespace dusk::fuzz;

void read_ceremony(ByteView bytes, Executor& executor) {
    auto read = plonk::Ceremony::from_bytes(bytes, executor);
    if (!read) {
        require(!to_string(read.error()).empty());
        return;
    }
    require(equal(read->to_bytes(), bytes));
    crypto::ChaChaRng random(1);
    const auto good = read->verify_so_far(random, executor);
    if (!good) {
        require(!to_string(good.error()).empty());
        return;
    }
    // What verifies can be continued.
    if (read->contributions().size() >= plonk::Ceremony::kMostContributions || read->powers().size() > 100) return;
    require(read->contribute("fuzz", random, executor).has_value());
    require(read->verify(random, executor).has_value());
}

void read_any(ByteView bytes, Executor& executor) {
    auto file = app::decode_crs(bytes, "file", executor);
    if (!file) {
        require(!file.error().message.empty());
        return;
    }
    crypto::ChaChaRng random(1);
    if (!app::verify_crs(*file, "file", random, executor)) return;
    const auto parameters = app::parameters_of(std::move(*file), "file");
    require(parameters.has_value());
    const auto again = plonk::PublicParameters::from_bytes(parameters->to_bytes(), executor);
    require(again && again->to_raw_bytes() == parameters->to_raw_bytes());
}

void judge_name(ByteView bytes) {
    const std::string name(bytes.begin(), bytes.end());
    if (!plonk::is_contributor_name(name)) return;
    require(!name.empty() && name.size() <= plonk::kLongestName);
    require(std::ranges::none_of(name, [](char c) { return (c >= 0 && c < ' ') || c == 127; }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView bytes(data + 1, size - 1);
    SerialExecutor executor;
    switch (data[0] % 3) {
        case 0:
            read_ceremony(bytes, executor);
            break;
        case 1:
            read_any(bytes, executor);
            break;
        default:
            judge_name(bytes);
            break;
    }
    return 0;
}
