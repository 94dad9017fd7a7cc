#include "moonlight_envelope.hpp"

#include <stdexcept>

#include "base/reader.hpp"

namespace dusk::genesis {
namespace {

constexpr std::uint8_t kMoonlight = 3;
constexpr std::uint8_t kBoreas = 2;
constexpr std::uint8_t kDataIds = 5;
constexpr std::uint8_t kDeploy = 2;
constexpr std::uint8_t kBlob = 4;
constexpr std::size_t kMostBytes = 1 << 20;

void skip_other_key(Reader& in) {
    if (in.boolean()) (void)in.bytes(96);
}

Deployment deployment(Reader& in) {
    Deployment out;
    out.stated_hash = in.array<32>();
    out.bytecode = to_vector(in.prefixed_le<std::uint64_t>(kMostBytes));
    out.owner = to_vector(in.prefixed_le<std::uint64_t>(kMostBytes));
    if (in.boolean()) out.init_argument = to_vector(in.prefixed_le<std::uint64_t>(kMostBytes));
    out.nonce = in.le<std::uint64_t>();
    return out;
}

}  // namespace

MoonlightEnvelope moonlight_envelope(ByteView wire) {
    Reader in(wire);
    if (in.u8() != kMoonlight || in.u8() != kBoreas) throw std::runtime_error("no Moonlight transaction of Boreas");
    (void)in.le<std::uint64_t>();  // length of the payload
    (void)in.u8();                 // chain id
    MoonlightEnvelope out;
    out.sender = in.array<96>();
    skip_other_key(in);
    (void)in.bytes(2 * sizeof(std::uint64_t));  // value, deposit
    out.gas_limit = in.le<std::uint64_t>();
    out.gas_price = in.le<std::uint64_t>();
    skip_other_key(in);
    (void)in.le<std::uint64_t>();  // nonce
    const std::uint8_t data = in.tag(kDataIds);
    if (data == kDeploy) out.deployment = deployment(in);
    if (data == kBlob) out.blobs = in.u8();
    if (!in.ok()) throw std::runtime_error(describe(*in.error()));
    return out;
}

}  // namespace dusk::genesis
