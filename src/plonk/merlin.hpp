// Merlin transcripts: public-coin protocols made non-interactive over STROBE-128 (spec/plonk.md §6).
#pragma once

#include <string_view>

#include "base/bytes.hpp"

namespace dusk::plonk {

// The operations of STROBE-128 that Merlin uses: a duplex sponge over Keccak-f[1600] with a rate of 166 bytes.
class Strobe128 {
  public:
    explicit Strobe128(ByteView protocol);

    // `more` continues the operation before, which must have been the same.
    void meta_ad(ByteView data, bool more);
    void ad(ByteView data, bool more);
    void prf(MutableByteView out);

  private:
    static constexpr std::size_t kRate = 166;

    void begin(std::uint8_t flags);
    void absorb(ByteView data);
    void absorb_byte(std::uint8_t byte);
    void run_f();

    alignas(8) ByteArray<200> state_{};
    std::uint8_t position_ = 0;
    std::uint8_t begin_ = 0;
};

// Copying one forks it: both go on from the same history.
class MerlinTranscript {
  public:
    explicit MerlinTranscript(ByteView label);

    // Messages are below 2^32 bytes.
    void append(std::string_view label, ByteView message);
    void append_u64(std::string_view label, std::uint64_t value);
    // Challenges are below 2^32 bytes.
    void challenge(std::string_view label, MutableByteView out);

  private:
    Strobe128 strobe_;
};

}  // namespace dusk::plonk
