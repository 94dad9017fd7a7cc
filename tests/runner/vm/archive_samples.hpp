// The types of rkyv.json that are more than combinations of plain ones, with their measured layouts.
#pragma once

#include "base/archive_layout.hpp"
#include "base/archive_map.hpp"

namespace dusk::vectors {

// How a call failed, as contracts report it (spec/vm.md §3.1).
struct Panic {
    std::string message;
    bool operator==(const Panic&) const = default;
};
struct OutOfGas {
    bool operator==(const OutOfGas&) const = default;
};
struct DoesNotExist {
    bool operator==(const DoesNotExist&) const = default;
};
struct Unknown {
    bool operator==(const Unknown&) const = default;
};
using ContractError = std::variant<Panic, OutOfGas, DoesNotExist, Unknown>;

struct Unit {
    bool operator==(const Unit&) const = default;
};
struct One {
    std::uint8_t value = 0;
    bool operator==(const One&) const = default;
};
struct Two {
    std::uint32_t a = 0;
    Bytes b;
    bool operator==(const Two&) const = default;
};
struct Wide {
    std::uint64_t value = 0;
    bool operator==(const Wide&) const = default;
};
using Sample = std::variant<Unit, One, Two, Wide>;

struct Mixed {
    std::uint8_t a = 0;
    std::uint64_t b = 0;
    std::uint16_t c = 0;
    Bytes d;
    std::uint32_t e = 0;
    bool operator==(const Mixed&) const = default;
};

// Curve points as contracts hand them over: limbs that nobody checked, and a flag (spec/crypto.md §17).
using RawScalar = std::array<std::uint64_t, 4>;
template <std::size_t Coordinates>
struct RawPoint {
    std::array<std::array<std::uint64_t, 6>, Coordinates> coordinates{};
    std::uint8_t infinity = 0;
    bool operator==(const RawPoint&) const = default;
};
using RawG1 = RawPoint<2>;
using RawG2 = RawPoint<4>;
using RawJubjub = std::array<RawScalar, 5>;
struct RawSchnorrSignature {
    RawScalar u{};
    RawJubjub r{};
    bool operator==(const RawSchnorrSignature&) const = default;
};

}  // namespace dusk::vectors

