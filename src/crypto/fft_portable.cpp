#include <algorithm>

#include "base/cpu.hpp"
#include "crypto/fft_blocked.hpp"

namespace dusk::crypto {
namespace {

// `Steps` are those of the multiplication (crypto/montgomery.hpp): chosen once for a domain.
template <template <class> class Steps>
struct ScalarLanes {
    using Vector = std::array<Limbs4, 8>;  // Montgomery limbs; not `Fq`, which would be set to zero first
    using Factor = std::array<Fq, 8>;
    static constexpr unsigned kLevelsWithOne = 32;

    static void load(Vector& out, const Fq* first, std::ptrdiff_t stride) {
        for (std::ptrdiff_t i = 0; i < 8; ++i) out[static_cast<std::size_t>(i)] = first[i * stride].montgomery();
    }
    static void store(const Vector& vector, Fq* first) {
        for (std::size_t i = 0; i < 8; ++i) first[i] = Fq::from_montgomery(vector[i]);
    }
    static Factor factors(const std::array<Fq, 8>& eight) { return eight; }
    static void scale(Vector& vector, const Factor& factor) {
        for (std::size_t i = 0; i < 8; ++i) {
            vector[i] = Fq::product<Steps>(Fq::from_montgomery(vector[i]), factor[i]).montgomery();
        }
    }
    static void butterfly(Vector& a, Vector& b, const Factor& root) {
        for (std::size_t i = 0; i < 8; ++i) {
            const Fq left = Fq::from_montgomery(a[i]);
            const Fq right = Fq::product<Steps>(Fq::from_montgomery(b[i]), root[i]);
            a[i] = (left + right).montgomery();
            b[i] = (left - right).montgomery();
        }
    }
    static void butterfly_one(Vector& a, Vector& b, unsigned /*level*/) {
        for (std::size_t i = 0; i < 8; ++i) {
            const Fq left = Fq::from_montgomery(a[i]);
            const Fq right = Fq::from_montgomery(b[i]);
            a[i] = (left + right).montgomery();
            b[i] = (left - right).montgomery();
        }
    }
};

// Too small to split: one polynomial through the tree of moduli, then the indices put in order.
class SmallFft final : public FftPlan {
  public:
    explicit SmallFft(unsigned log2_size) : log2_size_(log2_size) {}

    void forward(std::span<Fq> values, const Fq* shift, Executor& /*executor*/) const override {
        if (shift != nullptr) multiply_by_powers(values, *shift);
        for (unsigned level = 0; level < log2_size_; ++level) {
            const Fq step = root_of_unity(level + 1);
            const std::size_t half = values.size() >> (level + 1);
            for (std::size_t block = 0; block < (std::size_t{1} << level); ++block) {
                const std::uint64_t exponent = reversed_bits(block, level);
                const Fq root = step.pow_vartime({&exponent, 1});
                for (std::size_t j = 2 * half * block; j < 2 * half * block + half; ++j) {
                    const Fq product = values[half + j] * root;
                    values[half + j] = values[j] - product;
                    values[j] += product;
                }
            }
        }
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (const std::size_t j = reversed_bits(i, log2_size_); i < j) std::swap(values[i], values[j]);
        }
    }

    void inverse(std::span<Fq> values, const Fq* shift, Executor& executor) const override {
        forward(values, nullptr, executor);
        std::reverse(values.begin() + 1, values.end());
        const Fq scale = Fq::from_u64(values.size()).invert_vartime().value();
        for (Fq& value : values) value *= scale;
        if (shift != nullptr) multiply_by_powers(values, shift->invert_vartime().value());
    }

  private:
    static void multiply_by_powers(std::span<Fq> values, const Fq& base) {
        Fq power = Fq::one();
        for (Fq& value : values) {
            value *= power;
            power *= base;
        }
    }

    unsigned log2_size_;
};

}  // namespace

std::unique_ptr<const FftPlan> make_small_fft(unsigned log2_size) { return std::make_unique<SmallFft>(log2_size); }
std::unique_ptr<const FftPlan> make_portable_fft(unsigned log2_size) {
#if defined(__x86_64__)
    if (cpu_features().bmi2_adx) return std::make_unique<BlockedFft<ScalarLanes<detail::MulxSteps>>>(log2_size);
#endif
    return std::make_unique<BlockedFft<ScalarLanes<detail::PortableSteps>>>(log2_size);
}

}  // namespace dusk::crypto
