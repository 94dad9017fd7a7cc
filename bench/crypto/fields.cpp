#include <array>

#include "crypto/field.hpp"
#include "harness.hpp"

namespace dusk::bench {
namespace {

using crypto::Fq;

void rows(Bench& bench) {
    Fq x = Fq::from_u64(3);
    const Fq y = Fq::hash_to_scalar(as_bytes("bench"));
    bench.run("scalar multiplication", "bls_scalar_mul_x1000", 1000, 15, [&] {
        Fq product = x;
        for (int i = 0; i < 1000; ++i) product *= y;
        keep(product);
        x = product;
    });
    std::array<Fq, 5> row;
    row.fill(y);
    bench.run("scalar sum of 5 products", "", 1, 15, [&] {
        row[0] = Fq::dot(std::span<const Fq, 5>(row), std::span<const Fq, 5>(row));
        keep(row);
    });
    bench.run("scalar inversion", "bls_scalar_invert", 1, 15, [&] { keep(x.invert()); });
    bench.run("scalar inversion of a public value", "bls_scalar_invert", 1, 15, [&] { keep(x.invert_vartime()); });
    std::array<Fq, 256> many;
    many.fill(y);
    bench.run("scalar inversion, 256 together", "bls_scalar_invert", 256, 15, [&] {
        Fq::invert_all(many);
        keep(many);
    });
    const Fq square = y.square();
    bench.run("scalar square root", "", 1, 15, [&] { keep(square.sqrt()); });
    bench.run("scalar square root of a ratio", "", 1, 15, [&] { keep(crypto::sqrt_ratio(square, x.square())); });
}

const Registered registered("crypto", rows);

}  // namespace
}  // namespace dusk::bench
