// What a JSON text would cost before it is parsed.
#pragma once

#include <cstddef>
#include <string_view>

namespace dusk {

// How deep lists and objects stand in each other, at most; of a text that is no JSON, some number. What is nested
// deeply takes a hundred times its length in memory when it is parsed, and anything else thirty times.
[[nodiscard]] constexpr std::size_t json_nesting(std::string_view text) {
    std::size_t depth = 0;
    std::size_t most = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\') ++i;  // what follows ends no string
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            most = ++depth > most ? depth : most;
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return most;
}

}  // namespace dusk
