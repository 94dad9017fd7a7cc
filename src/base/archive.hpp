// The archive codec: rkyv 0.7 with 32-bit sizes, little endian (spec/vm.md §9). Contract arguments, results, events and
// host queries are archives.
//
//     Bytes bytes = archive_write(value);
//     Result<T, ArchiveError> value = archive_read<T>(bytes);
//
// A type has an archive when `Archived<T>` is specialised. Here: integers, bool, std::monostate for (), U128,
// std::array, std::vector, std::string, std::optional for Option, std::expected for Result and Boxed for Box.
// Structs, tuples and enums have tables of measured layouts (archive_layout.hpp), maps and sets are in archive_map.hpp.
//
// What a specialisation provides:
//     size, alignment          of the archived object
//     scratch                  the reference writer's note for it (ScratchShape)
//     Resolver                 what `write_parts` tells `write_self`: positions; std::monostate when nothing
//     write_parts(sink, value)                   writes all that the object points to, depth first
//     write_self(sink, position, value, resolver)  fills the object, placed and zero before
//     read(source, position, out)                checks and reads; false after source.fault(…)
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <expected>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "base/archive_error.hpp"
#include "base/archive_sink.hpp"
#include "base/archive_source.hpp"
#include "base/result.hpp"
#include "base/utf8.hpp"

namespace dusk {

template <class T>
struct Archived;

// The archive of `value`, or buffer_full or scratch_exhausted where the reference's writer fails too.
template <class T>
[[nodiscard]] Result<Bytes, ArchiveError> archive_write(const T& value, const ArchiveLimits& limits) {
    ArchiveSink sink(limits);
    const auto resolver = Archived<T>::write_parts(sink, value);
    sink.align(Archived<T>::alignment);
    Archived<T>::write_self(sink, sink.place(Archived<T>::size), value, resolver);
    return std::move(sink).finish();
}

// The same without limits. Throws std::length_error beyond 2 GiB, which no value of the protocol reaches.
template <class T>
[[nodiscard]] Bytes archive_write(const T& value) {
    auto bytes = archive_write(value, ArchiveLimits{});
    if (!bytes) throw std::length_error(describe(bytes.error()));
    return *std::move(bytes);
}

// Checks the whole archive and reads it; nothing of it is trusted. Time and memory are linear in its size.
// `buffer_alignment` is the largest power of two that divides the address where the bytes stood when the reference
// checks them (contract memory: of the offset; elsewhere its buffers are aligned to 16). Bytes before the first object
// and gaps are allowed. Numbers, field elements and points are not checked for their range.
inline constexpr std::size_t default_buffer_alignment = 16;
template <class T>
[[nodiscard]] Result<T, ArchiveError> archive_read(ByteView bytes,
                                                   std::size_t buffer_alignment = default_buffer_alignment) {
    ArchiveSource source(bytes, buffer_alignment);
    const auto root = source.open_root(Archived<T>::size, Archived<T>::alignment);
    T value{};
    if (!root || !Archived<T>::read(source, *root, value)) return fail(*source.error());
    return value;
}

[[nodiscard]] constexpr std::size_t align_up(std::size_t position, std::size_t alignment) {
    return (position + alignment - 1) & ~(alignment - 1);
}

// Objects of a fixed number of bytes that point to nothing. `Derived` says how they are stored and loaded:
//     static void store(const T& value, MutableByteView to);    of Size bytes, zero before
//     static T load(ByteView from);                             any bytes are valid
template <class Derived, class T, std::size_t Size, std::size_t Alignment>
struct ArchivedPlain {
    static constexpr std::size_t size = Size;
    static constexpr std::size_t alignment = Alignment;
    static constexpr ScratchShape scratch{};
    using Resolver = std::monostate;

    static Resolver write_parts(ArchiveSink& /*sink*/, const T& /*value*/) { return {}; }
    static void write_self(ArchiveSink& sink, std::size_t at, const T& value, Resolver /*resolver*/) {
        Derived::store(value, sink.at(at, Size));
    }
    static bool read(ArchiveSource& source, std::size_t at, T& out) {
        out = Derived::load(source.at(at, Size));
        return true;
    }

