#include "table_checks.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/hex.hpp"
#include "crypto/sha2.hpp"
#include "plonk/check.hpp"

namespace dusk::vectors {

using crypto::Fq;
using plonk::CircuitTable;
using plonk::Composer;

namespace {

constexpr std::size_t kRowBytes = 32 * plonk::kSelectors + 8 * plonk::kWires;

ByteArray<kRowBytes> row_bytes(const CircuitTable& table, std::size_t row) {
    ByteArray<kRowBytes> out;
    std::uint8_t* to = out.data();
    for (const auto column : plonk::kSelectorColumns) {
        to = std::ranges::copy((table.selectors[row].*column).to_bytes(), to).out;
    }
    for (const plonk::Witness wire : table.wires[row]) {
        store_le(to, static_cast<std::uint64_t>(wire.index));
        to += 8;
    }
    return out;
}

CircuitTable run(const BuildCircuit& build, Composer::Mode mode) {
    Composer composer(mode);
    build(composer);
    auto table = std::move(composer).finish();
    if (!table) throw std::runtime_error(std::string(to_string(table.error())));
    return std::move(*table);
}

}  // namespace

CircuitTable build_table(const BuildCircuit& build) { return run(build, Composer::Mode::check); }

ByteArray<32> rows_digest(const CircuitTable& table, std::size_t first, std::size_t last) {
    crypto::Sha256 hash;
    for (std::size_t row = first; row < std::min(last, table.rows()); ++row) hash.update(row_bytes(table, row));
    return hash.finish();
}

ByteArray<32> values_digest(const CircuitTable& table) {
    crypto::Sha256 hash;
    for (const Fq& value : table.values) hash.update(value.to_bytes());
    return hash.finish();
}

void check_rows(const CircuitTable& table, const Node& circuit, Report& report) {
    report.expect(table.rows() == circuit["gates"].u64(), circuit["gates"], "other number of rows");
    report.expect(table.values.size() == circuit["witnesses"].u64(), circuit["witnesses"], "other number");
    const auto rows = circuit["pi_rows"].items();
    report.expect(rows.size() == table.public_inputs.size(), circuit["pi_rows"], "other number of public inputs");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool same = i < table.public_inputs.size() && table.public_inputs[i].row == rows[i].u64();
        report.expect(same, rows[i], "other row of a public input");
    }
    // Digests of growing prefixes: hash on from one to the next.
    Bytes bytes;
    bytes.reserve(kRowBytes * table.rows());
    for (std::size_t row = 0; row < table.rows(); ++row) append(bytes, row_bytes(table, row));
    for (const Node& digest : circuit["gate_digests"].items()) {
        const auto parts = digest.items();
        const std::size_t size = std::min<std::size_t>(kRowBytes * parts.at(0).u64(), bytes.size());
        report.expect_bytes(crypto::sha256(ByteView(bytes).first(size)), parts.at(1));
    }
    const auto failing = plonk::unsatisfied_rows(table);
    report.expect(failing.empty(), circuit,
                  failing.empty() ? "" : "does not hold: " + plonk::describe_row(table, failing[0]));
}

void check_modes(const CircuitTable& table, const BuildCircuit& build, const Node& circuit, Report& report) {
    const auto same_inputs = [](const plonk::PublicInput& a, const plonk::PublicInput& b) {
        return a.row == b.row && a.value == b.value;
    };
    const CircuitTable keys = run(build, Composer::Mode::keys);
    report.expect(keys.wires == table.wires && keys.selectors == table.selectors && keys.values.empty(), circuit,
                  "the circuit for keys is another one");
    const CircuitTable prove = run(build, Composer::Mode::prove);
    report.expect(prove.wires == table.wires && prove.values == table.values && prove.selectors.empty() &&
                      std::ranges::equal(prove.public_inputs, table.public_inputs, same_inputs),
                  circuit, "the circuit to prove is another one");
}

void check_values(std::span<const Fq> values, const Node& expected, Report& report) {
    const auto items = expected.items();
    report.expect(items.size() == values.size(), expected, "other number of values");
    for (std::size_t i = 0; i < std::min(items.size(), values.size()); ++i) {
        report.expect_bytes(values[i].to_bytes(), items[i]);
    }
}

void check_listing(const CircuitTable& table, const Node& listing, Report& report) {
    report.expect(listing["selector_order"].text() == "q_m q_l q_r q_o q_f q_c q_arith q_range q_logic q_fixed q_var",
                  listing["selector_order"], "another order of selectors");
    std::vector<ByteArray<32>> scalars;
    for (const Node& scalar : listing["scalars"].items()) scalars.push_back(scalar.array<32>());
    const auto gates = listing["gates"].items();
    report.expect(gates.size() == table.rows(), listing["gates"], "other number of rows");
    for (std::size_t row = 0; row < std::min(gates.size(), table.rows()); ++row) {
        const auto parts = gates[row].items();
        const auto selectors = parts.at(0).items();
        const auto wires = parts.at(1).items();
        bool same = selectors.size() == plonk::kSelectors && wires.size() == plonk::kWires;
        for (std::size_t i = 0; same && i < plonk::kSelectors; ++i) {
            same = scalars.at(selectors[i].u64()) == (table.selectors[row].*plonk::kSelectorColumns[i]).to_bytes();
        }
        for (std::size_t i = 0; same && i < plonk::kWires; ++i) same = wires[i].u64() == table.wires[row][i].index;
        report.expect(same, gates[row], "another row: " + plonk::describe_row(table, static_cast<std::uint32_t>(row)));
    }
}

}  // namespace dusk::vectors