namespace dusk {

template <>
struct Archived<vectors::ContractError>
    : ArchivedEnum<vectors::ContractError, 12, 4, Variant<vectors::Panic, Field<&vectors::Panic::message, 4>>,
                   Variant<vectors::OutOfGas>, Variant<vectors::DoesNotExist>, Variant<vectors::Unknown>> {};
template <>
struct Archived<vectors::Sample>
    : ArchivedEnum<vectors::Sample, 16, 8, Variant<vectors::Unit>,
                   Variant<vectors::One, Field<&vectors::One::value, 1>>,
                   Variant<vectors::Two, Field<&vectors::Two::a, 4>, Field<&vectors::Two::b, 8>>,
                   Variant<vectors::Wide, Field<&vectors::Wide::value, 8>>> {};
template <>
struct Archived<vectors::Mixed>
    : ArchivedStruct<vectors::Mixed, 24, 8, Field<&vectors::Mixed::a, 22>, Field<&vectors::Mixed::b, 0>,
                     Field<&vectors::Mixed::c, 20>, Field<&vectors::Mixed::d, 8>, Field<&vectors::Mixed::e, 16>> {};

template <>
struct Archived<vectors::RawG1> : ArchivedStruct<vectors::RawG1, 104, 8, Field<&vectors::RawG1::coordinates, 0>,
                                                 Field<&vectors::RawG1::infinity, 96>> {};
template <>
struct Archived<vectors::RawG2> : ArchivedStruct<vectors::RawG2, 200, 8, Field<&vectors::RawG2::coordinates, 0>,
                                                 Field<&vectors::RawG2::infinity, 192>> {};
template <>
struct Archived<vectors::RawSchnorrSignature>
    : ArchivedStruct<vectors::RawSchnorrSignature, 192, 8, Field<&vectors::RawSchnorrSignature::u, 0>,
                     Field<&vectors::RawSchnorrSignature::r, 32>> {};

template <class... T>
using Tuple = std::tuple<T...>;
using Hash32 = ByteArray<32>;

template <>
struct Archived<Tuple<std::uint8_t, std::uint64_t>> : ArchivedTuple<Tuple<std::uint8_t, std::uint64_t>, 16, 8, 0, 8> {};
template <>
struct Archived<Tuple<std::uint64_t, std::uint8_t>> : ArchivedTuple<Tuple<std::uint64_t, std::uint8_t>, 16, 8, 0, 8> {};
template <>
struct Archived<Tuple<std::uint32_t, std::uint64_t, std::uint32_t>>
    : ArchivedTuple<Tuple<std::uint32_t, std::uint64_t, std::uint32_t>, 16, 8, 8, 0, 12> {};
template <>
struct Archived<Tuple<std::uint8_t, std::uint32_t, std::uint16_t>>
    : ArchivedTuple<Tuple<std::uint8_t, std::uint32_t, std::uint16_t>, 8, 4, 4, 0, 6> {};
template <>
struct Archived<Tuple<std::uint32_t, Bytes>> : ArchivedTuple<Tuple<std::uint32_t, Bytes>, 12, 4, 0, 4> {};
template <>
struct Archived<Tuple<Bytes, std::uint64_t>> : ArchivedTuple<Tuple<Bytes, std::uint64_t>, 16, 8, 0, 8> {};
template <>
struct Archived<Tuple<Hash32, std::uint32_t>> : ArchivedTuple<Tuple<Hash32, std::uint32_t>, 36, 4, 0, 32> {};
template <>
struct Archived<Tuple<Hash32, Bytes>> : ArchivedTuple<Tuple<Hash32, Bytes>, 40, 4, 0, 32> {};
template <>
struct Archived<Tuple<Hash32, ByteArray<65>>> : ArchivedTuple<Tuple<Hash32, ByteArray<65>>, 97, 1, 0, 32> {};
template <>
struct Archived<Tuple<ByteArray<48>, Hash32, Hash32, ByteArray<48>>>
    : ArchivedTuple<Tuple<ByteArray<48>, Hash32, Hash32, ByteArray<48>>, 160, 1, 64, 0, 32, 112> {};
template <>
struct Archived<Tuple<Bytes, vectors::RawG2, vectors::RawG1>>
    : ArchivedTuple<Tuple<Bytes, vectors::RawG2, vectors::RawG1>, 312, 8, 0, 8, 208> {};
template <>
struct Archived<Tuple<Bytes, std::vector<vectors::RawG2>, vectors::RawG1>>
    : ArchivedTuple<Tuple<Bytes, std::vector<vectors::RawG2>, vectors::RawG1>, 120, 8, 0, 8, 16> {};
template <>
struct Archived<Tuple<vectors::RawScalar, vectors::RawJubjub, vectors::RawSchnorrSignature>>
    : ArchivedTuple<Tuple<vectors::RawScalar, vectors::RawJubjub, vectors::RawSchnorrSignature>, 384, 8, 0, 32, 192> {};
template <>
struct Archived<Tuple<Bytes, Bytes, std::vector<vectors::RawScalar>>>
    : ArchivedTuple<Tuple<Bytes, Bytes, std::vector<vectors::RawScalar>>, 24, 4, 0, 8, 16> {};

template <>
inline constexpr MapLayout map_layout<std::uint32_t, std::uint64_t>{
    .entry = {.size = 16, .alignment = 8, .key = 8, .value = 0},
    .branch = {.size = 8, .alignment = 4, .pointer = 0, .key = 4}};
template <>
inline constexpr MapLayout map_layout<std::uint64_t, std::monostate>{
    .entry = {.size = 8, .alignment = 8, .key = 0, .value = 8},
    .branch = {.size = 16, .alignment = 8, .pointer = 8, .key = 0}};

}  // namespace dusk
