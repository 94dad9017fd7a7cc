// How the reference results print the outcome of a BLS operation.
#pragma once

#include <string>

#include "crypto/bls_signature.hpp"

namespace dusk::vectors {

inline std::string outcome(crypto::BlsError error) {
    switch (error) {
        case crypto::BlsError::no_keys:
            return "Err(NoKeysProvided)";
        case crypto::BlsError::invalid_point:
            return "Err(InvalidPoint)";
        case crypto::BlsError::invalid_signature:
            return "Err(InvalidSignature)";
    }
    return "";
}

template <class T>
std::string outcome(const Result<T, crypto::BlsError>& result) {
    return result ? "Ok(())" : outcome(result.error());
}

}  // namespace dusk::vectors
