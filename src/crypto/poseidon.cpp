#include "crypto/poseidon.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/cpu.hpp"
#include "base/secret.hpp"
#include "crypto/hades.hpp"
#include "crypto/hades8.hpp"

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

// Absorbs all of a valid input; one more permutation makes the state ready to be squeezed.
hades::State absorb_all(const Fq& tag, std::span<const Fq> input) {
    hades::State state{tag};
    while (true) {
        const std::size_t count = std::min(input.size(), safe::kRate);
        for (std::size_t i = 0; i < count; ++i) state[1 + i] += input[i];
        input = input.subspan(count);
        if (input.empty()) return state;
        hades::permute(state);
    }
}

Fq squeeze_one(const hades::State& absorbed) { return hades::permute_to_element(absorbed, 1); }

// Digests of `out.size()` inputs of `length` elements; `input(i)` points to the first element of input i.
template <class Input>
void digest_each(const Fq& tag, std::size_t length, const Input& input, std::span<Fq> out) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = squeeze_one(absorb_all(tag, {input(i), length}));
}

#if defined(__x86_64__)

// The digests of 1 … 8 inputs; lanes without one repeat the last.
template <class Input>
void digest_lanes(const Fq& tag, std::size_t length, const Input& input, std::span<Fq> out) {
    std::array<const Fq*, hades::kLanes> from;
    for (std::size_t lane = 0; lane < from.size(); ++lane) from[lane] = input(std::min(lane, out.size() - 1));
    hades::State8 state{};
    state[0].fill(tag);
    for (std::size_t done = 0; true; done += safe::kRate) {
        const std::size_t count = std::min(length - done, safe::kRate);
        for (std::size_t i = 0; i < count; ++i) {
            for (std::size_t lane = 0; lane < from.size(); ++lane) state[1 + i][lane] += from[lane][done + i];
        }
        if (done + count == length) break;
        hades::permute8(state);
    }
    const auto digests = hades::permute8_to_element(state, 1);
    std::copy_n(digests.begin(), out.size(), out.begin());
}

#endif

// The same as `digest_each`, with the vector unit where there is one and it pays.
template <class Input>
void digest_all(const Fq& tag, std::size_t length, const Input& input, std::span<Fq> out) {
    std::size_t done = 0;
#if defined(__x86_64__)
    // Eight at once take the time of one and a half.
    while (cpu_features().avx512_ifma && out.size() - done > 1) {
        const std::size_t count = std::min(out.size() - done, hades::kLanes);
        digest_lanes(tag, length, [&](std::size_t i) { return input(done + i); }, out.subspan(done, count));
        done += count;
    }
#endif
    digest_each(tag, length, [&](std::size_t i) { return input(done + i); }, out.subspan(done));
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
            return "the number of elements does not fit: a Merkle node takes as many as the tree has arity";
        case Error::too_long:
            return "Poseidon takes fewer than 2^31 elements";
        case Error::decryption_failed:
            return "the cipher does not fit the key and nonce, or was changed";
    }
    return "unknown error";
}

Result<Fq, Error> digest(Domain domain, std::span<const Fq> input) {
    if (const auto error = check_input(domain, input.size())) return fail(*error);
    return squeeze_one(absorb_all(digest_tag(domain, input.size()), input));
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
    return squeeze_one(absorb_all(digest_tag(Domain::merkle4, children.size()), children));
}

Fq merkle2_node(const std::array<Fq, 2>& children) {
    return squeeze_one(absorb_all(digest_tag(Domain::merkle2, children.size()), children));
}

Result<void, Error> digest_batch(Domain domain, std::size_t length, std::span<const Fq> inputs, std::span<Fq> out) {
    if (const auto error = check_input(domain, length)) return fail(*error);
    if (inputs.size() % length != 0 || inputs.size() / length != out.size()) return fail(Error::wrong_input_count);
    digest_all(digest_tag(domain, length), length, [&](std::size_t i) { return inputs.data() + i * length; }, out);
    return {};
}

void merkle4_nodes(std::span<const std::array<Fq, 4>> nodes, std::span<Fq> out) {
    digest_all(digest_tag(Domain::merkle4, 4), 4, [&](std::size_t i) { return nodes[i].data(); }, out);
}

void merkle4_nodes(std::span<const std::array<Fq, 4>* const> nodes, std::span<Fq> out) {
    digest_all(digest_tag(Domain::merkle4, 4), 4, [&](std::size_t i) { return nodes[i]->data(); }, out);
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
    while (out.size() < output_length_) {
        hades::permute(state);
        const auto count = static_cast<std::ptrdiff_t>(std::min(output_length_ - out.size(), safe::kRate));
        out.insert(out.end(), state.begin() + 1, state.begin() + 1 + count);
    }
    return out;
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
