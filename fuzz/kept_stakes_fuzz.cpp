// Stakes as they are kept with the chain: what can be read is written again as the same bytes.
#include "chain/kept_stakes.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    const auto stakes = chain::read_stakes({data, size});
    if (stakes) fuzz::require(equal(chain::write_stakes(*stakes), ByteView(data, size)));
    return 0;
}
