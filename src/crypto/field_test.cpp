#include "crypto/field.hpp"

#include <gtest/gtest.h>

namespace dusk::crypto {
namespace {

TEST(Field, OneIsTheUnit) {
    const Fq x = Fq::hash_to_scalar(as_bytes("x"));
    EXPECT_EQ(x * Fq::one(), x);
    EXPECT_EQ(x * x.invert().value(), Fq::one());
    EXPECT_FALSE(Fq::zero().invert());
}

}  // namespace
}  // namespace dusk::crypto
