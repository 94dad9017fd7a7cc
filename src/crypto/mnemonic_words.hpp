// The English word list of BIP-39: 2048 words in alphabetical order, told apart by their first four letters.
#pragma once

#include <array>
#include <string_view>

namespace dusk::crypto {

extern const std::array<std::string_view, 2048> kMnemonicWords;

}  // namespace dusk::crypto
