// Recovery phrases: a phrase that parses is written in its plain form, which parses to the same entropy; every error
// has a sentence.
#include <cstdlib>

#include "crypto/mnemonic.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using dusk::crypto::Mnemonic;
    const auto parsed = Mnemonic::parse({reinterpret_cast<const char*>(data), size});
    if (!parsed) {
        if (to_string(parsed.error()).empty()) std::abort();
    } else if (const auto again = Mnemonic::parse(parsed->phrase().reveal_text());
               !again || !(again->entropy() == parsed->entropy())) {
        std::abort();
    }
    const auto made = Mnemonic::from_entropy({data, size});
    if (made && !(Mnemonic::parse(made->phrase().reveal_text())->entropy() == made->entropy())) std::abort();
    return 0;
}
