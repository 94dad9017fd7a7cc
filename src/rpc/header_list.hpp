// Values of headers that are lists: elements with commas between (RFC 9110 §5.6.1).
#pragma once

#include <string_view>

namespace dusk::rpc {

// Without spaces and tabs on both sides.
[[nodiscard]] inline std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t";
    const std::size_t begin = text.find_first_not_of(kSpace);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

// The first element, which is taken off the list.
[[nodiscard]] inline std::string_view take_first(std::string_view& list) {
    const std::size_t comma = list.find(',');
    const std::string_view out = list.substr(0, comma);
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
    return trimmed(out);
}

// Whether If-None-Match names the content that a client has (RFC 9110 §13.1.2); `tag` without quotation marks.
[[nodiscard]] inline bool names_tag(std::string_view if_none_match, std::string_view tag) {
    while (!if_none_match.empty()) {
        std::string_view one = take_first(if_none_match);
        if (one == "*") return true;
        if (one.starts_with("W/")) one.remove_prefix(2);
        if (one.size() == tag.size() + 2 && one.starts_with('"') && one.ends_with('"') &&
            one.substr(1, tag.size()) == tag)
            return true;
    }
    return false;
}

}  // namespace dusk::rpc
