// Recorded calls: as they come, and with a digest that fits.
#include "app/call_recording.hpp"
#include "crypto/blake3.hpp"
#include "require.hpp"

namespace {

void check(dusk::ByteView bytes) {
    using dusk::fuzz::require;
    const auto recording = dusk::app::decode_recording(bytes);
    if (!recording) {
        require(!to_string(recording.error()).empty());
        return;
    }
    require(dusk::equal(dusk::app::encode_recording(*recording), bytes));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    check({data, size});
    dusk::Bytes sealed(data, data + size);
    dusk::append(sealed, dusk::crypto::blake3(sealed));
    check(sealed);
    return 0;
}
