#include "rpc/version_requirement.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <compare>

namespace dusk::rpc {
namespace {

using Operator = VersionRequirement::Operator;
using Comparator = VersionRequirement::Comparator;
using Sentence = Result<void, std::string>;

constexpr std::size_t kMostComparators = 32;
constexpr std::array<std::string_view, 3> kParts{"major", "minor", "patch"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_identifier(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
}
bool is_wildcard(char c) { return c == '*' || c == 'x' || c == 'X'; }

class Scanner {
  public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    [[nodiscard]] char next() const { return rest_.empty() ? '\0' : rest_.front(); }
    void skip_spaces() { rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size())); }
    bool take(char c) {
        if (next() != c || rest_.empty()) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool take_wildcard() {
        if (rest_.empty() || !is_wildcard(next())) return false;
        rest_.remove_prefix(1);
        return true;
    }
    [[nodiscard]] std::string unexpected(std::string_view while_reading) const {
        if (at_end()) return fmt::format("unexpected end of input while parsing {}", while_reading);
        return fmt::format("unexpected character '{}' while parsing {}", next(), while_reading);
    }
    Result<std::uint64_t, std::string> number(std::string_view part) {
        const std::string where = fmt::format("{} version number", part);
        if (at_end() || !is_digit(next())) return fail(unexpected(where));
        const auto end = std::ranges::find_if_not(rest_, is_digit);
        const std::string_view digits(rest_.begin(), end);
        if (digits.size() > 1 && digits.front() == '0') return fail(fmt::format("invalid leading zero in {}", where));
        std::uint64_t out = 0;
        if (std::from_chars(digits.begin(), digits.end(), out).ec != std::errc()) {
            return fail(fmt::format("value of {} exceeds u64::MAX", where));
        }
        rest_.remove_prefix(digits.size());
        return out;
    }
    // What stands behind '-' or '+': words with points between them.
    Result<std::string, std::string> identifiers(std::string_view where, bool leading_zeros) {
        const auto end = std::ranges::find_if_not(rest_, is_identifier);
        const std::string out(rest_.begin(), end);
        rest_.remove_prefix(out.size());
        std::string_view left = out;
        for (bool more = true; more;) {
            const std::size_t point = left.find('.');
            const std::string_view word = left.substr(0, point);
            if (word.empty()) return fail(fmt::format("empty identifier segment in {}", where));
            const bool is_number = std::ranges::all_of(word, is_digit);
            if (!leading_zeros && is_number && word.size() > 1 && word.front() == '0') {
                return fail(fmt::format("invalid leading zero in {}", where));
            }
            more = point != std::string_view::npos;
            if (more) left.remove_prefix(point + 1);
        }
        return out;
    }

  private:
    std::string_view rest_;
};

std::optional<Operator> take_operator(Scanner& in) {
    if (in.take('=')) return Operator::exact;
    if (in.take('>')) return in.take('=') ? Operator::greater_equal : Operator::greater;
    if (in.take('<')) return in.take('=') ? Operator::less_equal : Operator::less;
    if (in.take('~')) return Operator::tilde;
    if (in.take('^')) return Operator::caret;
    return {};
}

Result<Comparator, std::string> read_comparator(Scanner& in) {
    const auto op = take_operator(in);
    in.skip_spaces();
    Comparator out{.op = op.value_or(Operator::caret)};
    bool has_wildcard = false;
    for (std::size_t part = 0; part < kParts.size(); ++part) {
        if (part > 0 && !in.take('.')) break;
        if (part > 0 && in.take_wildcard()) {
            has_wildcard = true;
            if (!op) out.op = Operator::wildcard;
            continue;
        }
        if (has_wildcard) return fail(std::string("unexpected character after wildcard in version req"));
        const auto number = in.number(kParts[part]);
        if (!number) return fail(number.error());
        out.numbers.push_back(*number);
    }
    if (out.numbers.size() == kParts.size() && in.take('-')) {
        auto pre = in.identifiers("pre-release identifier", false);
        if (!pre) return fail(pre.error());
        out.pre = *std::move(pre);
    }
    if (out.numbers.size() == kParts.size() && in.take('+')) {
        if (const auto build = in.identifiers("build metadata", true); !build) return fail(build.error());
    }
    in.skip_spaces();
    return out;
}

std::strong_ordering compare_words(std::string_view a, std::string_view b) {
    const bool a_number = std::ranges::all_of(a, is_digit);
    const bool b_number = std::ranges::all_of(b, is_digit);
    if (a_number != b_number) return a_number ? std::strong_ordering::less : std::strong_ordering::greater;
    if (a_number && a.size() != b.size()) return a.size() <=> b.size();
    return a <=> b;
}

// Nothing is greater than anything.
std::strong_ordering compare_pre(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty()) return a.empty() <=> b.empty();
    while (true) {
        const std::size_t a_end = std::min(a.find('.'), a.size());
        const std::size_t b_end = std::min(b.find('.'), b.size());
        if (const auto order = compare_words(a.substr(0, a_end), b.substr(0, b_end)); order != 0) return order;
        const bool a_more = a_end < a.size();
        const bool b_more = b_end < b.size();
        if (!a_more || !b_more) return a_more <=> b_more;
        a.remove_prefix(a_end + 1);
        b.remove_prefix(b_end + 1);
    }
}

// Of the numbers that are asked for; all of them and what stands behind, where all three are.
std::strong_ordering compare(const Version& version, const Comparator& asked) {
    for (std::size_t i = 0; i < asked.numbers.size(); ++i) {
        if (const auto order = version.numbers[i] <=> asked.numbers[i]; order != 0) return order;
    }
    if (asked.numbers.size() < version.numbers.size()) return std::strong_ordering::equal;
    return compare_pre(version.pre, asked.pre);
}

bool matches_exact(const Version& version, const Comparator& asked) {
    return std::equal(asked.numbers.begin(), asked.numbers.end(), version.numbers.begin()) && version.pre == asked.pre;
}

// The first `fixed` numbers are those asked for, and the rest is not below.
bool matches_from(const Version& version, const Comparator& asked, std::size_t fixed) {
    for (std::size_t i = 0; i < std::min(fixed, asked.numbers.size()); ++i) {
        if (version.numbers[i] != asked.numbers[i]) return false;
    }
    for (std::size_t i = fixed; i < asked.numbers.size(); ++i) {
        if (version.numbers[i] != asked.numbers[i]) return version.numbers[i] > asked.numbers[i];
    }
    return compare_pre(version.pre, asked.pre) >= 0;
}

// Compatible: nothing up to the first number that is not zero may differ.
bool matches_caret(const Version& version, const Comparator& asked) {
    const auto first = std::ranges::find_if(asked.numbers, [](std::uint64_t number) { return number != 0; });
    const auto fixed = static_cast<std::size_t>(first - asked.numbers.begin()) + 1;
    if (version.numbers[0] != asked.numbers[0]) return false;
    if (asked.numbers.size() == 1) return true;
    return asked.numbers.size() == 2 ? (asked.numbers[0] > 0 ? version.numbers[1] >= asked.numbers[1]
                                                             : version.numbers[1] == asked.numbers[1])
                                     : matches_from(version, asked, fixed);
}

bool matches_one(const Version& version, const Comparator& asked) {
    // "Greater than 1.2" means at least 1.3: equal in the numbers that are asked for is neither greater nor less.
    const auto order = compare(version, asked);
    switch (asked.op) {
        case Operator::exact:
        case Operator::wildcard:
            return matches_exact(version, asked);
        case Operator::greater:
            return order > 0;
        case Operator::greater_equal:
            return order > 0 || matches_exact(version, asked);
        case Operator::less:
            return order < 0;
        case Operator::less_equal:
            return order < 0 || matches_exact(version, asked);
        case Operator::tilde:
            return matches_from(version, asked, 2);
        case Operator::caret:
            return matches_caret(version, asked);
    }
    return false;
}

bool names_the_same_release(const Version& version, const Comparator& asked) {
    return !asked.pre.empty() && std::ranges::equal(asked.numbers, version.numbers);
}

std::string_view prefix(Operator op) {
    constexpr std::array<std::string_view, 8> kPrefixes{"=", ">", ">=", "<", "<=", "~", "^", ""};
    return kPrefixes[static_cast<std::size_t>(op)];
}

std::string to_text(const Comparator& one) {
    std::string out(prefix(one.op));
    for (std::size_t i = 0; i < one.numbers.size(); ++i) out += fmt::format("{}{}", i == 0 ? "" : ".", one.numbers[i]);
    if (one.op == Operator::wildcard) out += ".*";
    if (!one.pre.empty()) out += "-" + one.pre;
    return out;
}

}  // namespace

