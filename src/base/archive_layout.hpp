// Tables for the archives of structs, tuples and enums.
//
// The compiler of the reference chooses the order of fields (spec/vm.md §9.6), so size, alignment and every offset are
// measured and written down, never computed. Fields are listed in declaration order: in this order the reference writes
// what they point to, and in this order it checks them. Only tuples go the other way round.
//
//     template <>
//     struct Archived<Mixed> : ArchivedStruct<Mixed, 32, 8, Field<&Mixed::a, 30>, Field<&Mixed::b, 0>> {};
//     template <>
//     struct Archived<std::tuple<std::uint8_t, std::uint64_t>>
//         : ArchivedTuple<std::tuple<std::uint8_t, std::uint64_t>, 16, 8, 0, 8> {};
//     using Fault = std::variant<Panic, OutOfGas>;
//     template <>
//     struct Archived<Fault> : ArchivedEnum<Fault, 12, 4, Variant<Panic, Field<&Panic::text, 4>>, Variant<OutOfGas>>
//     {};
#pragma once

#include "base/archive.hpp"

namespace dusk {

template <class Pointer>
struct MemberOf;
template <class Class, class Type>
struct MemberOf<Type Class::*> {
    using Owner = Class;
    using Value = Type;
};

// A data member and the offset of its archived form.
template <auto Pointer, std::size_t Offset>
struct Field {
    using Owner = typename MemberOf<decltype(Pointer)>::Owner;
    using Item = Archived<typename MemberOf<decltype(Pointer)>::Value>;
    static constexpr std::size_t offset = Offset;
    static const auto& of(const Owner& owner) { return owner.*Pointer; }
    static auto& of(Owner& owner) { return owner.*Pointer; }
};

// The same for an element of a tuple.
template <class Tuple, std::size_t Index, std::size_t Offset>
struct Element {
    using Item = Archived<std::tuple_element_t<Index, Tuple>>;
    static constexpr std::size_t offset = Offset;
    static const auto& of(const Tuple& owner) { return std::get<Index>(owner); }
    static auto& of(Tuple& owner) { return std::get<Index>(owner); }
};

struct FieldPlace {
    std::size_t offset;
    std::size_t size;
    std::size_t alignment;
};

// A table that cannot be right: a field that is misaligned, outside the object, or on top of another one.
template <std::size_t N>
[[nodiscard]] constexpr bool fields_fit(const std::array<FieldPlace, N>& fields, std::size_t size,
                                        std::size_t alignment, std::size_t first_free) {
    if (size % alignment != 0) return false;
    for (std::size_t i = 0; i < N; ++i) {
        const FieldPlace& a = fields[i];
        if (a.offset % a.alignment != 0 || a.alignment > alignment) return false;
        if (a.offset + a.size > size || (a.size > 0 && a.offset < first_free)) return false;
        for (std::size_t k = 0; k < i; ++k) {
            const FieldPlace& b = fields[k];
            if (a.offset < b.offset + b.size && b.offset < a.offset + a.size) return false;
        }
    }
    return true;
}

// Several fields of one owner, in declaration order.
template <class Owner, class... Fields>
struct FieldList {
    using Resolver = std::tuple<typename Fields::Item::Resolver...>;
    static constexpr std::array<FieldPlace, sizeof...(Fields)> places{
        FieldPlace{Fields::offset, Fields::Item::size, Fields::Item::alignment}...};

    // A struct of the fields' notes, sorted by alignment.
    static constexpr ScratchShape scratch = [] {
        ScratchShape sum;
        ((sum.size += Fields::Item::scratch.size), ...);
        ((sum.alignment = std::max(sum.alignment, Fields::Item::scratch.alignment)), ...);
        ((sum.spare_tags = std::max(sum.spare_tags, Fields::Item::scratch.spare_tags)), ...);
        sum.size = align_up(sum.size, sum.alignment);
        return sum;
    }();

