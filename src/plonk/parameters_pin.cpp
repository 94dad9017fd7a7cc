#include "plonk/parameters_pin.hpp"

#include <algorithm>
#include <array>

#include "plonk/development.hpp"

namespace dusk::plonk {
namespace {

constexpr std::string_view kDevnet = "devnet";

// 64 hexadecimal digits.
consteval ByteArray<32> digest_of(std::string_view hex) {
    if (hex.size() != 64) throw "64 digits";
    const auto digit = [](char c) { return c >= 'a' ? c - 'a' + 10 : c - '0'; };
    ByteArray<32> out{};
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<std::uint8_t>(16 * digit(hex[2 * i]) + digit(hex[2 * i + 1]));
    return out;
}

constexpr ByteArray<32> kDevelopment = digest_of("5a0e3823ba00592818158d4d5853701a563df119614fb19f32299ab6117c25e1");
constexpr ByteArray<32> kDevelopmentRaw = digest_of("bbe0ec6e4725036eb0da3fc5c2a0fc7ff763a741c697b1c94d4c963f287f8323");

constexpr std::array kPins{
    NetworkPin{.network = "rusk",
               .digest = digest_of("6161605616b62356cf09fa28252c672ef53b2c8489ad5f81d87af26e105f6059")},
    NetworkPin{.network = kDevnet, .digest = kDevelopment},
};

template <class Matches>
std::optional<NetworkPin> find(const Matches& matches) {
    const auto* const found = std::ranges::find_if(kPins, matches);
    return found == kPins.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

const ParametersDigest& development_digest() { return kDevelopment; }

const ByteArray<32>& development_raw_digest() { return kDevelopmentRaw; }

std::optional<NetworkPin> pin_of(std::string_view network) {
    return find([&](const NetworkPin& pin) { return pin.network == network; });
}

std::optional<NetworkPin> pin_with(const ParametersDigest& digest) {
    return find([&](const NetworkPin& pin) { return pin.digest == digest; });
}

std::string_view to_string(PinError error) {
    switch (error) {
        case PinError::development_parameters:
            return "these are the development parameters, whose secret is public: anybody could make coins from "
                   "nothing, so only the network devnet accepts them";
        case PinError::other_parameters:
            return "these are not the parameters of the network: their SHA-256 is another one";
    }
    return "unknown error of public parameters";
}

Result<void, PinError> admit_parameters(const NetworkPin& pin, const ParametersDigest& digest,
                                        const OpeningKey& opening_key, std::span<const G1Affine> powers) {
    if (pin.network != kDevnet && has_development_secret(opening_key, powers)) {
        return fail(PinError::development_parameters);
    }
    if (digest != pin.digest) return fail(PinError::other_parameters);
    return {};
}

}  // namespace dusk::plonk
