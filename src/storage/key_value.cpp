#include "storage/key_value.hpp"

#include <cassert>

namespace dusk::storage {

KeyRange keys_with(Bytes prefix) {
    Bytes end = prefix;
    while (!end.empty() && end.back() == 0xff) end.pop_back();
    assert(!end.empty());
    ++end.back();
    return {std::move(prefix), std::move(end)};
}

}  // namespace dusk::storage
