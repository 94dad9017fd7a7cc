#include "crypto/error.hpp"

namespace dusk::crypto {

std::string_view to_string(DecodeError error) {
    switch (error) {
        case DecodeError::bad_length:
            return "the bytes have the wrong length for this type";
        case DecodeError::not_canonical:
            return "an integer is not below its modulus";
        case DecodeError::bad_flags:
            return "the flag bits contradict the encoded point";
        case DecodeError::not_on_curve:
            return "the coordinates are not a point of the curve";
        case DecodeError::not_in_subgroup:
            return "the point is outside the prime-order subgroup";
        case DecodeError::identity:
            return "the identity point is not allowed here";
        case DecodeError::bad_tag:
            return "an unknown type tag";
        case DecodeError::bad_text:
            return "the text is not base58 of this size";
    }
    return "unknown error";
}

}  // namespace dusk::crypto
