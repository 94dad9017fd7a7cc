#include "crypto/poseidon.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/secret.hpp"
#include "crypto/hades.hpp"

namespace dusk::crypto::poseidon {
namespace {

std::uint64_t separator(Domain domain) { return std::to_underlying(domain); }

// Tags of digests of one element are the same at each call: those of short inputs are kept.
class TagTable {
  public:
    static constexpr std::size_t kLongest = 32;

    explicit TagTable(Domain domain) {
        for (std::size_t length = 1; length <= kLongest; ++length) tags_[length - 1] = compute(domain, length);
    }
    [[nodiscard]] const Fq& of(std::size_t length) const { return tags_[length - 1]; }

    [[nodiscard]] static Fq compute(Domain domain, std::size_t length) {
        const std::array pattern{safe::absorb(length), safe::squeeze(1)};
        return safe::tag(pattern, separator(domain)).value();
    }

  private:
    std::array<Fq, kLongest> tags_;
};

Fq digest_tag(Domain domain, std::size_t length) {
    switch (domain) {
        case Domain::merkle4: {
            static const Fq tag = TagTable::compute(Domain::merkle4, 4);
            return tag;
        }
        case Domain::merkle2: {
            static const Fq tag = TagTable::compute(Domain::merkle2, 2);
            return tag;
        }
        case Domain::other: {
            static const TagTable tags(Domain::other);
            if (length <= TagTable::kLongest) return tags.of(length);
            break;
        }
        case Domain::encryption:
            break;
    }
    return TagTable::compute(domain, length);
}

std::optional<Error> check_input(Domain domain, std::size_t length) {
    if (domain == Domain::merkle4 && length != 4) return Error::wrong_input_count;
    if (domain == Domain::merkle2 && length != 2) return Error::wrong_input_count;
    if (length == 0) return Error::empty_input;
    if (length > safe::kMaxCallLength) return Error::too_long;
    return {};
}

// Absorbs all of a valid input and permutes; the state then is ready to be squeezed.
hades::State absorb_all(const Fq& tag, std::span<const Fq> input) {
    hades::State state{tag};
    while (true) {
        const std::size_t count = std::min(input.size(), safe::kRate);
        for (std::size_t i = 0; i < count; ++i) state[1 + i] += input[i];
        hades::permute(state);
        input = input.subspan(count);
        if (input.empty()) return state;
    }
}

Result<std::vector<Fr>, Error> truncate_all(const Result<std::vector<Fq>, Error>& elements) {
    return transform(elements, [](const std::vector<Fq>& in) {
        std::vector<Fr> out;
        out.reserve(in.size());
        for (const Fq& x : in) out.push_back(truncate(x));
        return out;
    });
}

// A sponge that has absorbed secret and nonce, and the key stream of `length` elements that it gave. `length` is
// 1 … 2^31 - 1, which makes the pattern valid; the calls follow it.
class KeyedSponge {
  public:
    KeyedSponge(std::size_t length, const SharedSecret& secret, const Fq& nonce)
        : sponge_(safe::Sponge::start(
                      {safe::absorb(2), safe::absorb(1), safe::squeeze(length), safe::absorb(length), safe::squeeze(1)},
                      separator(Domain::encryption))
                      .value()),
          stream_(length) {
        sponge_.absorb(std::array{secret.u, secret.v}).value();
        sponge_.absorb(std::array{nonce}).value();
        sponge_.squeeze(stream_).value();
    }

    [[nodiscard]] const Fq& key(std::size_t i) const { return stream_[i]; }
    // The last element of the cipher of this message. Once.
    [[nodiscard]] Fq authenticate(std::span<const Fq> message) {
        std::array<Fq, 1> out;
        sponge_.absorb(message).value();
        sponge_.squeeze(out).value();
        sponge_.finish().value();
        return out[0];
    }

