#include "phoenix/signature_format.hpp"

#include <algorithm>

#include "crypto/schnorr_bound.hpp"

namespace dusk::phoenix {
namespace {

using crypto::CheckedPoint;
using crypto::schnorr::PublicKeyDouble;

PublicKeyDouble keys_of(const InputNote& input) {
    return {CheckedPoint::of(input.note.stealth_address().note_pk()), CheckedPoint::of(input.note_pk_prime)};
}

}  // namespace

SignatureFormat signature_format(const TransferRequest& request) {
    const auto all = [&](auto holds) { return std::ranges::all_of(request.inputs, holds); };
    if (all([&](const InputNote& input) {
            return crypto::schnorr::bound::verify_double(keys_of(input), input.signature, request.payload_hash)
                .has_value();
        })) {
        return SignatureFormat::bound;
    }
    if (all([&](const InputNote& input) {
            return keys_of(input).verify(input.signature, request.payload_hash).has_value();
        })) {
        return SignatureFormat::released;
    }
    return SignatureFormat::other;
}

}  // namespace dusk::phoenix
