#include "crypto/hades_schedule.hpp"

#include <utility>

namespace dusk::crypto::hades {
namespace {

constexpr std::size_t kHalf = kFullRounds / 2;
constexpr std::size_t kLast = kPartialRounds;  // index of the X that leaves the partial rounds

using Hidden = std::array<Fq, kHidden>;
using HiddenMatrix = std::array<Hidden, kHidden>;

Fq small(std::size_t i, std::size_t j) { return Fq::from_u64(kSmallMatrix[i + j]); }

State multiply(const std::array<State, kWidth>& matrix, const State& state) {
    State out{};
    for (std::size_t i = 0; i < kWidth; ++i) {
        for (std::size_t j = 0; j < kWidth; ++j) out[i] += matrix[i][j] * state[j];
    }
    return out;
}

HiddenMatrix multiply(const HiddenMatrix& a, const HiddenMatrix& b) {
    HiddenMatrix out{};
    for (std::size_t i = 0; i < kHidden; ++i) {
        for (std::size_t j = 0; j < kHidden; ++j) {
            for (std::size_t l = 0; l < kHidden; ++l) out[i][j] += a[i][l] * b[l][j];
        }
    }
    return out;
}

Hidden multiply(const HiddenMatrix& a, const Hidden& x) {
    Hidden out{};
    for (std::size_t i = 0; i < kHidden; ++i) {
        for (std::size_t l = 0; l < kHidden; ++l) out[i] += a[i][l] * x[l];
    }
    return out;
}

// Gauss-Jordan; the matrix has an inverse.
HiddenMatrix invert(HiddenMatrix a) {
    HiddenMatrix out{};
    for (std::size_t i = 0; i < kHidden; ++i) out[i][i] = Fq::one();
    for (std::size_t i = 0; i < kHidden; ++i) {
        std::size_t pivot = i;
        while (a[pivot][i].is_zero()) ++pivot;
        std::swap(a[i], a[pivot]);
        std::swap(out[i], out[pivot]);
        const Fq scale = a[i][i].invert().value();
        for (std::size_t j = 0; j < kHidden; ++j) {
            a[i][j] *= scale;
            out[i][j] *= scale;
        }
        for (std::size_t row = 0; row < kHidden; ++row) {
            if (row == i) continue;
            const Fq factor = a[row][i];
            for (std::size_t j = 0; j < kHidden; ++j) {
                a[row][j] -= factor * a[i][j];
                out[row][j] -= factor * out[i][j];
            }
        }
    }
    return out;
}

State scaled(const State& state, const Fq& factor) {
    State out;
    for (std::size_t i = 0; i < kWidth; ++i) out[i] = state[i] * factor;
    return out;
}

Fq fifth_power(const Fq& x) { return x.square().square() * x; }

// Round constants of the partial rounds, gathered on the last element: `last[p]` is what x[p] gets beyond the linear
// image of the state of round p - 1; `hidden` is what remains to be added to the four others at the end.
struct GatheredConstants {
    std::array<Fq, kLast + 1> last;
    Hidden hidden;
};
GatheredConstants gather(const Constants& plain) {
    GatheredConstants out{};
    State offset{};  // of the four hidden elements; those of round 0 enter with the full round before it
    for (std::size_t p = 1; p <= kLast; ++p) {
        offset[kHidden] = Fq::zero();
        offset = multiply(plain.matrix, offset);
        for (std::size_t i = 0; i < kWidth; ++i) offset[i] += plain.round[kHalf + p][i];
        out.last[p] = offset[kHidden];
    }
    for (std::size_t i = 0; i < kHidden; ++i) out.hidden[i] = offset[i];
    return out;
}

// The scaled system of the partial rounds is that of the matrix -N: h' = -(A h + w Y), X' = -(v h + m Y) with h the
// hidden elements. Four steps back from the end, X[57 … 60] give h[56] = O^-1 (X - T Y); four steps of h give h[60].
void leave_partial_rounds(Schedule& out) {
    HiddenMatrix a;  // -A
    Hidden w;        // -w
    for (std::size_t i = 0; i < kHidden; ++i) {
        for (std::size_t j = 0; j < kHidden; ++j) a[i][j] = -small(i, j);
        w[i] = -small(i, kHidden);
    }
    HiddenMatrix observed;  // row i: -v (-A)^i
    HiddenMatrix fed;       // X[57 + i] from Y[56 + j]
    HiddenMatrix power{};   // (-A)^i
    for (std::size_t i = 0; i < kHidden; ++i) power[i][i] = Fq::one();
    Hidden impulse{};                    // X[57 + k] from Y[56]
    std::array<Hidden, kHidden> driven;  // h[57 + k] from Y[56]
    impulse[0] = -small(kHidden, kHidden);
    for (std::size_t i = 0; i < kHidden; ++i) {
        observed[i] = {};
        driven[i] = multiply(power, w);
        for (std::size_t l = 0; l < kHidden; ++l) {
            for (std::size_t j = 0; j < kHidden; ++j) observed[i][j] -= small(kHidden, l) * power[l][j];
            if (i + 1 < kHidden) impulse[i + 1] -= small(kHidden, l) * driven[i][l];
        }
        power = multiply(power, a);
    }
    for (std::size_t i = 0; i < kHidden; ++i) {
        for (std::size_t j = 0; j < kHidden; ++j) fed[i][j] = j <= i ? impulse[i - j] : Fq::zero();
    }
    out.leave_x = multiply(power, invert(observed));
    const HiddenMatrix through_x = multiply(out.leave_x, fed);
    for (std::size_t i = 0; i < kHidden; ++i) {
        for (std::size_t j = 0; j < kHidden; ++j) out.leave_y[i][j] = driven[kHidden - 1 - j][i] - through_x[i][j];
    }
}

Schedule compute_schedule() {
    const Constants& plain = constants();
    const Fq c = plain.matrix[0][0] * Fq::from_u64(kSmallMatrix[0]).invert().value();
    Schedule out{};

    out.first = plain.round[0];
    Fq sigma = Fq::one();
    for (std::size_t round = 0; round < kHalf; ++round) {
        sigma = fifth_power(sigma) * c;
        out.before[round] = scaled(plain.round[round + 1], sigma.invert().value());
    }

    const GatheredConstants gathered = gather(plain);
    std::array<Fq, kLast + 1> last;  // gathered.last / tau
    Fq tau = sigma;
    for (std::size_t p = 0; p <= kLast; ++p) {
        last[p] = gathered.last[p] * tau.invert().value();
        if (p == kLast) break;
        out.s_box_factor[p] = tau.square().square();
        tau = -(tau * c);
    }
    // The recurrence is one of X less its constants, except in the first rounds, which go from state to state.
    for (std::size_t p = 1; p <= kLast; ++p) {
        out.partial[p] = last[p];
        for (std::size_t k = 1; k <= kHidden && p > kStartRounds; ++k) {
            out.partial[p] += Fq::from_u64(kCoefficientsX[k - 1]) * last[p - k];
        }
    }

    leave_partial_rounds(out);
    const Fq scale = tau.invert().value();
    for (std::size_t i = 0; i < kHidden; ++i) {
        out.leave[i] = gathered.hidden[i] * scale;
        for (std::size_t j = 0; j < kHidden; ++j) out.leave[i] -= out.leave_x[i][j] * last[kLast - kHidden + 1 + j];
    }

    sigma = tau;
    for (std::size_t round = 0; round < out.after.size(); ++round) {
        sigma = fifth_power(sigma) * c;
        out.after[round] = scaled(plain.round[kHalf + kPartialRounds + round + 1], sigma.invert().value());
    }
    out.output_factor = fifth_power(sigma) * c;
    return out;
}

}  // namespace

const Schedule& schedule() {
    static const Schedule all = compute_schedule();
    return all;
}

}  // namespace dusk::crypto::hades
