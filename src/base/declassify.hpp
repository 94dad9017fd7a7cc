// Where a value that was computed from secrets becomes public: a public key, a signature, the fact that a scalar is
// canonical. It changes nothing; the check of constant time (tests/ctime) learns here that branches on the value are
// allowed from then on.
#pragma once

#include <cstddef>
#include <type_traits>

namespace dusk {

using DeclassifyHook = void (*)(const void* object, std::size_t size);
// Set by the check only, before anything else runs.
inline DeclassifyHook declassify_hook = nullptr;

template <class T>
    requires std::is_trivially_copyable_v<T>
void declassify(const T& value) {
    if (declassify_hook != nullptr) [[unlikely]]
        declassify_hook(&value, sizeof(T));
}

}  // namespace dusk
