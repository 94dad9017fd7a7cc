// Base64 text: whatever decodes encodes to the same text, and every byte string survives the way there and back.
#include <cstdlib>

#include "base/base64.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto bytes = dusk::from_base64(text);
    if (bytes && dusk::to_base64(*bytes) != text) std::abort();

    const dusk::ByteView input(data, size);
    const auto back = dusk::from_base64(dusk::to_base64(input));
    if (!back || !dusk::equal(*back, input)) std::abort();
    return 0;
}
