// Archives of lists, text, Option and Result (spec/vm.md §9.3).
#pragma once

#include "dusk/contract/archive.hpp"
#include "dusk/contract/optional.hpp"
#include "dusk/contract/string.hpp"
#include "dusk/contract/vector.hpp"

namespace dusk::contract {

template <class T, size_t N>
struct Archive<Array<T, N>> {
    using Item = Archive<T>;
    static_assert(N > 0);
    static constexpr auto size = static_cast<uint32_t>(N * Item::size);
    static constexpr uint32_t alignment = Item::alignment;
    static constexpr Niche niche = Item::niche;
    static constexpr bool plain = Same<typename Item::Parts, Unit>;
    using Parts = Choose<plain, Unit, Array<typename Item::Parts, N>>;

    static Parts write_parts(Sink& sink, const Array<T, N>& value) {
        Parts parts{};
        if constexpr (!plain) {
            for (size_t i = 0; i < N; ++i) parts[i] = Item::write_parts(sink, value[i]);
        }
        return parts;
    }
    static void write_self(Sink& sink, uint32_t at, const Array<T, N>& value, const Parts& parts) {
        for (size_t i = 0; i < N; ++i) {
            const uint32_t item_at = at + static_cast<uint32_t>(i) * Item::size;
            if constexpr (plain) {
                Item::write_self(sink, item_at, value[i], parts);
            } else {
                Item::write_self(sink, item_at, value[i], parts[i]);
            }
        }
    }
    static bool read(Source& source, uint32_t at, Array<T, N>& out) {
        for (size_t i = 0; i < N; ++i) {
            if (!Item::read(source, at + static_cast<uint32_t>(i) * Item::size, out[i])) return false;
        }
        return true;
    }
};

// {pointer i32, length u32}; the pointer counts from its own position.
template <class T>
struct Archive<Vector<T>> {
    using Item = Archive<T>;
    static_assert(Item::size > 0, "a list of empty objects could claim any length");
    static constexpr uint32_t size = 8;
    static constexpr uint32_t alignment = 4;
    static constexpr Niche niche{};
    using Parts = uint32_t;
    // Archived as they stand in memory.
    static constexpr bool raw = Integer<T>;

    static Parts write_parts(Sink& sink, const Vector<T>& value) {
        if constexpr (raw) {
            const uint32_t start = sink.align(Item::alignment);
            if (value.size() > argument_buffer_size) out_of_range();
            sink.write(value.data(), static_cast<uint32_t>(value.size() * sizeof(T)));
            return start;
        } else {
            Vector<typename Item::Parts> parts;
            parts.reserve(value.size());
            for (const T& item : value) parts.push_back(Item::write_parts(sink, item));
            const uint32_t start = sink.align(Item::alignment);
            for (size_t i = 0; i < value.size(); ++i) {
                Item::write_self(sink, sink.place(Item::size), value[i], parts[i]);
            }
            return start;
        }
    }
    static void write_self(Sink& sink, uint32_t at, const Vector<T>& value, Parts start) {
        sink.store(at, static_cast<int32_t>(start - at));
        sink.store(at + 4, static_cast<uint32_t>(value.size()));
    }
    static bool read(Source& source, uint32_t at, Vector<T>& out) {
        const auto count = source.load<uint32_t>(at + 4);
        const auto claim = source.enter(at, source.load<int32_t>(at), uint64_t{count} * Item::size, Item::alignment);
        if (!claim.good) return false;
        out.clear();
        if constexpr (raw) {
            out.reserve(count);
            out.append(reinterpret_cast<const T*>(source.at(claim.start)), count);
        } else {
            out.reserve(count);
            for (uint32_t i = 0; i < count; ++i) {
                T item{};
                if (!Item::read(source, claim.start + i * Item::size, item)) return false;
                out.push_back(contract::move(item));
            }
        }
        source.leave(claim);
        return true;
    }
};

// Up to 7 bytes stand inside, the length in byte 7; longer ones are {length u32, offset i32 from the object}.
template <>
struct Archive<String> {
    static constexpr uint32_t size = 8;
    static constexpr uint32_t alignment = 4;
    static constexpr Niche niche{};
    static constexpr uint32_t inside = 7;
    using Parts = uint32_t;