std::optional<Version> Version::parse(std::string_view text) {
    Scanner in(text);
    Version out;
    for (std::size_t part = 0; part < kParts.size(); ++part) {
        if (part > 0 && !in.take('.')) return {};
        const auto number = in.number(kParts[part]);
        if (!number) return {};
        out.numbers[part] = *number;
    }
    if (in.take('-')) {
        auto pre = in.identifiers("pre-release identifier", false);
        if (!pre) return {};
        out.pre = *std::move(pre);
    }
    if (in.take('+') && !in.identifiers("build metadata", true)) return {};
    if (!in.at_end()) return {};
    return out;
}

std::string Version::to_text() const {
    return fmt::format("{}.{}.{}{}{}", numbers[0], numbers[1], numbers[2], pre.empty() ? "" : "-", pre);
}

Result<VersionRequirement, std::string> VersionRequirement::parse(std::string_view text) {
    Scanner in(text);
    in.skip_spaces();
    VersionRequirement out;
    if (in.take_wildcard()) {
        in.skip_spaces();
        if (in.at_end()) return out;
        return fail(std::string("wildcard req (*) must be the only comparator in the version req"));
    }
    if (in.at_end()) return fail(std::string("empty string, expected a semver version"));
    while (true) {
        auto comparator = read_comparator(in);
        if (!comparator) return fail(comparator.error());
        out.comparators_.push_back(*std::move(comparator));
        if (in.at_end()) return out;
        if (!in.take(',')) return fail(in.unexpected("what follows a version, a comma is expected"));
        if (out.comparators_.size() == kMostComparators) {
            return fail(std::string("excessive number of version comparators"));
        }
        in.skip_spaces();
    }
}

bool VersionRequirement::matches(const Version& version) const {
    if (!std::ranges::all_of(comparators_, [&](const Comparator& one) { return matches_one(version, one); }))
        return false;
    return version.pre.empty() || std::ranges::any_of(comparators_, [&](const Comparator& one) {
               return names_the_same_release(version, one);
           });
}

std::string VersionRequirement::to_text() const {
    if (comparators_.empty()) return "*";
    std::string out;
    for (const Comparator& one : comparators_) out += (out.empty() ? "" : ", ") + rpc::to_text(one);
    return out;
}

}  // namespace dusk::rpc
