// The configuration of a node.
#include "node/config.hpp"
#include "node/durations.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto parsed = node::parse_config(text);
    if (parsed) {
        fuzz::require(parsed->config.network != nullptr);
    } else {
        fuzz::require(!node::describe(parsed.error()).empty());
    }
    (void)node::parse_duration(text);
    (void)node::parse_short_duration(text);
    return 0;
}
