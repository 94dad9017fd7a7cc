#include "base/cpu.hpp"

#include <cstdlib>
#include <string_view>

namespace dusk {
namespace {

CpuFeatures detect() {
    const char* wish = std::getenv("DUSK_CPU");
    if (wish != nullptr && std::string_view(wish) == "portable") return {};
#if defined(__x86_64__)
    __builtin_cpu_init();
    return {
        .avx512_ifma = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                       __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
                       __builtin_cpu_supports("avx512ifma"),
        .bmi2_adx = __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("adx"),
    };
#else
    return {};
#endif
}

}  // namespace

CpuFeatures detail::current_features = detect();
void set_cpu_features(const CpuFeatures& features) { detail::current_features = features; }

}  // namespace dusk
