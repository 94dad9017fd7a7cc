// Versions and what is asked of them, as Cargo writes both (spec/interfaces.md §1.2): "1.7.0-rc.1"; "1.0.0", which asks
// for a compatible one, "~1.6", ">=1.0.0, <2.0.0", "1.x", "*".
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace dusk::rpc {

struct Version {
    std::array<std::uint64_t, 3> numbers{};  // major, minor, patch
    std::string pre{};                       // "rc.1"; empty: a release

    [[nodiscard]] static std::optional<Version> parse(std::string_view text);
    [[nodiscard]] std::string to_text() const;
};

class VersionRequirement {
  public:
    // The error is a sentence.
    [[nodiscard]] static Result<VersionRequirement, std::string> parse(std::string_view text);
    // A version before a release matches only what names a version before the same release.
    [[nodiscard]] bool matches(const Version& version) const;
    // In one form whatever it was read from: "^1.0.0-rc.0", "1.*".
    [[nodiscard]] std::string to_text() const;

    enum class Operator : std::uint8_t { exact, greater, greater_equal, less, less_equal, tilde, caret, wildcard };
    struct Comparator {
        Operator op = Operator::caret;
        std::vector<std::uint64_t> numbers{};  // one to three
        std::string pre{};
    };

  private:
    std::vector<Comparator> comparators_{};  // all must match; none: "*"
};

}  // namespace dusk::rpc
