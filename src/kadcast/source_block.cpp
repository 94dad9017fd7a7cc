#include "kadcast/source_block.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "dusk_raptorq.h"
#include "kadcast/octets.hpp"
#include "kadcast/repair_coefficients.hpp"

namespace dusk::kadcast {
namespace {

// Above, the library solves the whole block: its work grows less with the number of missing symbols.
constexpr std::size_t kMostRestored = 600;

void must_succeed(std::int32_t code) {
    if (code != DUSK_RAPTORQ_OK) throw std::logic_error("RaptorQ: " + std::to_string(code));
}

// Calls `part(place in the block, place among the symbols, bytes)` for each part of each symbol of a block.
template <class Part>
void for_each_part(const TransmissionInfo& info, std::uint32_t symbols, const Part& part) {
    const std::size_t units = info.symbol_size / info.alignment;
    const std::size_t larger = units % info.sub_blocks;  // that many sub-blocks have one unit more
    std::size_t in_block = 0;
    std::size_t in_symbol = 0;
    for (std::size_t sub_block = 0; sub_block < info.sub_blocks; ++sub_block) {
        const std::size_t bytes = (units / info.sub_blocks + (sub_block < larger ? 1 : 0)) * info.alignment;
        for (std::size_t symbol = 0; symbol < symbols; ++symbol) {
            part(in_block, symbol * info.symbol_size + in_symbol, bytes);
            in_block += bytes;
        }
        in_symbol += bytes;
    }
}

template <class Part>
void for_each_part(const TransmissionInfo& info, const Part& part) {
    std::size_t start = 0;
    for (unsigned block = 0; block < info.blocks; ++block) {
        const std::uint32_t symbols = info.symbols_of(static_cast<std::uint8_t>(block));
        for_each_part(info, symbols, [&](std::size_t in_block, std::size_t in_symbols, std::size_t bytes) {
            part(start + in_block, start + in_symbols, bytes);
        });
        start += std::size_t{symbols} * info.symbol_size;
    }
}

// Equations in the missing symbols: each row has their coefficients, then what they add up to.
class Equations {
  public:
    Equations(std::size_t unknowns, std::size_t symbol_size, ByteView coefficients, ByteView sums)
        : unknowns_(unknowns),
          width_(unknowns + symbol_size),
          rows_(unknowns == 0 ? 0 : coefficients.size() / unknowns),
          values_(rows_ * width_) {
        for (std::size_t i = 0; i < rows_; ++i) {
            std::ranges::copy(coefficients.subspan(i * unknowns, unknowns), row(i).begin());
            std::ranges::copy(sums.subspan(i * symbol_size, symbol_size),
                              row(i).begin() + static_cast<std::ptrdiff_t>(unknowns));
        }
    }

    // Gauss and Jordan. Afterwards row i tells the unknown i.
    [[nodiscard]] bool solve() {
        for (std::size_t column = 0; column < unknowns_; ++column) {
            std::size_t pivot = column;
            while (pivot < rows_ && row(pivot)[column] == 0) ++pivot;
            if (pivot == rows_) return false;
            if (pivot != column) std::ranges::swap_ranges(row(pivot), row(column));
            // What stands left of the column is zero already.
            const auto from = [&](std::size_t i) { return row(i).subspan(column); };
            octets::scale(from(column), octets::inverse(row(column)[column]));
            for (std::size_t other = 0; other < rows_; ++other) {
                const std::uint8_t factor = row(other)[column];
                if (other != column && factor != 0) octets::add_multiple(from(other), from(column), factor);
            }
        }
        return true;
    }
    [[nodiscard]] ByteView solution(std::size_t unknown) const {
        return ByteView(values_).subspan(unknown * width_ + unknowns_, width_ - unknowns_);
    }

  private:
    [[nodiscard]] MutableByteView row(std::size_t i) { return MutableByteView(values_).subspan(i * width_, width_); }

