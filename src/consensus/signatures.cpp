#include "consensus/signatures.hpp"

namespace dusk::consensus {

std::string_view to_string(SigningError error) {
    switch (error) {
        case SigningError::conflict:
            return "something else was signed for this step before";
        case SigningError::not_stored:
            return "the journal of signatures cannot be written";
        case SigningError::waiting:
            return "another node with this key may be running; it is not yet time to sign";
    }
    return "unknown error";
}

}  // namespace dusk::consensus
