#include "telemetry/trace_context.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "base/hex.hpp"

namespace dusk::telemetry {
namespace {

// "VV-TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT-SSSSSSSSSSSSSSSS-FF"
constexpr std::size_t kLength = 55;
constexpr std::uint8_t kSampled = 1;

// Digits of one field; the standard knows lower case only.
template <std::size_t N>
bool read(std::string_view digits, ByteArray<N>& out) {
    if (digits.find_first_not_of("0123456789abcdef") != std::string_view::npos) return false;
    const auto bytes = from_hex(digits);
    if (!bytes || bytes->size() != N) return false;
    std::ranges::copy(*bytes, out.begin());
    return true;
}

template <std::size_t N>
bool is_zero(const ByteArray<N>& bytes) {
    return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

}  // namespace

std::optional<TraceContext> parse_traceparent(std::string_view text) {
    if (text.size() < kLength || text[2] != '-' || text[35] != '-' || text[52] != '-') return {};
    ByteArray<1> version{};
    ByteArray<1> flags{};
    TraceContext out;
    if (!read(text.substr(0, 2), version) || !read(text.substr(3, 32), out.trace) ||
        !read(text.substr(36, 16), out.span) || !read(text.substr(53, 2), flags))
        return {};
    if (version[0] == 0xff || is_zero(out.trace) || is_zero(out.span)) return {};
    if (text.size() > kLength && (version[0] == 0 || text[kLength] != '-')) return {};
    out.is_sampled = (flags[0] & kSampled) != 0;
    return out;
}

std::string to_traceparent(const TraceContext& context) {
    return fmt::format("00-{}-{}-{:02x}", to_hex(context.trace), to_hex(context.span),
                       context.is_sampled ? kSampled : 0);
}

}  // namespace dusk::telemetry
