// The Miller loop through a raw point by the limb arithmetic of the network: docs/design/raw-bls-keys.md.
#include "crypto/exact_point.hpp"
#include "crypto/raw_point.hpp"

namespace dusk::crypto {
namespace {

// The lines of the Miller loop through the multiples of one point, in Jacobian coordinates (eprint 2010/354, algorithms
// 26 and 27), in the network's order of operations.
class ExactLines {
  public:
    struct Line {
        UnreducedFp2 of_y, of_x, constant;
    };

    ExactLines(const UnreducedFp2& x, const UnreducedFp2& y) : base_x_(x), base_y_(y), x_(x), y_(y) {}

    Line tangent() {
        const UnreducedFp2 xx = x_.square();
        const UnreducedFp2 yy = y_.square();
        UnreducedFp2 eight_yyyy = yy.square();
        const UnreducedFp2 half_s = (yy + x_).square() - xx - eight_yyyy;
        const UnreducedFp2 s = half_s + half_s;
        const UnreducedFp2 slope = xx + xx + xx;
        const UnreducedFp2 x_plus_slope = x_ + slope;
        const UnreducedFp2 slope_squared = slope.square();
        const UnreducedFp2 zz = z_.square();
        x_ = slope_squared - s - s;
        z_ = (z_ + y_).square() - yy - zz;
        y_ = (s - x_) * slope;
        for (int doubling = 0; doubling < 3; ++doubling) eight_yyyy = eight_yyyy + eight_yyyy;
        y_ = y_ - eight_yyyy;
        const UnreducedFp2 slope_zz = slope * zz;
        const UnreducedFp2 twice_yy = yy + yy;
        const UnreducedFp2 z_zz = z_ * zz;
        return {z_zz + z_zz, -(slope_zz + slope_zz),
                x_plus_slope.square() - xx - slope_squared - (twice_yy + twice_yy)};
    }

    Line chord() {
        const UnreducedFp2 zz = z_.square();
        const UnreducedFp2 base_yy = base_y_.square();
        const UnreducedFp2 dx = zz * base_x_ - x_;
        const UnreducedFp2 twice_y = ((base_y_ + z_).square() - base_yy - zz) * zz;
        const UnreducedFp2 dx_squared = dx.square();
        const UnreducedFp2 twice_dx_squared = dx_squared + dx_squared;
        const UnreducedFp2 four = twice_dx_squared + twice_dx_squared;
        const UnreducedFp2 cubed = four * dx;
        const UnreducedFp2 dy = twice_y - y_ - y_;
        const UnreducedFp2 dy_x = dy * base_x_;
        const UnreducedFp2 scaled_x = four * x_;
        x_ = dy.square() - cubed - scaled_x - scaled_x;
        z_ = (z_ + dx).square() - zz - dx_squared;
        const UnreducedFp2 y_plus_z = base_y_ + z_;
        const UnreducedFp2 new_y = (scaled_x - x_) * dy;
        const UnreducedFp2 y_cubed = y_ * cubed;
        y_ = new_y - (y_cubed + y_cubed);
        const UnreducedFp2 y_z = y_plus_z.square() - base_yy - z_.square();
        const UnreducedFp2 minus_dy = -dy;
        return {z_ + z_, minus_dy + minus_dy, dy_x + dy_x - y_z};
    }

  private:
    UnreducedFp2 base_x_, base_y_;
    UnreducedFp2 x_, y_, z_ = UnreducedFp2::one();
};

bool are_congruent(const UnreducedFp2& a, const UnreducedFp2& b) {
    return a.c0.to_integer() == b.c0.to_integer() && a.c1.to_integer() == b.c1.to_integer();
}

bool are_congruent(const ExactLines::Line& a, const ExactLines::Line& b) {
    return are_congruent(a.of_y, b.of_y) && are_congruent(a.of_x, b.of_x) && are_congruent(a.constant, b.constant);
}

UnreducedFp reduced(const UnreducedFp& number) { return number * UnreducedFp::one(); }

}  // namespace

bool lines_are_those_of_reduced_limbs(const RawG2& point) {
    const auto& [x0, x1, y0, y1] = point.numbers();
    ExactLines lines({x0, x1}, {y0, y1});
    ExactLines reduced_lines({reduced(x0), reduced(x1)}, {reduced(y0), reduced(y1)});
    constexpr std::uint64_t kHalfX = 0xd201000000010000 >> 1;
    for (int bit = 61; bit >= 0; --bit) {
        if (!are_congruent(lines.tangent(), reduced_lines.tangent())) return false;
        if ((kHalfX >> bit & 1) != 0 && !are_congruent(lines.chord(), reduced_lines.chord())) return false;
    }
    return are_congruent(lines.tangent(), reduced_lines.tangent());
}

}  // namespace dusk::crypto