  private:
    ArchivedPlain() = default;
    friend Derived;
};

// A type that is archived as another one: `Derived` converts both ways.
//     static Repr to_archived(const T& value);
//     static T from_archived(Repr repr);
template <class Derived, class T, class Repr>
struct ArchivedAs {
    static constexpr std::size_t size = Archived<Repr>::size;
    static constexpr std::size_t alignment = Archived<Repr>::alignment;
    static constexpr ScratchShape scratch = Archived<Repr>::scratch;
    using Resolver = typename Archived<Repr>::Resolver;

    static Resolver write_parts(ArchiveSink& sink, const T& value) {
        return Archived<Repr>::write_parts(sink, Derived::to_archived(value));
    }
    static void write_self(ArchiveSink& sink, std::size_t at, const T& value, const Resolver& resolver) {
        Archived<Repr>::write_self(sink, at, Derived::to_archived(value), resolver);
    }
    static bool read(ArchiveSource& source, std::size_t at, T& out) {
        Repr repr{};
        if (!Archived<Repr>::read(source, at, repr)) return false;
        out = Derived::from_archived(std::move(repr));
        return true;
    }
};

// (): nothing at all.
template <>
struct Archived<std::monostate> : ArchivedPlain<Archived<std::monostate>, std::monostate, 0, 1> {
    static void store(std::monostate /*value*/, MutableByteView /*to*/) {}
    static std::monostate load(ByteView /*from*/) { return {}; }
};

template <class T>
    requires std::integral<T> && (!std::same_as<T, bool>)
struct Archived<T> : ArchivedPlain<Archived<T>, T, sizeof(T), sizeof(T)> {
    using Unsigned = std::make_unsigned_t<T>;
    static void store(T value, MutableByteView to) { store_le<Unsigned>(to.data(), static_cast<Unsigned>(value)); }
    static T load(ByteView from) { return static_cast<T>(load_le<Unsigned>(from.data())); }
};

struct U128 {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    bool operator==(const U128&) const = default;
};
template <>
struct Archived<U128> : ArchivedPlain<Archived<U128>, U128, 16, 16> {
    static void store(const U128& value, MutableByteView to) {
        store_le(to.data(), value.low);
        store_le(to.data() + 8, value.high);
    }
    static U128 load(ByteView from) {
        return {load_le<std::uint64_t>(from.data()), load_le<std::uint64_t>(from.data() + 8)};
    }
};

template <>
struct Archived<bool> {
    static constexpr std::size_t size = 1;
    static constexpr std::size_t alignment = 1;
    static constexpr ScratchShape scratch{};
    using Resolver = std::monostate;
    static Resolver write_parts(ArchiveSink& /*sink*/, bool /*value*/) { return {}; }
    static void write_self(ArchiveSink& sink, std::size_t at, bool value, Resolver /*resolver*/) {
        sink.store<std::uint8_t>(at, value ? 1 : 0);
    }
    static bool read(ArchiveSource& source, std::size_t at, bool& out) {
        const auto byte = source.load<std::uint8_t>(at);
        out = byte == 1;
        return byte <= 1 || source.fault(ArchiveFault::bad_bool, at);
    }
};

template <class T, std::size_t N>
struct Archived<std::array<T, N>> {
    using Item = Archived<T>;
    static constexpr bool points = !std::same_as<typename Item::Resolver, std::monostate>;
    static constexpr std::size_t size = N * Item::size;
    static constexpr std::size_t alignment = Item::alignment;
    static constexpr ScratchShape scratch{N * Item::scratch.size, Item::scratch.alignment, Item::scratch.spare_tags};
    using Resolver = std::conditional_t<points, std::array<typename Item::Resolver, N>, std::monostate>;

