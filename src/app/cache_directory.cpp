#include "app/cache_directory.hpp"

#include <cstdlib>

namespace dusk::app {
namespace {

namespace fs = std::filesystem;

// Empty where it is not set.
fs::path environment(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? fs::path() : fs::path(value);
}

}  // namespace

std::optional<fs::path> cache_directory() {
    if (fs::path own = environment("DUSK_CACHE"); !own.empty()) return own;
    if (const fs::path user = environment("XDG_CACHE_HOME"); user.is_absolute()) return user / "dusk";
    if (const fs::path home = environment("HOME"); home.is_absolute()) return home / ".cache" / "dusk";
    return std::nullopt;
}

}  // namespace dusk::app
