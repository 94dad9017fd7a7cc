// Builds a circuit row by row: spec/plonk.md §4, spec/plonk-sound.md §5.
//
// A circuit is a function that takes a `Composer&` and calls gadgets (plonk/bits.hpp, points.hpp, hash.hpp, …). Which
// rows come out depends on the circuit only, never on the values; no value makes a gadget fail, except those that
// `CircuitError` names. The first such error sticks and `finish` returns it, so that gadgets can be called in a row.
#pragma once

#include <optional>
#include <string_view>
#include <unordered_map>

#include "plonk/circuit_error.hpp"
#include "plonk/circuit_table.hpp"

namespace dusk::plonk {

// Coefficients of an arithmetic row: m a b + l a + r b + o c + f d + c + public term = 0.
struct Arithmetic {
    Fq m{};
    Fq l{};
    Fq r{};
    Fq o{};
    Fq f{};
    Fq c{};
};

class Composer {
  public:
    enum class Mode : std::uint8_t {
        keys,   // wires and selectors: for key generation
        prove,  // wires, values and public inputs: 16 bytes per row, 32 per witness
        check,  // everything, and which gadget made which row
    };
    // Starts with the two constants and the four rows that every circuit has. `expected_rows` saves growing.
    explicit Composer(Mode mode, std::size_t expected_rows = 0);

    // For tests of soundness: what a prover with its own software does. A witness listed here gets its value instead of
    // that of the circuit, and later witnesses are computed from it. Values raise no error.
    using Forced = std::unordered_map<std::uint32_t, Fq>;
    [[nodiscard]] static Composer dishonest(Forced forced);

    Composer(const Composer&) = delete;
    Composer& operator=(const Composer&) = delete;
    Composer(Composer&&) = default;
    Composer& operator=(Composer&&) = default;
    ~Composer() = default;

    // The result; the composer is spent then. Errors: the first one that a gadget met.
    [[nodiscard]] Result<CircuitTable, CircuitError> finish() &&;

    // Variables.
    [[nodiscard]] Witness append(const Fq& value);
    [[nodiscard]] Fq value(Witness witness) const { return table_.values[witness.index]; }

    // Arithmetic rows. With `public_term` the row gets a public input of this value, also when it is 0.
    using PublicTerm = std::optional<Fq>;
    void arithmetic_row(const Arithmetic& q, const Wires& wires, const PublicTerm& public_term = {});
    // One row whose wire c is a new witness that satisfies it, with q.o = -1 ("gate_add", "gate_mul").
    [[nodiscard]] Witness output(Arithmetic q, Witness a, Witness b = kZero, Witness d = kZero,
                                 const PublicTerm& public_term = {});
    // The same for any q.o. Where it is 0 the row has no output, and holds only if the other terms add up to 0.
    std::optional<Witness> evaluated_output(const Arithmetic& q, Witness a, Witness b, Witness d,
                                            const PublicTerm& public_term = {});
    [[nodiscard]] Witness product(Witness a, Witness b);

    void assert_equal(Witness a, Witness b);
    // a = constant + public term
    void assert_constant(Witness a, const Fq& constant, const PublicTerm& public_term = {});
    [[nodiscard]] Witness constant(const Fq& value);      // 1 row
    [[nodiscard]] Witness public_input(const Fq& value);  // 1 row

    // Rows of other kinds.
    void range_row(const Wires& wires);
    enum class Logic : std::uint8_t { conjunction, exclusive_or };
    void logic_row(Logic operation, const Wires& wires);
    void fixed_base_row(const Fq& u, const Fq& v, const Fq& uv, const Wires& wires);
    void variable_base_row(const Wires& wires);
    void empty_row(const Wires& wires);  // no selector: carries values for the row before

    [[nodiscard]] std::size_t rows() const { return table_.wires.size(); }
    [[nodiscard]] std::size_t witnesses() const { return table_.values.size(); }

    // For gadgets: the circuit cannot be built. Keeps the first error.
    void fail(CircuitError error);

    // Names the rows that are appended while it lives. Costs nothing but in mode `check`.
    class Scope {
      public:
        Scope(Composer& composer, std::string_view name);
        ~Scope();
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;
        Scope(Scope&&) = delete;
        Scope& operator=(Scope&&) = delete;

      private:
        Composer& composer_;
    };

  private:
    void row(const Selectors& selectors, const Wires& wires);
    [[nodiscard]] Fq evaluate(const Arithmetic& q, Witness a, Witness b, Witness d) const;

    Mode mode_;
    CircuitTable table_;
    std::optional<CircuitError> error_;
    Forced forced_;
    bool dishonest_ = false;
};

}  // namespace dusk::plonk
