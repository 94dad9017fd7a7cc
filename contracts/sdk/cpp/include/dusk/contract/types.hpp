// What the SDK uses of the language instead of a standard library: integers, moving, placement, index lists.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace dusk::contract {

__extension__ typedef unsigned __int128 uint128_t;

// The value of Rust's (): no argument, no result.
struct Unit {
    bool operator==(const Unit&) const = default;
};

template <class T>
using Plain = __remove_cvref(T);

template <class A, class B>
concept Same = __is_same(A, B);

template <class T>
concept Integer = __is_integral(T) && !__is_same(T, bool);

template <class T>
[[nodiscard]] constexpr __remove_reference_t(T)&& move(T&& value) {
    return static_cast<__remove_reference_t(T)&&>(value);
}
template <class T>
[[nodiscard]] constexpr T&& forward(__remove_reference_t(T)& value) {
    return static_cast<T&&>(value);
}
template <class T>
constexpr void swap(T& a, T& b) {
    T kept = contract::move(a);
    a = contract::move(b);
    b = contract::move(kept);
}

template <size_t... I>
struct Indices {};
template <class T, T... I>
struct IndicesOf {
    using Type = Indices<static_cast<size_t>(I)...>;
};
template <size_t N>
using IndicesUpTo = typename __make_integer_seq<IndicesOf, size_t, N>::Type;

template <bool Condition, class A, class B>
struct ChooseType {
    using Type = A;
};
template <class A, class B>
struct ChooseType<false, A, B> {
    using Type = B;
};
template <bool Condition, class A, class B>
using Choose = typename ChooseType<Condition, A, B>::Type;

// Marks our placement new, so that it stands beside the one of <new>.
enum class InPlace : uint8_t { here };

}  // namespace dusk::contract

inline void* operator new(size_t /*size*/, void* at, dusk::contract::InPlace /*mark*/) { return at; }
inline void operator delete(void* /*at*/, void* /*place*/, dusk::contract::InPlace /*mark*/) {}

namespace dusk::contract {

template <class T, class... Arguments>
T* construct(T* at, Arguments&&... arguments) {
    return ::new (at, InPlace::here) T(contract::forward<Arguments>(arguments)...);
}

}  // namespace dusk::contract