    std::size_t unknowns_;
    std::size_t width_;
    std::size_t rows_;
    Bytes values_;
};

// Of each repair symbol: how much of each missing symbol is in it.
Bytes coefficients_of(std::size_t symbols, std::span<const std::uint32_t> missing,
                      std::span<const std::uint32_t> repair_ids) {
    const auto count = static_cast<std::uint32_t>(symbols);
    if (RepairCoefficients::serves(count, repair_ids)) {
        const auto factors = RepairCoefficients::of(count);
        Bytes out;
        for (const std::uint32_t id : repair_ids) {
            for (const std::uint32_t symbol : missing) out.push_back(factors->row(id)[symbol]);
        }
        return out;
    }
    Bytes units(symbols * missing.size());
    for (std::size_t i = 0; i < missing.size(); ++i) units[missing[i] * missing.size() + i] = 1;
    return repair_symbols(units, static_cast<std::uint16_t>(missing.size()), repair_ids);
}

bool solve_all(MutableByteView symbols, std::uint16_t symbol_size, std::span<const std::uint32_t> missing,
               std::span<const RepairSymbol> repair) {
    std::vector<std::uint32_t> ids;
    Bytes received;
    const auto add = [&](std::uint32_t id, ByteView symbol) {
        ids.push_back(id);
        append(received, symbol);
    };
    const std::size_t count = symbols.size() / symbol_size;
    for (std::uint32_t id = 0; id < count; ++id) {
        if (std::ranges::binary_search(missing, id)) continue;
        add(id, ByteView(symbols).subspan(std::size_t{id} * symbol_size, symbol_size));
    }
    for (const RepairSymbol& one : repair) add(one.id, one.symbol);
    const std::int32_t code = dusk_raptorq_solve(received.data(), ids.data(), ids.size(),
                                                 static_cast<std::uint32_t>(count), symbol_size, symbols.data());
    if (code == DUSK_RAPTORQ_NOT_SOLVABLE) return false;
    must_succeed(code);
    return true;
}

}  // namespace

Bytes symbols_of_object(ByteView object, const TransmissionInfo& info) {
    Bytes symbols(std::size_t{info.symbols()} * info.symbol_size);
    if (info.sub_blocks == 1) {
        std::ranges::copy(object, symbols.begin());
        return symbols;
    }
    for_each_part(info, [&](std::size_t in_object, std::size_t in_symbols, std::size_t bytes) {
        if (in_object >= object.size()) return;
        std::memcpy(&symbols[in_symbols], &object[in_object], std::min(bytes, object.size() - in_object));
    });
    return symbols;
}

Bytes object_of_symbols(Bytes symbols, const TransmissionInfo& info) {
    const auto length = static_cast<std::size_t>(info.length);
    if (info.sub_blocks == 1) {
        symbols.resize(length);
        return symbols;
    }
    Bytes object(length);
    for_each_part(info, [&](std::size_t in_object, std::size_t in_symbols, std::size_t bytes) {
        if (in_object >= length) return;
        std::memcpy(&object[in_object], &symbols[in_symbols], std::min(bytes, length - in_object));
    });
    return object;
}

Bytes repair_symbols(ByteView symbols, std::uint16_t symbol_size, std::span<const std::uint32_t> ids) {
    const auto count = static_cast<std::uint32_t>(symbols.size() / symbol_size);
    if (!RepairCoefficients::serves(count, ids)) return repair_symbols_by_library(symbols, symbol_size, ids);
    const auto factors = RepairCoefficients::of(count);
    Bytes out(ids.size() * symbol_size);
    for (std::uint32_t i = 0; i < count; ++i) {
        const ByteView symbol = symbols.subspan(std::size_t{i} * symbol_size, symbol_size);
        for (std::size_t k = 0; k < ids.size(); ++k) {
            octets::add_multiple(MutableByteView(out).subspan(k * symbol_size, symbol_size), symbol,
                                 factors->row(ids[k])[i]);
        }
    }
    return out;
}

Bytes repair_symbols_by_library(ByteView symbols, std::uint16_t symbol_size, std::span<const std::uint32_t> ids) {
    Bytes out(ids.size() * symbol_size);
    must_succeed(dusk_raptorq_repair(symbols.data(), static_cast<std::uint32_t>(symbols.size() / symbol_size),
                                     symbol_size, ids.data(), ids.size(), out.data()));
    return out;
}

// A repair symbol is a sum of source symbols with known factors. Those that are there are taken out of it by making the
// same repair symbol with zeros in place of the missing ones; what remains are equations in the missing ones alone.
bool restore(MutableByteView symbols, std::uint16_t symbol_size, std::span<const std::uint32_t> missing,
             std::span<const RepairSymbol> repair) {
    if (missing.empty()) return true;
    if (repair.size() < missing.size()) return false;
    if (missing.size() > kMostRestored) return solve_all(symbols, symbol_size, missing, repair);

    std::vector<std::uint32_t> ids;
    for (const RepairSymbol& one : repair) ids.push_back(one.id);
    Bytes sums = repair_symbols(symbols, symbol_size, ids);
    for (std::size_t i = 0; i < repair.size(); ++i) {
        octets::add_multiple(MutableByteView(sums).subspan(i * symbol_size, symbol_size), repair[i].symbol, 1);
    }
    Equations equations(missing.size(), symbol_size, coefficients_of(symbols.size() / symbol_size, missing, ids), sums);
    if (!equations.solve()) return false;
    for (std::size_t i = 0; i < missing.size(); ++i) {
        std::ranges::copy(equations.solution(i),
                          symbols.begin() + static_cast<std::ptrdiff_t>(std::size_t{missing[i]} * symbol_size));
    }
    return true;
}

}  // namespace dusk::kadcast
