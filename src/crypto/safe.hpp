// The SAFE sponge over Hades, rate 4 and capacity 1: spec/crypto.md §6.2.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "crypto/hades.hpp"

namespace dusk::crypto::safe {

inline constexpr std::size_t kRate = 4;
inline constexpr std::uint32_t kMaxCallLength = 0x7fffffff;

enum class Error : std::uint8_t {
    invalid_pattern,    // does not start with absorb and end with squeeze, or a length is not 1 … 2^31 - 1
    pattern_violation,  // a call that the pattern does not have at this place
    unfinished,         // the sponge was finished before the last call of the pattern
};
[[nodiscard]] std::string_view to_string(Error error);

struct Call {
    enum class Kind : std::uint8_t { absorb, squeeze };
    Kind kind;
    std::size_t length;  // field elements

    friend bool operator==(const Call&, const Call&) = default;
};
[[nodiscard]] constexpr Call absorb(std::size_t length) { return {Call::Kind::absorb, length}; }
[[nodiscard]] constexpr Call squeeze(std::size_t length) { return {Call::Kind::squeeze, length}; }

// What the tag is hashed from: the merged calls as big-endian words, then the domain separator as 8 bytes.
// Error: invalid_pattern.
[[nodiscard]] Result<Bytes, Error> tag_input(std::span<const Call> pattern, std::uint64_t domain_separator);

// The first element of the state: `tag_input` hashed to a scalar. Error: invalid_pattern.
[[nodiscard]] Result<Fq, Error> tag(std::span<const Call> pattern, std::uint64_t domain_separator);

// A sponge that follows its pattern call by call. The state is wiped when the sponge goes.
class Sponge {
  public:
    // Error: invalid_pattern.
    [[nodiscard]] static Result<Sponge, Error> start(std::vector<Call> pattern, std::uint64_t domain_separator);

    Sponge(const Sponge&) = delete;
    Sponge& operator=(const Sponge&) = delete;
    Sponge(Sponge&& other) noexcept;
    Sponge& operator=(Sponge&&) = delete;
    ~Sponge();

    // The next call of the pattern must be an absorb of exactly this many elements. Error: pattern_violation,
    // and the sponge has not changed.
    [[nodiscard]] Result<void, Error> absorb(std::span<const Fq> input);
    // The next call of the pattern must be a squeeze of exactly this many elements. Error: pattern_violation,
    // and neither the sponge nor `output` has changed.
    [[nodiscard]] Result<void, Error> squeeze(std::span<Fq> output);
    // Error: unfinished.
    [[nodiscard]] Result<void, Error> finish() const;

  private:
    Sponge(std::vector<Call> pattern, const Fq& tag) : pattern_(std::move(pattern)), state_{tag} {}
    [[nodiscard]] bool next_is(const Call& call) const;

    std::vector<Call> pattern_;
    std::size_t next_call_ = 0;
    hades::State state_;
    std::size_t absorb_position_ = 0;
    std::size_t squeeze_position_ = 0;
};

}  // namespace dusk::crypto::safe
