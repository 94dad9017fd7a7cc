// Where the fields of an archived struct or tuple stand (spec/vm.md §9.6).
//
// Archives are images of structs that the Rust compiler laid out. Its rule is unspecified; what stands here was
// compared with rustc 1.97 for random structs and tuples (interop/contract/layout.py). Where an interface was built by
// another compiler, pin what it really has: DUSK_LAYOUT in archive_struct.hpp refuses to compile when the rule says
// otherwise.
#pragma once

#include "dusk/contract/types.hpp"

namespace dusk::contract {

// Values that a type never takes, in one byte of it: the compiler puts fields that have many of them near an edge.
struct Niche {
    uint32_t offset = 0;
    uint32_t values = 0;  // 0: there is none
};

struct FieldShape {
    uint32_t size = 0;
    uint32_t alignment = 1;
    Niche niche{};
};

template <size_t N>
struct Layout {
    uint32_t offsets[N == 0 ? 1 : N]{};
    uint32_t size = 0;
    uint32_t alignment = 1;
    Niche niche{};
};

[[nodiscard]] constexpr uint32_t align_up(uint32_t position, uint32_t alignment) {
    return (position + alignment - 1) & ~(alignment - 1);
}

enum class Composite : uint8_t { structure, tuple };  // of a tuple the last element stays last
enum class Edge : uint8_t { start, end };             // where niches go

template <size_t N>
[[nodiscard]] constexpr Layout<N> lay_out(const FieldShape (&fields)[N], Composite kind, Edge edge) {
    // The fields that may move.
    const size_t sorted = kind == Composite::tuple ? N - 1 : N;
    uint32_t widest = 1;
    uint32_t most_values = 0;
    for (size_t i = 0; i < sorted; ++i) {
        if (fields[i].alignment > widest) widest = fields[i].alignment;
        if (fields[i].niche.values > most_values) most_values = fields[i].niche.values;
    }
    // The sort key: groups by falling power of two, and inside a group by niche.
    const auto group = [&](const FieldShape& field) -> uint32_t {
        const uint32_t larger = field.size > field.alignment ? field.size : field.alignment;
        const uint32_t power = larger & (~larger + 1);
        if (most_values == 0) return power;
        if (edge == Edge::start) return power < widest ? power : widest;
        return field.niche.values == most_values ? field.alignment : power;
    };
    const auto before = [&](const FieldShape& a, const FieldShape& b) {
        if (group(a) != group(b)) return group(a) > group(b);
        if (a.niche.values != b.niche.values) {
            return edge == Edge::start ? a.niche.values > b.niche.values : a.niche.values < b.niche.values;
        }
        if (a.niche.values == 0) return false;
        // The field whose niche is nearest to the edge stands nearest to it.
        if (edge == Edge::start) return a.niche.offset < b.niche.offset;
        return a.size - a.niche.offset > b.size - b.niche.offset;
    };
    size_t order[N]{};
    for (size_t i = 0; i < N; ++i) order[i] = i;
    for (size_t i = 1; i < sorted; ++i) {
        for (size_t k = i; k > 0 && before(fields[order[k]], fields[order[k - 1]]); --k) {
            const size_t kept = order[k];
            order[k] = order[k - 1];
            order[k - 1] = kept;
        }
    }
    Layout<N> layout;
    for (const size_t index : order) {
        const FieldShape& field = fields[index];
        if (field.alignment > layout.alignment) layout.alignment = field.alignment;
        layout.size = align_up(layout.size, field.alignment);
        layout.offsets[index] = layout.size;
        const bool better =
            edge == Edge::start ? field.niche.values > layout.niche.values : field.niche.values >= layout.niche.values;
        if (field.niche.values > 0 && better) {
            layout.niche = {layout.size + field.niche.offset, field.niche.values};
        }
        layout.size += field.size;
    }
    layout.size = align_up(layout.size, layout.alignment);
    return layout;
}

template <size_t N>
[[nodiscard]] constexpr Layout<N> lay_out(const FieldShape (&fields)[N], Composite kind) {
    const Layout<N> first = lay_out(fields, kind, Edge::start);
    if (kind == Composite::tuple || N < 2 || first.niche.values == 0) return first;
    const uint32_t head = first.niche.offset;
    const uint32_t tail = first.size - head - 1;
    if (head == 0 || tail == 0) return first;
    // The niche is inside. The order with niches at the end is taken when that moves it further than either space.
    const Layout<N> second = lay_out(fields, kind, Edge::end);
    return second.niche.offset > head && second.niche.offset > tail ? second : first;
}

}  // namespace dusk::contract
