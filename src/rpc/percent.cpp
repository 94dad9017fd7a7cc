#include "rpc/percent.hpp"

#include "base/hex.hpp"
#include "base/utf8.hpp"

namespace dusk::rpc {

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        if (text.front() != '%') {
            out.push_back(text.front());
            text.remove_prefix(1);
            continue;
        }
        if (text.size() < 3) return {};
        const auto byte = from_hex(text.substr(1, 2));
        if (!byte) return {};
        out.push_back(static_cast<char>(byte->front()));
        text.remove_prefix(3);
    }
    if (!is_utf8(as_bytes(out))) return {};
    return out;
}

}  // namespace dusk::rpc