  private:
    safe::Sponge sponge_;
    std::vector<Fq, WipingAllocator<Fq>> stream_;
};

std::optional<Error> check_message(std::size_t length) {
    if (length == 0) return Error::empty_input;
    if (length > safe::kMaxCallLength) return Error::too_long;
    return {};
}

}  // namespace

std::string_view to_string(Error error) {
    switch (error) {
        case Error::empty_input:
            return "Poseidon needs at least one element";
        case Error::wrong_input_count:
            return "a Merkle node takes exactly as many elements as the tree has arity";
        case Error::too_long:
            return "Poseidon takes fewer than 2^31 elements";
        case Error::decryption_failed:
            return "the cipher does not fit the key and nonce, or was changed";
    }
    return "unknown error";
}

Result<Fq, Error> digest(Domain domain, std::span<const Fq> input) {
    if (const auto error = check_input(domain, input.size())) return fail(*error);
    return absorb_all(digest_tag(domain, input.size()), input)[1];
}

Result<Fr, Error> digest_truncated(Domain domain, std::span<const Fq> input) {
    return transform(digest(domain, input), truncate);
}

Fr truncate(const Fq& x) {
    Limbs4 integer = x.to_integer();
    integer[3] &= 0x03ffffffffffffff;
    return Fr::from_raw(integer);
}

Fq merkle4_node(const std::array<Fq, 4>& children) {
    return absorb_all(digest_tag(Domain::merkle4, children.size()), children)[1];
}

Fq merkle2_node(const std::array<Fq, 2>& children) {
    return absorb_all(digest_tag(Domain::merkle2, children.size()), children)[1];
}

Hash& Hash::output_len(std::size_t length) {
    if (domain_ == Domain::other && length > 0) output_length_ = length;
    return *this;
}

Hash& Hash::update(std::span<const Fq> input) {
    input_.insert(input_.end(), input.begin(), input.end());
    parts_.push_back(input.size());
    return *this;
}

Result<std::vector<Fq>, Error> Hash::finalize() const {
    if (const auto error = check_input(domain_, input_.size())) return fail(*error);
    if (std::ranges::find(parts_, 0U) != parts_.end()) return fail(Error::empty_input);
    if (output_length_ > safe::kMaxCallLength) return fail(Error::too_long);
    const std::array pattern{safe::absorb(input_.size()), safe::squeeze(output_length_)};
    hades::State state = absorb_all(safe::tag(pattern, separator(domain_)).value(), input_);
    std::vector<Fq> out;
    out.reserve(output_length_);
    while (true) {
        const std::size_t count = std::min(output_length_ - out.size(), safe::kRate);
        out.insert(out.end(), state.begin() + 1, state.begin() + 1 + static_cast<std::ptrdiff_t>(count));
        if (out.size() == output_length_) return out;
        hades::permute(state);
    }
}

Result<std::vector<Fr>, Error> Hash::finalize_truncated() const { return truncate_all(finalize()); }

Result<std::vector<Fq>, Error> encrypt(std::span<const Fq> message, const SharedSecret& secret, const Fq& nonce) {
    if (const auto error = check_message(message.size())) return fail(*error);
    KeyedSponge keyed(message.size(), secret, nonce);
    std::vector<Fq> cipher;
    cipher.reserve(message.size() + 1);
    for (std::size_t i = 0; i < message.size(); ++i) cipher.push_back(message[i] + keyed.key(i));
    cipher.push_back(keyed.authenticate(message));
    return cipher;
}

Result<std::vector<Fq>, Error> decrypt(std::span<const Fq> cipher, const SharedSecret& secret, const Fq& nonce) {
    if (cipher.empty()) return fail(Error::empty_input);
    if (const auto error = check_message(cipher.size() - 1)) return fail(*error);
    KeyedSponge keyed(cipher.size() - 1, secret, nonce);
    std::vector<Fq> message;
    message.reserve(cipher.size() - 1);
    for (std::size_t i = 0; i + 1 < cipher.size(); ++i) message.push_back(cipher[i] - keyed.key(i));
    if (keyed.authenticate(message) != cipher.back()) {
        for (Fq& element : message) wipe_object(element);
        return fail(Error::decryption_failed);
    }
    return message;
}

}  // namespace dusk::crypto::poseidon
