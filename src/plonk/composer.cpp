#include "plonk/composer.hpp"

#include <utility>

namespace dusk::plonk {
namespace {

constexpr Fq kMinusOne = -Fq::one();

constexpr Selectors kEmptyRow{};
constexpr Selectors kRangeRow = [] {
    Selectors s{};
    s.range = Fq::one();
    return s;
}();
constexpr Selectors kVariableBaseRow = [] {
    Selectors s{};
    s.variable_base = Fq::one();
    return s;
}();
constexpr Selectors logic_selectors(const Fq& sign) {
    Selectors s{};
    s.c = sign;
    s.logic = sign;
    return s;
}
constexpr Selectors kAndRow = logic_selectors(Fq::one());
constexpr Selectors kXorRow = logic_selectors(kMinusOne);

}  // namespace

Composer::Composer(Mode mode, std::size_t expected_rows) : mode_(mode) {
    table_.wires.reserve(expected_rows);
    if (mode != Mode::prove) table_.selectors.reserve(expected_rows);
    table_.values.reserve(2 * expected_rows);

    (void)append(Fq::zero());
    (void)append(Fq::one());
    assert_constant(kZero, Fq::zero());
    assert_constant(kOne, Fq::one());
    // Two rows in which every arithmetic selector and every column is used, so that no polynomial is zero.
    const Witness six = append(Fq::from_u64(6));
    const Witness one = append(Fq::one());
    const Witness seven = append(Fq::from_u64(7));
    const Witness minus_twenty = append(-Fq::from_u64(20));
    arithmetic_row({.m = Fq::one(),
                    .l = Fq::from_u64(2),
                    .r = Fq::from_u64(3),
                    .o = Fq::from_u64(4),
                    .f = Fq::one(),
                    .c = Fq::from_u64(4)},
                   {six, seven, minus_twenty, one});
    arithmetic_row({.m = Fq::one(), .l = Fq::one(), .r = Fq::one(), .o = Fq::one(), .c = Fq::from_u64(127)},
                   {minus_twenty, six, seven, kZero});
}

Composer Composer::dishonest(Forced forced) {
    Composer composer(Mode::check);
    composer.forced_ = std::move(forced);
    composer.dishonest_ = true;
    return composer;
}

Result<CircuitTable, CircuitError> Composer::finish() && {
    if (error_ && !dishonest_) return dusk::fail(*error_);
    if (mode_ == Mode::keys) table_.values = {};
    return std::move(table_);
}

Witness Composer::append(const Fq& value) {
    const Witness witness{static_cast<std::uint32_t>(table_.values.size())};
    if (dishonest_) [[unlikely]] {
        if (const auto forced = forced_.find(witness.index); forced != forced_.end()) {
            table_.values.push_back(forced->second);
            return witness;
        }
    }
    table_.values.push_back(value);
    return witness;
}

void Composer::row(const Selectors& selectors, const Wires& wires) {
    table_.wires.push_back(wires);
    if (mode_ != Mode::prove) table_.selectors.push_back(selectors);
}

void Composer::arithmetic_row(const Arithmetic& q, const Wires& wires, const PublicTerm& public_term) {
    if (public_term) table_.public_inputs.push_back({static_cast<std::uint32_t>(rows()), *public_term});
    table_.wires.push_back(wires);
    if (mode_ == Mode::prove) return;
    Selectors& selectors = table_.selectors.emplace_back();
    selectors.m = q.m;
    selectors.l = q.l;
    selectors.r = q.r;
    selectors.o = q.o;
    selectors.f = q.f;
    selectors.c = q.c;
    selectors.arithmetic = Fq::one();
}

// Without the term of q.o. The coefficients are public: zeros are skipped.
Fq Composer::evaluate(const Arithmetic& q, Witness a, Witness b, Witness d) const {
    const auto times = [](const Fq& coefficient, const Fq& x) {
        return coefficient == Fq::one() ? x : coefficient * x;
    };
    Fq sum = q.c;
    if (!q.m.is_zero()) sum += times(q.m, value(a) * value(b));
    if (!q.l.is_zero()) sum += times(q.l, value(a));
    if (!q.r.is_zero()) sum += times(q.r, value(b));
    if (!q.f.is_zero()) sum += times(q.f, value(d));
    return sum;
}

Witness Composer::output(Arithmetic q, Witness a, Witness b, Witness d, const PublicTerm& public_term) {
    Fq sum = evaluate(q, a, b, d);
    if (public_term) sum += *public_term;
    const Witness c = append(sum);
    q.o = kMinusOne;
    arithmetic_row(q, {a, b, c, d}, public_term);
    return c;
}

std::optional<Witness> Composer::evaluated_output(const Arithmetic& q, Witness a, Witness b, Witness d,
                                                  const PublicTerm& public_term) {
    std::optional<Witness> c;
    if (const auto inverse = q.o.invert()) {
        Fq sum = evaluate(q, a, b, d);
        if (public_term) sum += *public_term;
        c = append(-sum * *inverse);
    }
    arithmetic_row(q, {a, b, c.value_or(kZero), d}, public_term);
    return c;
}

Witness Composer::product(Witness a, Witness b) { return output({.m = Fq::one()}, a, b); }

void Composer::assert_equal(Witness a, Witness b) { arithmetic_row({.l = Fq::one(), .r = kMinusOne}, {a, b}); }

void Composer::assert_constant(Witness a, const Fq& constant, const PublicTerm& public_term) {
    arithmetic_row({.l = kMinusOne, .c = constant}, {a}, public_term);
}

Witness Composer::constant(const Fq& value) {
    const Witness witness = append(value);
    assert_constant(witness, value);
    return witness;
}

Witness Composer::public_input(const Fq& value) {
    const Witness witness = append(value);
    assert_constant(witness, Fq::zero(), value);
    return witness;
}

void Composer::range_row(const Wires& wires) { row(kRangeRow, wires); }

void Composer::logic_row(Logic operation, const Wires& wires) {
    row(operation == Logic::conjunction ? kAndRow : kXorRow, wires);
}

void Composer::fixed_base_row(const Fq& u, const Fq& v, const Fq& uv, const Wires& wires) {
    table_.wires.push_back(wires);
    if (mode_ == Mode::prove) return;
    Selectors& selectors = table_.selectors.emplace_back();
    selectors.l = u;
    selectors.r = v;
    selectors.c = uv;
    selectors.fixed_base = Fq::one();
}

void Composer::variable_base_row(const Wires& wires) { row(kVariableBaseRow, wires); }

void Composer::empty_row(const Wires& wires) { row(kEmptyRow, wires); }

void Composer::fail(CircuitError error) {
    if (!error_) error_ = error;
}

Composer::Scope::Scope(Composer& composer, std::string_view name) : composer_(composer) {
    if (composer.mode_ != Mode::check) return;
    composer.table_.gadgets.enter(static_cast<std::uint32_t>(composer.rows()),
                                  static_cast<std::uint32_t>(composer.witnesses()), name);
}

Composer::Scope::~Scope() {
    if (composer_.mode_ != Mode::check) return;
    composer_.table_.gadgets.leave(static_cast<std::uint32_t>(composer_.rows()),
                                   static_cast<std::uint32_t>(composer_.witnesses()));
}

}  // namespace dusk::plonk
