// What a doctor says of one thing.
#pragma once

#include <string>
#include <string_view>

namespace dusk::app {

enum class Health : std::uint8_t { good, warning, bad };

[[nodiscard]] constexpr std::string_view to_string(Health health) {
    switch (health) {
        case Health::good:
            return "ok";
        case Health::warning:
            return "warning";
        case Health::bad:
            return "bad";
    }
    return "";
}

struct Finding {
    std::string subject{};
    Health health{};
    std::string text{};  // what is so; where it is not good, what to do
};

}  // namespace dusk::app
