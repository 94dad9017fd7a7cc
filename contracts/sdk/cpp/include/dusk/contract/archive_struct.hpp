// Archives of structs and tuples.
//
//     struct Transfer {
//         Account from;
//         Account to;
//         uint64_t value = 0;
//         DUSK_FIELDS(Transfer, from, to, value)   // in declaration order of the Rust struct
//     };
//
// What the fields of a struct point to is written and checked in declaration order, of a tuple from the last element to
// the first. Offsets follow layout.hpp.
#pragma once

#include "dusk/contract/archive_collections.hpp"
#include "dusk/contract/macros.hpp"
#include "dusk/contract/tuple.hpp"

namespace dusk::contract {

template <class Pointer>
struct MemberOf;
template <class Class, class Type>
struct MemberOf<Type Class::*> {
    using Value = Type;
};

template <auto... Members>
struct Fields {
    static constexpr size_t count = sizeof...(Members);
};

#define DUSK_MEMBER(Type, name) &Type::name
#define DUSK_FIELDS(Type, ...)                                                                      \
    static constexpr auto dusk_fields() {                                                           \
        return ::dusk::contract::Fields<DUSK_LIST(DUSK_MEMBER, Type __VA_OPT__(, ) __VA_ARGS__)>{}; \
    }                                                                                               \
    static constexpr ::dusk::contract::StringView dusk_type_name() { return #Type; }                \
    static constexpr ::dusk::contract::StringView dusk_field_names() { return #__VA_ARGS__; }

template <class T>
concept HasFields = requires { T::dusk_fields(); };

// Steps of a composite, chosen by the index of the field.
template <class Owner, auto... Members>
struct FieldAccess {
    template <size_t I>
    [[nodiscard]] static constexpr auto member() {
        return get<I>(Tuple<decltype(Members)...>(Members...));
    }
    template <size_t I>
    using Item = Archive<typename MemberOf<decltype(member<I>())>::Value>;
    template <size_t I>
    [[nodiscard]] static const auto& of(const Owner& owner) {
        return owner.*member<I>();
    }
    template <size_t I>
    [[nodiscard]] static auto& of(Owner& owner) {
        return owner.*member<I>();
    }
};

template <size_t I, class First, class... Rest>
struct TypeAt {
    using Type = typename TypeAt<I - 1, Rest...>::Type;
};
template <class First, class... Rest>
struct TypeAt<0, First, Rest...> {
    using Type = First;
};

template <class... T>
struct ElementAccess {
    using Owner = Tuple<T...>;
    template <size_t I>
    using Item = Archive<typename TypeAt<I, T...>::Type>;
    template <size_t I>
    [[nodiscard]] static const auto& of(const Owner& owner) {
        return get<I>(owner);
    }
    template <size_t I>
    [[nodiscard]] static auto& of(Owner& owner) {
        return get<I>(owner);
    }
};

// `Order` lists the indices in the order of writing and checking.
template <class Owner, class Access, Composite Kind, class All, class Order>
struct CompositeArchive;
template <class Owner, class Access, Composite Kind, size_t... I, size_t... Ordered>
struct CompositeArchive<Owner, Access, Kind, Indices<I...>, Indices<Ordered...>> {
    template <size_t K>
    using Item = typename Access::template Item<K>;
    static constexpr size_t count = sizeof...(I);
    static constexpr FieldShape shapes[count]{{Item<I>::size, Item<I>::alignment, Item<I>::niche}...};
    static constexpr Layout<count> layout = lay_out(shapes, Kind);
    static constexpr uint32_t size = layout.size;
    static constexpr uint32_t alignment = layout.alignment;
    static constexpr Niche niche = layout.niche;
    static constexpr bool plain = (Same<typename Item<I>::Parts, Unit> && ...);
    using Parts = Choose<plain, Unit, Tuple<typename Item<I>::Parts...>>;

    static Parts write_parts(Sink& sink, const Owner& owner) {
        Parts parts{};
        if constexpr (!plain) {
            ((get<Ordered>(parts) = Item<Ordered>::write_parts(sink, Access::template of<Ordered>(owner))), ...);
        }
        return parts;
    }
    static void write_self(Sink& sink, uint32_t at, const Owner& owner, const Parts& parts) {
        if constexpr (plain) {
            (Item<I>::write_self(sink, at + layout.offsets[I], Access::template of<I>(owner), parts), ...);
        } else {
            (Item<I>::write_self(sink, at + layout.offsets[I], Access::template of<I>(owner), get<I>(parts)), ...);
        }
    }
    static bool read(Source& source, uint32_t at, Owner& owner) {
        return (Item<Ordered>::read(source, at + layout.offsets[Ordered], Access::template of<Ordered>(owner)) && ...);
    }
};

template <class T>
struct Backwards;
template <size_t... I>
struct Backwards<Indices<I...>> {
    using Type = Indices<(sizeof...(I) - 1 - I)...>;
};

template <class T, class List>
struct StructArchive;
template <class T, auto... Members>
struct StructArchive<T, Fields<Members...>>
    : CompositeArchive<T, FieldAccess<T, Members...>, Composite::structure, IndicesUpTo<sizeof...(Members)>,
                       IndicesUpTo<sizeof...(Members)>> {};

template <HasFields T>
struct Archive<T> : StructArchive<T, decltype(T::dusk_fields())> {};

template <class... T>
    requires(sizeof...(T) > 0)
struct Archive<Tuple<T...>>
    : CompositeArchive<Tuple<T...>, ElementAccess<T...>, Composite::tuple, IndicesUpTo<sizeof...(T)>,
                       typename Backwards<IndicesUpTo<sizeof...(T)>>::Type> {};

template <>
struct Archive<Tuple<>> : PlainArchive<Tuple<>, 0, 1> {
    static void write_self(Sink& /*sink*/, uint32_t /*at*/, Tuple<> /*value*/, Unit /*parts*/) {}
    static bool read(Source& /*source*/, uint32_t /*at*/, Tuple<>& /*out*/) { return true; }
};

// DUSK_LAYOUT(Transfer, 424, 8, 0, 208, 416): size, alignment and the offset of every field, as measured where the
// other side was compiled. The contract does not compile when they are not what the rule gives.
template <class T>
[[nodiscard]] constexpr bool has_layout(uint32_t size, uint32_t alignment, const auto... offsets) {
    const uint32_t expected[]{static_cast<uint32_t>(offsets)...};
    if (Archive<T>::size != size || Archive<T>::alignment != alignment) return false;
    if (sizeof...(offsets) != Archive<T>::count) return false;
    for (size_t i = 0; i < sizeof...(offsets); ++i) {
        if (Archive<T>::layout.offsets[i] != expected[i]) return false;
    }
    return true;
}
#define DUSK_LAYOUT(Type, ...)                                     \
    static_assert(::dusk::contract::has_layout<Type>(__VA_ARGS__), \
                  "the archive of " #Type " is laid out otherwise where it was measured")

}  // namespace dusk::contract
