#include "plonk/merlin.hpp"

#include <algorithm>

#include "crypto/keccak.hpp"

namespace dusk::plonk {
namespace {

enum Flag : std::uint8_t { kInbound = 1, kApplication = 2, kCipher = 4, kMeta = 16 };

ByteArray<4> le32(std::size_t value) {
    ByteArray<4> out;
    store_le(out.data(), static_cast<std::uint32_t>(value));
    return out;
}

}  // namespace

Strobe128::Strobe128(ByteView protocol) {
    static constexpr std::string_view version = "STROBEv1.0.2";
    const ByteArray<6> start{1, kRate + 2, 1, 0, 1, 96};
    std::ranges::copy(start, state_.begin());
    std::ranges::copy(version, state_.begin() + start.size());
    std::array<std::uint64_t, 25> lanes;
    for (std::size_t i = 0; i < lanes.size(); ++i) lanes[i] = load_le<std::uint64_t>(state_.data() + 8 * i);
    crypto::keccak_f1600(lanes);
    for (std::size_t i = 0; i < lanes.size(); ++i) store_le(state_.data() + 8 * i, lanes[i]);
    meta_ad(protocol, false);
}

void Strobe128::meta_ad(ByteView data, bool more) {
    if (!more) begin(kMeta | kApplication);
    absorb(data);
}

void Strobe128::ad(ByteView data, bool more) {
    if (!more) begin(kApplication);
    absorb(data);
}

void Strobe128::prf(MutableByteView out) {
    begin(kInbound | kApplication | kCipher);
    for (std::uint8_t& byte : out) {
        byte = state_[position_];
        state_[position_] = 0;
        if (++position_ == kRate) run_f();
    }
}

void Strobe128::begin(std::uint8_t flags) {
    const std::uint8_t before = begin_;
    begin_ = position_ + 1;
    absorb_byte(before);
    absorb_byte(flags);
    if ((flags & kCipher) != 0 && position_ != 0) run_f();
}

void Strobe128::absorb(ByteView data) {
    for (const std::uint8_t byte : data) absorb_byte(byte);
}

void Strobe128::absorb_byte(std::uint8_t byte) {
    state_[position_] ^= byte;
    if (++position_ == kRate) run_f();
}

void Strobe128::run_f() {
    state_[position_] ^= begin_;
    state_[position_ + 1] ^= 0x04;
    state_[kRate + 1] ^= 0x80;
    std::array<std::uint64_t, 25> lanes;
    for (std::size_t i = 0; i < lanes.size(); ++i) lanes[i] = load_le<std::uint64_t>(state_.data() + 8 * i);
    crypto::keccak_f1600(lanes);
    for (std::size_t i = 0; i < lanes.size(); ++i) store_le(state_.data() + 8 * i, lanes[i]);
    position_ = 0;
    begin_ = 0;
}

MerlinTranscript::MerlinTranscript(ByteView label) : strobe_(as_bytes("Merlin v1.0")) { append("dom-sep", label); }

void MerlinTranscript::append(std::string_view label, ByteView message) {
    strobe_.meta_ad(as_bytes(label), false);
    strobe_.meta_ad(le32(message.size()), true);
    strobe_.ad(message, false);
}

void MerlinTranscript::append_u64(std::string_view label, std::uint64_t value) {
    ByteArray<8> bytes;
    store_le(bytes.data(), value);
    append(label, bytes);
}

void MerlinTranscript::challenge(std::string_view label, MutableByteView out) {
    strobe_.meta_ad(as_bytes(label), false);
    strobe_.meta_ad(le32(out.size()), true);
    strobe_.prf(out);
}

}  // namespace dusk::plonk
