// Gadgets of curve points.
#include "plonk/points.hpp"

#include "plonk/gadget_case.hpp"

namespace dusk::plonk {
namespace {

const std::array kGadgets{
    Gadget{"torsion free", 12,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const JubJubExtended p = d.point();
               const WitnessPoint w = append_point(c, p);
               return [=, &c] { same(c, assert_torsion_free(c, w), p); };
           }},
    Gadget{"select identity", 3,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const bool bit = d.random.next_u32() % 2 != 0;
               const JubJubExtended p = d.point();
               const auto w = fixed_point(c, p);
               const Witness wbit = c.constant(Fq::from_u64(bit ? 1 : 0));
               return [=, &c] { same(c, select_identity(c, wbit, w), bit ? p : JubJubExtended()); };
           }},
    Gadget{"addition", 2,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const JubJubExtended p = d.point();
               const JubJubExtended q = d.point();
               const auto wp = fixed_point(c, p);
               const auto wq = fixed_point(c, q);
               return [=, &c] { same(c, add(c, wp, wq), p + q); };
           }},
    Gadget{"subtraction", 3,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const JubJubExtended p = d.point();
               const JubJubExtended q = d.point();
               const auto wp = fixed_point(c, p);
               const auto wq = fixed_point(c, q);
               return [=, &c] { same(c, subtract(c, wp, wq), p - q); };
           }},
    Gadget{"point multiplication", 2017,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const JubJubExtended p = d.point();
               const Fr k = d.scalar();
               const auto wp = fixed_point(c, p);
               const Witness wk = c.append(to_fq(k));
               return [=, &c] { same(c, mul_point(c, wk, wp), crypto::multiply(p, k)); };
           }},
    Gadget{"generator multiplication", 331,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Fr k = d.scalar();
               const Witness wk = c.append(to_fq(k));
               return [=, &c] {
                   same(c, mul_generator(c, wk, crypto::kJubJubGeneratorNums), crypto::multiply_generator_nums(k));
               };
           }},
};

class PointGadgets : public testing::TestWithParam<Gadget> {};

TEST_P(PointGadgets, HoldAndBreakWithEveryWitness) { expect_to_hold_and_to_break(GetParam()); }

INSTANTIATE_TEST_SUITE_P(All, PointGadgets, testing::ValuesIn(kGadgets), test_name);

}  // namespace
}  // namespace dusk::plonk
