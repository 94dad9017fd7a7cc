// Hexadecimal text: whatever decodes encodes to the same text in lower case.
#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "base/hex.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string text(reinterpret_cast<const char*>(data), size);
    const auto bytes = dusk::from_hex(text);
    if (!bytes) return 0;
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (dusk::to_hex(*bytes) != text) std::abort();
    return 0;
}
