#include "chain/block_store.hpp"

namespace dusk::chain {

std::string_view to_string(StoreFailure::Kind kind) {
    switch (kind) {
        case StoreFailure::Kind::damaged:
            return "what is stored cannot be read";
        case StoreFailure::Kind::io:
            return "the disk failed or is full";
    }
    return "unknown error";
}

}  // namespace dusk::chain