    static Resolver write_parts([[maybe_unused]] ArchiveSink& sink, [[maybe_unused]] const std::array<T, N>& value) {
        Resolver resolver{};
        if constexpr (points) {
            for (std::size_t i = 0; i < N; ++i) resolver[i] = Item::write_parts(sink, value[i]);
        }
        return resolver;
    }
    static void write_self(ArchiveSink& sink, std::size_t at, const std::array<T, N>& value,
                           [[maybe_unused]] const Resolver& resolver) {
        for (std::size_t i = 0; i < N; ++i) {
            if constexpr (points) {
                Item::write_self(sink, at + i * Item::size, value[i], resolver[i]);
            } else {
                Item::write_self(sink, at + i * Item::size, value[i], {});
            }
        }
    }
    static bool read(ArchiveSource& source, std::size_t at, std::array<T, N>& out) {
        for (std::size_t i = 0; i < N; ++i) {
            if (!Item::read(source, at + i * Item::size, out[i])) return false;
        }
        return true;
    }
};

template <class T>
struct Archived<std::vector<T>> {
    using Item = Archived<T>;
    static constexpr std::size_t size = 8;
    static constexpr std::size_t alignment = 4;
    static constexpr ScratchShape scratch = position_scratch;
    using Resolver = std::size_t;

    static Resolver write_parts(ArchiveSink& sink, const std::vector<T>& value) {
        static_assert(Item::size > 0, "a list of empty objects could claim any length");
        if constexpr (std::same_as<T, std::uint8_t>) {
            const std::size_t start = sink.position();
            sink.write(value);
            return start;
        } else {
            const std::size_t scratch_before = sink.take_scratch(Item::scratch, value.size());
            std::vector<typename Item::Resolver> resolvers;
            resolvers.reserve(value.size());
            for (const T& item : value) resolvers.push_back(Item::write_parts(sink, item));
            const std::size_t start = sink.align(Item::alignment);
            for (std::size_t i = 0; i < value.size(); ++i) {
                Item::write_self(sink, sink.place(Item::size), value[i], resolvers[i]);
            }
            sink.release_scratch(scratch_before);
            return start;
        }
    }
    static void write_self(ArchiveSink& sink, std::size_t at, const std::vector<T>& value, Resolver start) {
        sink.store_pointer(at, start);
        sink.store<std::uint32_t>(at + 4, static_cast<std::uint32_t>(value.size()));
    }
    static bool read(ArchiveSource& source, std::size_t at, std::vector<T>& out) {
        static_assert(Item::size > 0, "a list of empty objects could claim any length");
        const auto count = source.load<std::uint32_t>(at + 4);
        const auto claim = source.enter(at, source.pointer(at), std::uint64_t{count} * Item::size, Item::alignment);
        if (!claim) return false;
        if constexpr (std::same_as<T, std::uint8_t>) {
            out = to_vector(source.at(claim->start, count));
        } else {
            out.clear();
            out.reserve(count);
            for (std::size_t i = 0; i < count; ++i) {
                T item{};
                if (!Item::read(source, claim->start + i * Item::size, item)) return false;
                out.push_back(std::move(item));
            }
        }
        source.leave(*claim);
        return true;
    }
};

template <>
struct Archived<std::string> {
    static constexpr std::size_t inline_capacity = 7;
    static constexpr std::size_t size = 8;
    static constexpr std::size_t alignment = 4;
    static constexpr ScratchShape scratch = position_scratch;
    using Resolver = std::size_t;

    static Resolver write_parts(ArchiveSink& sink, const std::string& value);
    static void write_self(ArchiveSink& sink, std::size_t at, const std::string& value, Resolver start);
    static bool read(ArchiveSource& source, std::size_t at, std::string& out);
};

// A note for an optional value: one of the spare tags of the note inside, else a tag before it.
[[nodiscard]] constexpr ScratchShape optional_scratch(const ScratchShape& inner) {
    if (inner.spare_tags > 0) return {inner.size, inner.alignment, inner.spare_tags - 1};
    return {align_up(inner.alignment + inner.size, inner.alignment), inner.alignment, 254};
}

template <class T>
struct Archived<std::optional<T>> {
    using Item = Archived<T>;
    static constexpr std::size_t offset = Item::alignment;
    static constexpr std::size_t size = align_up(offset + Item::size, Item::alignment);
    static constexpr std::size_t alignment = Item::alignment;
    static constexpr ScratchShape scratch = optional_scratch(Item::scratch);
    using Resolver = std::optional<typename Item::Resolver>;

