#include "crypto/merkle_tree.hpp"

namespace dusk::crypto {

std::string_view to_string(MerkleError error) {
    switch (error) {
        case MerkleError::beyond_capacity:
            return "the position is beyond the capacity of the Merkle tree";
        case MerkleError::too_many_nodes:
            return "the Merkle tree holds as many nodes as it can number";
        case MerkleError::bad_position:
            return "the opening names a child that a node does not have";
    }
    return "unknown error";
}

}  // namespace dusk::crypto
