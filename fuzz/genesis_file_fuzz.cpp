// Genesis files: what is read is written, and reads back as the same.
#include <string_view>

#include "ledger/genesis_toml.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto genesis = ledger::parse_genesis(text);
    if (!genesis) {
        fuzz::require(!ledger::describe(genesis.error()).empty());
        return 0;
    }
    const auto written = ledger::genesis_toml(genesis->snapshot);
    fuzz::require(written.has_value());
    const auto again = ledger::parse_genesis(*written);
    fuzz::require(again.has_value() && again->snapshot == genesis->snapshot && again->unknown_keys.empty());
    return 0;
}
