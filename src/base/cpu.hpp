// Which instructions beyond the baseline the vector code may use. Every such path has a portable twin.
#pragma once

namespace dusk {

struct CpuFeatures {
    bool avx512_ifma = false;  // AVX-512 F, DQ, VL, BW and IFMA: 8-way field arithmetic
    bool bmi2_adx = false;     // MULX, ADCX, ADOX
};

namespace detail {
extern CpuFeatures current_features;
}

// What the running CPU offers. The environment can lower it: DUSK_CPU=portable for the baseline of the architecture,
// DUSK_CPU=scalar for everything but vectors. Decided when the program starts
// (before that: nothing). Costs one load, so that single multiplications can ask.
[[nodiscard]] inline const CpuFeatures& cpu_features() { return detail::current_features; }

// Replaces the answer of `cpu_features` (tests and measurements of the portable paths). Not thread-safe.
void set_cpu_features(const CpuFeatures& features);

}  // namespace dusk