    static Resolver write_parts([[maybe_unused]] ArchiveSink& sink, [[maybe_unused]] const Owner& owner) {
        return Resolver{Fields::Item::write_parts(sink, Fields::of(owner))...};
    }
    static void write_self([[maybe_unused]] ArchiveSink& sink, [[maybe_unused]] std::size_t at,
                           [[maybe_unused]] const Owner& owner, const Resolver& resolver) {
        std::apply(
            [&]([[maybe_unused]] const auto&... parts) {
                (Fields::Item::write_self(sink, at + Fields::offset, Fields::of(owner), parts), ...);
            },
            resolver);
    }
    static bool read([[maybe_unused]] ArchiveSource& source, [[maybe_unused]] std::size_t at,
                     [[maybe_unused]] Owner& owner) {
        return (Fields::Item::read(source, at + Fields::offset, Fields::of(owner)) && ...);
    }
};

template <class T, std::size_t Size, std::size_t Alignment, class... Fields>
struct ArchivedStruct : FieldList<T, Fields...> {
    static constexpr std::size_t size = Size;
    static constexpr std::size_t alignment = Alignment;
    static_assert(fields_fit(FieldList<T, Fields...>::places, Size, Alignment, 0), "the layout table is wrong");
};

template <class Tuple, class Indices, std::size_t Size, std::size_t Alignment, std::size_t... Offsets>
struct ArchivedElements;
template <class Tuple, std::size_t... Indices, std::size_t Size, std::size_t Alignment, std::size_t... Offsets>
struct ArchivedElements<Tuple, std::index_sequence<Indices...>, Size, Alignment, Offsets...>
    : ArchivedStruct<Tuple, Size, Alignment,
                     Element<Tuple, sizeof...(Indices) - 1 - Indices,
                             std::array{Offsets...}[sizeof...(Indices) - 1 - Indices]>...> {
    static_assert(sizeof...(Indices) == sizeof...(Offsets));
};
// One offset per element, first to last. Unlike structs, tuples are written and checked from the last element to the
// first (measured; docs/design/archive.md).
template <class Tuple, std::size_t Size, std::size_t Alignment, std::size_t... Offsets>
struct ArchivedTuple
    : ArchivedElements<Tuple, std::make_index_sequence<std::tuple_size_v<Tuple>>, Size, Alignment, Offsets...> {};

// One variant of an enum: an alternative of a std::variant and its fields; offsets count from the tag.
template <class Alternative, class... Fields>
struct Variant : FieldList<Alternative, Fields...> {
    using Type = Alternative;
};

// `T` is a std::variant whose alternatives are those of `Variants`, in declaration order. The tag is the first byte.
template <class T, std::size_t Size, std::size_t Alignment, class... Variants>
struct ArchivedEnum {
    static constexpr std::size_t size = Size;
    static constexpr std::size_t alignment = Alignment;
    using Resolver = std::variant<typename Variants::Resolver...>;
    static_assert(std::same_as<T, std::variant<typename Variants::Type...>>);
    static_assert((fields_fit(Variants::places, Size, Alignment, 1) && ...), "the layout table is wrong");

    // A tag and the largest note; no tag where the only variant with a note has spare tags for the others.
    static constexpr ScratchShape scratch = [] {
        ScratchShape most;
        std::size_t with_notes = 0;
        ((with_notes += Variants::scratch.size > 0 ? 1 : 0), ...);
        ((most.size = std::max(most.size, align_up(1, Variants::scratch.alignment) + Variants::scratch.size)), ...);
        ((most.alignment = std::max(most.alignment, Variants::scratch.alignment)), ...);
        ((most.spare_tags = std::max(most.spare_tags, Variants::scratch.spare_tags)), ...);
        const std::size_t others = sizeof...(Variants) - 1;
        if (with_notes == 1 && most.spare_tags >= others) {
            return ScratchShape{most.size - most.alignment, most.alignment, most.spare_tags - others};
        }
        return ScratchShape{align_up(most.size, most.alignment), most.alignment, 256 - sizeof...(Variants)};
    }();

    static Resolver write_parts(ArchiveSink& sink, const T& value) {
        Resolver resolver;
        each([&]<std::size_t I, class V>() {
            if (value.index() == I) resolver.template emplace<I>(V::write_parts(sink, std::get<I>(value)));
        });
        return resolver;
    }
    static void write_self(ArchiveSink& sink, std::size_t at, const T& value, const Resolver& resolver) {
        sink.store<std::uint8_t>(at, static_cast<std::uint8_t>(value.index()));
        each([&]<std::size_t I, class V>() {
            if (value.index() == I) V::write_self(sink, at, std::get<I>(value), std::get<I>(resolver));
        });
    }
    static bool read(ArchiveSource& source, std::size_t at, T& out) {
        const auto tag = source.load<std::uint8_t>(at);
        if (tag >= sizeof...(Variants)) return source.fault(ArchiveFault::bad_tag, at);
        bool good = false;
        each([&]<std::size_t I, class V>() {
            if (tag == I) good = V::read(source, at, out.template emplace<I>());
        });
        return good;
    }

  private:
    template <class Action>
    static void each(Action&& action) {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (action.template operator()<I, Variants>(), ...);
        }(std::index_sequence_for<Variants...>{});
    }
};

// An enum without payloads: `T` is an enum class with the values 0 … Count - 1.
template <class T, std::size_t Count>
struct ArchivedTag {
    static constexpr std::size_t size = 1;
    static constexpr std::size_t alignment = 1;
    static constexpr ScratchShape scratch{.size = Count > 1 ? 1U : 0U, .alignment = 1, .spare_tags = 256 - Count};
    using Resolver = std::monostate;
    static Resolver write_parts(ArchiveSink& /*sink*/, T /*value*/) { return {}; }
    static void write_self(ArchiveSink& sink, std::size_t at, T value, Resolver /*resolver*/) {
        sink.store<std::uint8_t>(at, static_cast<std::uint8_t>(value));
    }
    static bool read(ArchiveSource& source, std::size_t at, T& out) {
        const auto tag = source.load<std::uint8_t>(at);
        if (tag >= Count) return source.fault(ArchiveFault::bad_tag, at);
        out = static_cast<T>(tag);
        return true;
    }
};

}  // namespace dusk
