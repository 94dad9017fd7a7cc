#include "kadcast/octets.hpp"

#include <gtest/gtest.h>

#include <random>

#include "base/cpu.hpp"

namespace dusk::kadcast::octets {
namespace {

TEST(Octets, AreTheFieldOfTheSpecification) {
    // RFC 6330 §5.7.3: the powers of 2 are the table OCT_EXP, which begins so.
    const std::uint8_t powers[] = {1, 2, 4, 8, 16, 32, 64, 128, 29, 58, 116, 232, 205, 135, 19, 38, 76};
    std::uint8_t power = 1;
    for (const std::uint8_t expected : powers) {
        EXPECT_EQ(power, expected);
        power = multiply(power, 2);
    }
}

TEST(Octets, HaveInverses) {
    for (unsigned a = 1; a < 256; ++a) {
        EXPECT_EQ(multiply(static_cast<std::uint8_t>(a), inverse(static_cast<std::uint8_t>(a))), 1) << a;
    }
}

void expect_rows_are_multiplied() {
    std::mt19937 random(3);
    for (const std::size_t size : {0U, 1U, 31U, 32U, 33U, 64U, 1297U}) {
        for (const unsigned factor : {0U, 1U, 2U, 29U, 255U}) {
            Bytes row(size);
            Bytes other(size);
            for (std::size_t i = 0; i < size; ++i) {
                row[i] = static_cast<std::uint8_t>(random());
                other[i] = static_cast<std::uint8_t>(random());
            }
            Bytes sum = row;
            add_multiple(sum, other, static_cast<std::uint8_t>(factor));
            Bytes scaled = row;
            scale(scaled, static_cast<std::uint8_t>(factor));
            for (std::size_t i = 0; i < size; ++i) {
                ASSERT_EQ(sum[i], row[i] ^ multiply(other[i], static_cast<std::uint8_t>(factor)));
                ASSERT_EQ(scaled[i], multiply(row[i], static_cast<std::uint8_t>(factor)));
            }
        }
    }
}

TEST(Octets, RowsAreMultipliedElementByElement) {
    expect_rows_are_multiplied();
    const CpuFeatures found = cpu_features();
    set_cpu_features({});
    expect_rows_are_multiplied();
    set_cpu_features(found);
}

}  // namespace
}  // namespace dusk::kadcast::octets
