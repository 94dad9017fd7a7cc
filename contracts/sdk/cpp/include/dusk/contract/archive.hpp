// The archive codec: rkyv 0.7 with 32-bit sizes, little endian (spec/vm.md §9). Arguments, results, events and queries
// are archives whose root object ends where the bytes end.
//
// `Archive<T>` of a type has
//     size, alignment, niche      of the archived object
//     Parts                       what write_parts tells write_self: positions; Unit when nothing
//     write_parts(sink, value)    writes all that the object points to, depth first
//     write_self(sink, at, value, parts)   fills the object: placed, zero before
//     read(source, at, out)       checks and reads; false when the bytes are no such value
#pragma once

#include "dusk/contract/bytes.hpp"
#include "dusk/contract/layout.hpp"
#include "dusk/contract/panic.hpp"

namespace dusk::contract {

template <class T>
struct Archive;

// Writes objects one after the other into memory of a fixed size; panics when it is full.
class Sink {
  public:
    Sink(uint8_t* to, uint32_t capacity) : to_(to), capacity_(capacity) {}

    [[nodiscard]] uint32_t position() const { return position_; }
    // Zero bytes up to a multiple of `alignment`; the position then.
    __attribute__((noinline)) uint32_t align(uint32_t alignment) {
        static_cast<void>(place(align_up(position_, alignment) - position_));
        return position_;
    }
    // Room for an object, zero; its position.
    [[nodiscard]] __attribute__((noinline)) uint32_t place(uint32_t size) {
        if (size > capacity_ - position_) panic("the value is too large for the argument buffer");
        const uint32_t at = position_;
        __builtin_memset(to_ + at, 0, size);
        position_ += size;
        return at;
    }
    void write(const void* from, uint32_t size) {
        const uint32_t at = place(size);
        if (size != 0) __builtin_memcpy(to_ + at, from, size);
    }
    template <class T>
    void store(uint32_t at, T value) {
        __builtin_memcpy(to_ + at, &value, sizeof(T));
    }
    [[nodiscard]] uint8_t* at(uint32_t position) { return to_ + position; }

  private:
    uint8_t* to_;
    uint32_t capacity_;
    uint32_t position_ = 0;
};

// Reads bytes that nobody vouches for. Every object that is pointed to claims its bytes before they are read: objects
// come in order, none twice (§9.5), so time and memory are linear in the number of bytes.
class Source {
  public:
    // `from` is aligned to 16, as the argument buffer is.
    Source(const uint8_t* from, uint32_t size) : from_(from), size_(size) {}

    struct Claim {
        uint32_t start;
        uint32_t end;
        uint32_t high;
        bool good;
    };

    // The position of the root, or false.
    [[nodiscard]] __attribute__((noinline)) bool open_root(uint32_t size, uint32_t alignment, uint32_t& root) {
        if (size_ < size) return false;
        root = size_ - size;
        high_ = root;
        return root % alignment == 0;
    }
    template <class T>
    [[nodiscard]] T load(uint32_t at) const {
        T value{};
        __builtin_memcpy(&value, from_ + at, sizeof(T));
        return value;
    }
    [[nodiscard]] const uint8_t* at(uint32_t position) const { return from_ + position; }

    // An object of `size` bytes that an owner at `base` points to. `leave` when its content is read.
    [[nodiscard]] __attribute__((noinline)) Claim enter(uint32_t base, int32_t offset, uint64_t size,
                                                        uint32_t alignment) {
        const int64_t start = static_cast<int64_t>(base) + offset;
        if (start < static_cast<int64_t>(low_) || start > static_cast<int64_t>(high_) || start % alignment != 0 ||
            size > high_ - static_cast<uint64_t>(start)) {
            return {0, 0, 0, false};
        }
        const auto first = static_cast<uint32_t>(start);
        const Claim claim{first, first + static_cast<uint32_t>(size), high_, true};
        high_ = first;
        return claim;
    }
    void leave(const Claim& claim) {
        low_ = claim.end;
        high_ = claim.high;
    }