    static Resolver write_parts(ArchiveSink& sink, const std::optional<T>& value) {
        return value ? Resolver(Item::write_parts(sink, *value)) : std::nullopt;
    }
    static void write_self(ArchiveSink& sink, std::size_t at, const std::optional<T>& value, const Resolver& resolver) {
        if (!value) return;
        sink.store<std::uint8_t>(at, 1);
        Item::write_self(sink, at + offset, *value, *resolver);
    }
    static bool read(ArchiveSource& source, std::size_t at, std::optional<T>& out) {
        const auto tag = source.load<std::uint8_t>(at);
        out.reset();
        if (tag > 1) return source.fault(ArchiveFault::bad_tag, at);
        return tag == 0 || Item::read(source, at + offset, out.emplace());
    }
};

// A note for one of two values: the smaller one may stand beside a spare tag of the larger one.
[[nodiscard]] constexpr ScratchShape either_scratch(const ScratchShape& a, const ScratchShape& b) {
    const ScratchShape& large = a.size < b.size ? b : a;
    const ScratchShape& small = a.size < b.size ? a : b;
    const std::size_t alignment = std::max(a.alignment, b.alignment);
    const bool fits = small.size == 0 || align_up(1, small.alignment) + small.size <= large.size;
    if (large.spare_tags > 0 && fits) return {large.size, alignment, large.spare_tags - 1};
    return {align_up(std::max(a.alignment + a.size, b.alignment + b.size), alignment), alignment, 254};
}

template <class T, class E>
struct Archived<std::expected<T, E>> {
    using Value = Archived<T>;
    using Error = Archived<E>;
    static constexpr std::size_t alignment = std::max(Value::alignment, Error::alignment);
    static constexpr std::size_t size =
        align_up(std::max(Value::alignment + Value::size, Error::alignment + Error::size), alignment);
    static constexpr ScratchShape scratch = either_scratch(Value::scratch, Error::scratch);
    using Resolver = std::variant<typename Value::Resolver, typename Error::Resolver>;

    static Resolver write_parts(ArchiveSink& sink, const std::expected<T, E>& value) {
        if (value) return Resolver(std::in_place_index<0>, Value::write_parts(sink, *value));
        return Resolver(std::in_place_index<1>, Error::write_parts(sink, value.error()));
    }
    static void write_self(ArchiveSink& sink, std::size_t at, const std::expected<T, E>& value,
                           const Resolver& resolver) {
        sink.store<std::uint8_t>(at, value ? 0 : 1);
        if (value) {
            Value::write_self(sink, at + Value::alignment, *value, std::get<0>(resolver));
        } else {
            Error::write_self(sink, at + Error::alignment, value.error(), std::get<1>(resolver));
        }
    }
    static bool read(ArchiveSource& source, std::size_t at, std::expected<T, E>& out) {
        const auto tag = source.load<std::uint8_t>(at);
        if (tag > 1) return source.fault(ArchiveFault::bad_tag, at);
        if (tag == 0) {
            T value{};
            if (!Value::read(source, at + Value::alignment, value)) return false;
            out = std::move(value);
            return true;
        }
        E error{};
        if (!Error::read(source, at + Error::alignment, error)) return false;
        out = fail(std::move(error));
        return true;
    }
};

// A value of its own behind a pointer. (A boxed list is archived like a vector: use std::vector.)
template <class T>
struct Boxed {
    T value{};
    bool operator==(const Boxed&) const = default;
};
template <class T>
struct Archived<Boxed<T>> {
    using Item = Archived<T>;
    static constexpr std::size_t size = 4;
    static constexpr std::size_t alignment = 4;
    static constexpr ScratchShape scratch = position_scratch;
    using Resolver = std::size_t;

    static Resolver write_parts(ArchiveSink& sink, const Boxed<T>& boxed) {
        const auto resolver = Item::write_parts(sink, boxed.value);
        sink.align(Item::alignment);
        const std::size_t at = sink.place(Item::size);
        Item::write_self(sink, at, boxed.value, resolver);
        return at;
    }
    static void write_self(ArchiveSink& sink, std::size_t at, const Boxed<T>& /*boxed*/, Resolver target) {
        sink.store_pointer(at, target);
    }
    static bool read(ArchiveSource& source, std::size_t at, Boxed<T>& out) {
        const auto claim = source.enter(at, source.pointer(at), Item::size, Item::alignment);
        if (!claim || !Item::read(source, claim->start, out.value)) return false;
        source.leave(*claim);
        return true;
    }
};

}  // namespace dusk