    static Parts write_parts(Sink& sink, const String& value) {
        const uint32_t start = sink.position();
        if (value.size() > argument_buffer_size) out_of_range();
        if (value.size() > inside) sink.write(value.data(), static_cast<uint32_t>(value.size()));
        return start;
    }
    static void write_self(Sink& sink, uint32_t at, const String& value, Parts start) {
        if (value.size() <= inside) {
            for (uint32_t i = 0; i < value.size(); ++i) sink.store(at + i, value.data()[i]);
            sink.store(at + inside, static_cast<uint8_t>(value.size()));
        } else {
            sink.store(at, static_cast<uint32_t>(value.size()));
            sink.store(at + 4, static_cast<int32_t>(start - at));
        }
    }
    static bool read(Source& source, uint32_t at, String& out) {
        const auto length = source.load<uint8_t>(at + inside);
        if (length < 0x80) return length <= inside && take(source.at(at), length, out);
        const auto long_length = source.load<uint32_t>(at);
        const auto claim = source.enter(at, source.load<int32_t>(at + 4), long_length, 1);
        if (!claim.good || !take(source.at(claim.start), long_length, out)) return false;
        source.leave(claim);
        return true;
    }

  private:
    static __attribute__((noinline)) bool take(const uint8_t* at, uint32_t length, String& out) {
        if (!is_utf8(at, length)) return false;
        out = String(StringView(reinterpret_cast<const char*>(at), length));
        return true;
    }
};

template <class T>
struct Archive<Optional<T>> {
    using Item = Archive<T>;
    static constexpr uint32_t alignment = Item::alignment;
    static constexpr uint32_t offset = Item::alignment;  // behind the tag
    static constexpr uint32_t size = align_up(offset + Item::size, alignment);
    static constexpr Niche niche{0, 254};
    using Parts = typename Item::Parts;

    static Parts write_parts(Sink& sink, const Optional<T>& value) {
        return value ? Item::write_parts(sink, *value) : Parts{};
    }
    static void write_self(Sink& sink, uint32_t at, const Optional<T>& value, const Parts& parts) {
        if (!value) return;
        sink.store<uint8_t>(at, 1);
        Item::write_self(sink, at + offset, *value, parts);
    }
    static bool read(Source& source, uint32_t at, Optional<T>& out) {
        const auto tag = source.load<uint8_t>(at);
        out.reset();
        return tag == 0 || (tag == 1 && Item::read(source, at + offset, out.emplace()));
    }
};

template <class T, class E>
struct Archive<Result<T, E>> {
    using Value = Archive<T>;
    using Error = Archive<E>;
    static constexpr uint32_t alignment = Value::alignment > Error::alignment ? Value::alignment : Error::alignment;
    static constexpr uint32_t value_end = Value::alignment + Value::size;
    static constexpr uint32_t error_end = Error::alignment + Error::size;
    static constexpr uint32_t size = align_up(value_end > error_end ? value_end : error_end, alignment);
    static constexpr Niche niche{0, 254};
    struct Parts {
        typename Value::Parts value{};
        typename Error::Parts error{};
    };

    static Parts write_parts(Sink& sink, const Result<T, E>& result) {
        Parts parts;
        if (result) {
            parts.value = Value::write_parts(sink, *result);
        } else {
            parts.error = Error::write_parts(sink, result.error());
        }
        return parts;
    }
    static void write_self(Sink& sink, uint32_t at, const Result<T, E>& result, const Parts& parts) {
        if (result) {
            Value::write_self(sink, at + Value::alignment, *result, parts.value);
        } else {
            sink.store<uint8_t>(at, 1);
            Error::write_self(sink, at + Error::alignment, result.error(), parts.error);
        }
    }
    static bool read(Source& source, uint32_t at, Result<T, E>& out) {
        const auto tag = source.load<uint8_t>(at);
        if (tag == 0) {
            T value{};
            if (!Value::read(source, at + Value::alignment, value)) return false;
            out = contract::move(value);
            return true;
        }
        E error{};
        if (tag != 1 || !Error::read(source, at + Error::alignment, error)) return false;
        out = Failure<E>{contract::move(error)};
        return true;
    }
};

}  // namespace dusk::contract
