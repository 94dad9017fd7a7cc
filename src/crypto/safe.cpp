#include "crypto/safe.hpp"

#include <utility>

#include "base/secret.hpp"

namespace dusk::crypto::safe {
namespace {

constexpr std::uint32_t kAbsorbBit = 0x80000000;
constexpr std::size_t kCapacity = 1;

bool is_valid(std::span<const Call> pattern) {
    if (pattern.empty() || pattern.front().kind != Call::Kind::absorb || pattern.back().kind != Call::Kind::squeeze) {
        return false;
    }
    for (const Call& call : pattern) {
        if (call.length == 0 || call.length > kMaxCallLength) return false;
    }
    return true;
}

}  // namespace

std::string_view to_string(Error error) {
    switch (error) {
        case Error::invalid_pattern:
            return "a sponge pattern starts with absorb, ends with squeeze and has no empty call";
        case Error::pattern_violation:
            return "the sponge was called otherwise than its pattern says";
        case Error::unfinished:
            return "the sponge was finished before the end of its pattern";
    }
    return "unknown error";
}

Result<Bytes, Error> tag_input(std::span<const Call> pattern, std::uint64_t domain_separator) {
    if (!is_valid(pattern)) return fail(Error::invalid_pattern);
    std::vector<std::uint32_t> words;
    const Call* previous = nullptr;
    for (const Call& call : pattern) {
        const auto length = static_cast<std::uint32_t>(call.length);
        if (previous != nullptr && previous->kind == call.kind) {
            words.back() += length;
        } else {
            words.push_back(call.kind == Call::Kind::absorb ? kAbsorbBit + length : length);
        }
        previous = &call;
    }
    Bytes out(4 * words.size() + 8);
    for (std::size_t i = 0; i < words.size(); ++i) store_be(out.data() + 4 * i, words[i]);
    store_be(out.data() + 4 * words.size(), domain_separator);
    return out;
}

Result<Fq, Error> tag(std::span<const Call> pattern, std::uint64_t domain_separator) {
    return transform(tag_input(pattern, domain_separator),
                     [](const Bytes& input) { return Fq::hash_to_scalar(input); });
}

Result<Sponge, Error> Sponge::start(std::vector<Call> pattern, std::uint64_t domain_separator) {
    const auto first = tag(pattern, domain_separator);
    if (!first) return fail(first.error());
    return Sponge(std::move(pattern), *first);
}

Sponge::Sponge(Sponge&& other) noexcept
    : pattern_(std::move(other.pattern_)),
      next_call_(other.next_call_),
      state_(other.state_),
      absorb_position_(other.absorb_position_),
      squeeze_position_(other.squeeze_position_) {
    other.pattern_.clear();
    other.next_call_ = 0;
}

Sponge::~Sponge() { wipe_object(state_); }

bool Sponge::next_is(const Call& call) const { return next_call_ < pattern_.size() && pattern_[next_call_] == call; }

Result<void, Error> Sponge::absorb(std::span<const Fq> input) {
    if (!next_is(safe::absorb(input.size()))) return fail(Error::pattern_violation);
    for (const Fq& element : input) {
        if (absorb_position_ == kRate) {
            hades::permute(state_);
            absorb_position_ = 0;
        }
        state_[kCapacity + absorb_position_++] += element;
    }
    squeeze_position_ = kRate;  // the next squeeze permutes
    ++next_call_;
    return {};
}

Result<void, Error> Sponge::squeeze(std::span<Fq> output) {
    if (!next_is(safe::squeeze(output.size()))) return fail(Error::pattern_violation);
    for (Fq& element : output) {
        if (squeeze_position_ == kRate) {
            hades::permute(state_);
            squeeze_position_ = 0;
            absorb_position_ = 0;
        }
        element = state_[kCapacity + squeeze_position_++];
    }
    ++next_call_;
    return {};
}

Result<void, Error> Sponge::finish() const {
    if (next_call_ != pattern_.size()) return fail(Error::unfinished);
    return {};
}

}  // namespace dusk::crypto::safe
