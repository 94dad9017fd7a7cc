// Several values of different types, by index.
#pragma once

#include "dusk/contract/types.hpp"

namespace dusk::contract {

template <size_t I, class T>
struct TupleItem {
    T value{};
    bool operator==(const TupleItem&) const = default;
};

template <class Order, class... T>
struct TupleItems;
template <size_t... I, class... T>
struct TupleItems<Indices<I...>, T...> : TupleItem<I, T>... {
    constexpr TupleItems() = default;
    constexpr TupleItems(T... values)
        requires(sizeof...(T) > 0)
        : TupleItem<I, T>{contract::move(values)}... {}
    bool operator==(const TupleItems&) const = default;
};

template <class... T>
struct Tuple : TupleItems<IndicesUpTo<sizeof...(T)>, T...> {
    using TupleItems<IndicesUpTo<sizeof...(T)>, T...>::TupleItems;
    bool operator==(const Tuple&) const = default;
};
template <class... T>
Tuple(T...) -> Tuple<T...>;

template <size_t I, class T>
[[nodiscard]] constexpr T& get(TupleItem<I, T>& item) {
    return item.value;
}
template <size_t I, class T>
[[nodiscard]] constexpr const T& get(const TupleItem<I, T>& item) {
    return item.value;
}

}  // namespace dusk::contract
