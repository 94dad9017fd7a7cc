// Whether bytes are text.
#pragma once

#include "base/bytes.hpp"

namespace dusk {

// UTF-8 of Unicode scalar values in shortest form: no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(ByteView bytes);

}  // namespace dusk
