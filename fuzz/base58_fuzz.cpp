// Base58 text: whatever decodes encodes to the same text, and every byte string survives the way there and back.
#include <cstdlib>

#include "base/base58.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    constexpr std::size_t largest_key = 96;
    const auto bytes = dusk::from_base58(text, largest_key);
    if (bytes && (bytes->size() > largest_key || dusk::to_base58(*bytes) != text)) std::abort();

    const dusk::ByteView input(data, size < 256 ? size : 256);
    const auto back = dusk::from_base58(dusk::to_base58(input), input.size());
    if (!back || !dusk::equal(*back, input)) std::abort();
    return 0;
}
