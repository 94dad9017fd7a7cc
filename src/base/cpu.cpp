#include "base/cpu.hpp"

#include <cstdlib>
#include <string_view>

namespace dusk {
namespace {

#if defined(__wasm__)

CpuFeatures detect() { return {}; }

#else

CpuFeatures detect() {
    const char* variable = std::getenv("DUSK_CPU");
    const std::string_view wish = variable == nullptr ? "" : variable;
    if (wish == "portable") return {};
#if defined(__x86_64__)
    __builtin_cpu_init();
    return {
        .avx512_ifma = wish != "scalar" && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                       __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
                       __builtin_cpu_supports("avx512ifma"),
        .bmi2_adx = __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("adx"),
    };
#else
    return {};
#endif
}

#endif

}  // namespace

CpuFeatures detail::current_features = detect();
void set_cpu_features(const CpuFeatures& features) { detail::current_features = features; }

}  // namespace dusk
