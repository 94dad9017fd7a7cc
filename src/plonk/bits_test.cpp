// Gadgets of numbers and their bits.
#include "plonk/bits.hpp"

#include "plonk/gadget_case.hpp"
#include "plonk/scalar_bits.hpp"

namespace dusk::plonk {
namespace {

const std::array kGadgets{
    Gadget{"boolean", 1,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Witness bit = c.constant(Fq::from_u64(d.random.next_u32() % 2));
               return [&c, bit] { assert_boolean(c, bit); };
           }},
    Gadget{"select", 4,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const bool bit = d.random.next_u32() % 2 != 0;
               const Fq x = d.field();
               const Fq y = d.field();
               const Witness wx = c.constant(x);
               const Witness wy = c.constant(y);
               const Witness wbit = c.constant(Fq::from_u64(bit ? 1 : 0));
               return [=, &c] { same(c, select(c, wbit, wx, wy), bit ? x : y); };
           }},
    Gadget{"not zero", 1,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Witness w = c.constant(d.field());
               return [&c, w] { assert_nonzero(c, w); };
           }},
    Gadget{"distinct", 2,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Witness a = c.constant(d.field());
               const Witness b = c.constant(d.field());
               return [=, &c] { assert_distinct(c, a, b); };
           }},
    Gadget{"range 64", 10,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Witness w = c.append(Fq::from_u64(d.random.next_u64()));
               return [&c, w] { range<64>(c, w); };
           }},
    Gadget{"range 63", 13,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Witness w = c.append(Fq::from_u64(d.random.next_u64() >> 1));
               return [&c, w] { range<63>(c, w); };
           }},
    Gadget{"canonical", 69,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Witness w = c.append(to_fq(d.scalar()));
               return [&c, w] { assert_canonical_jubjub(c, w); };
           }},
    Gadget{"decomposition 64", 129,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const std::uint64_t x = d.random.next_u64();
               const Witness w = c.append(Fq::from_u64(x));
               return [=, &c] {
                   const auto bits = decompose<64>(c, w);
                   for (std::size_t i = 0; i < 64; ++i) same(c, bits[i], Fq::from_u64((x >> i) & 1));
               };
           }},
    Gadget{"decomposition 255", 547,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Witness w = c.append(d.field());
               return [&c, w] { decompose<255>(c, w); };
           }},
    Gadget{"truncation 64", 86,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Fq x = d.field();
               const Witness w = c.constant(x);
               return [=, &c] { same(c, truncate<64>(c, w), Fq::from_u64(x.to_integer()[0])); };
           }},
    Gadget{"logic and 20", 179,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Fq x = d.field();
               const Fq y = d.field();
               const Witness a = c.constant(x);
               const Witness b = c.constant(y);
               return [=, &c] { same(c, logic_and<20>(c, a, b), slice((x & y).to_integer(), 0, 40)); };
           }},
    Gadget{"logic xor 20", 179,
           [](Composer& c, Draws& d) -> std::function<void()> {
               const Fq x = d.field();
               const Fq y = d.field();
               const Witness a = c.constant(x);
               const Witness b = c.constant(y);
               return [=, &c] {
                   const std::uint64_t low = (x.to_integer()[0] ^ y.to_integer()[0]) & ((std::uint64_t{1} << 40) - 1);
                   same(c, logic_xor<20>(c, a, b), Fq::from_u64(low));
               };
           }},
};

class BitGadgets : public testing::TestWithParam<Gadget> {};

TEST_P(BitGadgets, HoldAndBreakWithEveryWitness) { expect_to_hold_and_to_break(GetParam()); }

INSTANTIATE_TEST_SUITE_P(All, BitGadgets, testing::ValuesIn(kGadgets), test_name);

}  // namespace
}  // namespace dusk::plonk