  private:
    const uint8_t* from_;
    uint32_t size_;
    uint32_t low_ = 0;
    uint32_t high_ = 0;
};

// The bytes of a value's archive at `to`: how many. Panics when there are more than `capacity`.
template <class T>
[[nodiscard]] uint32_t write_archive(uint8_t* to, uint32_t capacity, const T& value) {
    if constexpr (Same<typename Archive<T>::Parts, Unit>) {
        // The object alone. (The short way also keeps small contracts small.)
        if (capacity < Archive<T>::size) panic("the value is too large for the argument buffer");
        __builtin_memset(to, 0, Archive<T>::size);
        Sink sink(to, capacity);
        Archive<T>::write_self(sink, 0, value, Unit{});
        return Archive<T>::size;
    }
    Sink sink(to, capacity);
    const auto parts = Archive<T>::write_parts(sink, value);
    sink.align(Archive<T>::alignment);
    Archive<T>::write_self(sink, sink.place(Archive<T>::size), value, parts);
    return sink.position();
}

// Whether the bytes are the archive of a value; the value is in `out` then.
template <class T>
[[nodiscard]] bool read_archive(const uint8_t* from, uint32_t size, T& out) {
    Source source(from, size);
    uint32_t root = 0;
    if constexpr (Same<typename Archive<T>::Parts, Unit>) {
        root = size - Archive<T>::size;  // nothing is pointed to, so nothing is claimed
        return size >= Archive<T>::size && root % Archive<T>::alignment == 0 && Archive<T>::read(source, root, out);
    }
    return source.open_root(Archive<T>::size, Archive<T>::alignment, root) && Archive<T>::read(source, root, out);
}

// Objects that point to nothing.
template <class T, uint32_t Size, uint32_t Alignment>
struct PlainArchive {
    static constexpr uint32_t size = Size;
    static constexpr uint32_t alignment = Alignment;
    static constexpr Niche niche{};
    using Parts = Unit;
    static Unit write_parts(Sink& /*sink*/, const T& /*value*/) { return {}; }
};

template <>
struct Archive<Unit> : PlainArchive<Unit, 0, 1> {
    static void write_self(Sink& /*sink*/, uint32_t /*at*/, Unit /*value*/, Unit /*parts*/) {}
    static bool read(Source& /*source*/, uint32_t /*at*/, Unit& /*out*/) { return true; }
};

template <class T>
    requires Integer<T> || Same<T, uint128_t>
struct Archive<T> : PlainArchive<T, sizeof(T), sizeof(T)> {
    static void write_self(Sink& sink, uint32_t at, T value, Unit /*parts*/) { sink.store(at, value); }
    static bool read(Source& source, uint32_t at, T& out) {
        out = source.load<T>(at);
        return true;
    }
};

template <>
struct Archive<bool> : PlainArchive<bool, 1, 1> {
    static constexpr Niche niche{0, 254};
    static void write_self(Sink& sink, uint32_t at, bool value, Unit /*parts*/) {
        sink.store<uint8_t>(at, value ? 1 : 0);
    }
    static bool read(Source& source, uint32_t at, bool& out) {
        const auto byte = source.load<uint8_t>(at);
        out = byte == 1;
        return byte <= 1;
    }
};

// An enum class of u8 without payloads, its values 0 to `dusk_last_value` (DUSK_ENUM).
template <class T>
    requires requires(T value) { dusk_last_value(value); }
struct Archive<T> : PlainArchive<T, 1, 1> {
    static_assert(sizeof(T) == 1, "give the enum the type uint8_t");
    static constexpr auto last = static_cast<uint8_t>(dusk_last_value(T{}));
    static constexpr Niche niche{0, 255U - last};
    static void write_self(Sink& sink, uint32_t at, T value, Unit /*parts*/) {
        sink.store<uint8_t>(at, static_cast<uint8_t>(value));
    }
    static bool read(Source& source, uint32_t at, T& out) {
        const auto tag = source.load<uint8_t>(at);
        if (tag > last) return false;
        out = static_cast<T>(tag);
        return true;
    }
};
// DUSK_ENUM(Choice, abstain): behind the enum, in its namespace; `abstain` is its last value.
#define DUSK_ENUM(Type, last)                                   \
    constexpr Type dusk_last_value(Type) { return Type::last; } \
    constexpr ::dusk::contract::StringView dusk_type_name(Type) { return #Type; }

template <class Tag, size_t N, size_t Alignment, size_t Padding>
struct Archive<Opaque<Tag, N, Alignment, Padding>>
    : PlainArchive<Opaque<Tag, N, Alignment, Padding>, static_cast<uint32_t>(N), static_cast<uint32_t>(Alignment)> {
    using Value = Opaque<Tag, N, Alignment, Padding>;
    static void write_self(Sink& sink, uint32_t at, const Value& value, Unit /*parts*/) {
        __builtin_memcpy(sink.at(at), value.bytes, N);
    }
    static bool read(Source& source, uint32_t at, Value& out) {
        __builtin_memcpy(out.bytes, source.at(at), N - Padding);
        if constexpr (Padding > 0) __builtin_memset(out.bytes + N - Padding, 0, Padding);
        return true;
    }
};

}  // namespace dusk::contract
