// The texts that rkyv.json writes values in, read by type. Lists at the top level have no brackets.
#pragma once

#include <charconv>
#include <stdexcept>
#include <type_traits>

#include "vm/archive_samples.hpp"

namespace dusk::vectors {

__extension__ using Wide128 = unsigned __int128;

class Cursor {
  public:
    // `hex_fills`: in `11s` and `[aa;5]` the repeated byte is hexadecimal.
    Cursor(std::string_view text, bool hex_fills) : rest_(text), hex_fills_(hex_fills) {}

    bool accept(std::string_view token) {
        if (!rest_.starts_with(token)) return false;
        rest_.remove_prefix(token.size());
        return true;
    }
    void expect(std::string_view token) {
        if (!accept(token)) complain("expected " + std::string(token));
    }
    [[nodiscard]] bool done() const { return rest_.empty(); }
    [[nodiscard]] std::string_view rest() const { return rest_; }
    [[nodiscard]] bool hex_fills() const { return hex_fills_; }
    // What stands before any of `stops`, or all.
    std::string until(std::string_view stops) {
        const std::string out(rest_.substr(0, rest_.find_first_of(stops)));
        rest_.remove_prefix(out.size());
        return out;
    }
    Wide128 digits(unsigned base) {
        const std::string_view all = base == 16 ? "0123456789abcdef" : "0123456789";
        Wide128 value = 0;
        if (rest_.empty() || !all.contains(rest_.front())) complain("expected a number");
        for (; !rest_.empty() && all.contains(rest_.front()); rest_.remove_prefix(1)) {
            value = value * base + all.find(rest_.front());
        }
        return value;
    }
    // Sums of numbers and powers, such as 2^40+1; modulo 2^128, negative ones too.
    Wide128 number() {
        Wide128 sum = 0;
        bool negative = accept("-");
        while (true) {
            const Wide128 base = digits(10);
            Wide128 term = base;
            if (accept("^")) {
                term = 1;
                for (Wide128 exponent = digits(10); exponent > 0; --exponent) term *= base;
            }
            sum = negative ? sum - term : sum + term;
            if (accept("+")) {
                negative = false;
            } else if (rest_.starts_with("-") && rest_.size() > 1) {
                accept("-");
                negative = true;
            } else {
                return sum;
            }
        }
    }
    [[noreturn]] void complain(const std::string& what) const {
        throw std::runtime_error(what + " before \"" + std::string(rest_) + "\"");
    }

  private:
    std::string_view rest_;
    bool hex_fills_;
};

template <class T>
struct TextForm;

template <class T>
T parse(Cursor& in, bool top = false) {
    return TextForm<T>::parse(in, top);
}

template <>
struct TextForm<std::monostate> {
    static std::monostate parse(Cursor& in, bool /*top*/) {
        in.expect("()");
        return {};
    }
};
template <>
struct TextForm<bool> {
    static bool parse(Cursor& in, bool /*top*/) {
        if (in.accept("true")) return true;
        in.expect("false");
        return false;
    }
};
template <std::integral T>
struct TextForm<T> {
    static T parse(Cursor& in, bool /*top*/) { return static_cast<T>(in.number()); }
};
template <>
struct TextForm<U128> {
    static U128 parse(Cursor& in, bool /*top*/) {
        const Wide128 value = in.number();
        return {static_cast<std::uint64_t>(value), static_cast<std::uint64_t>(value >> 64)};
    }
};
template <>
struct TextForm<std::string> {
    static std::string parse(Cursor& in, bool top) { return top ? in.until("") : in.until(",])"); }
};

// `7s`: as many sevens as the type has. `[7;5]`: five of them.
template <>
struct TextForm<Bytes> {
    static Bytes parse(Cursor& in, bool top) {
        if (top && in.accept("empty")) return {};
        const bool brackets = in.accept("[");
        if (!brackets && !top) in.complain("expected [");
        Bytes out;
        if (brackets && in.accept("]")) return out;
        if (top && !brackets && in.done()) return out;
        const std::size_t semicolon = in.rest().find(';');
        if (brackets && semicolon != std::string_view::npos && semicolon < in.rest().find(']')) {
            const auto byte = static_cast<std::uint8_t>(in.digits(in.hex_fills() ? 16 : 10));
            in.expect(";");
            out.assign(static_cast<std::size_t>(in.digits(10)), byte);
        } else {
            do {
                in.accept(" ");
                out.push_back(vectors::parse<std::uint8_t>(in));
            } while (in.accept(","));
        }
        if (brackets) in.expect("]");
        return out;
    }
};
template <class T>
struct TextForm<std::vector<T>> {
    static std::vector<T> parse(Cursor& in, bool top) {
        if (top && in.accept("empty")) return {};
        std::vector<T> out;
        const bool brackets = in.accept("[");
        if (!brackets && !top) in.complain("expected [");
        if (brackets && in.accept("]")) return out;
        do {
            in.accept(" ");
            out.push_back(vectors::parse<T>(in));
        } while (in.accept(","));
        if (brackets) in.expect("]");
        return out;
    }
};
template <std::size_t N>
struct TextForm<ByteArray<N>> {
    static ByteArray<N> parse(Cursor& in, bool top) {
        ByteArray<N> out{};
        const bool brackets = in.accept("[");
        const std::size_t end = in.rest().find_first_of("s,])");
        if (end != std::string_view::npos && in.rest()[end] == 's') {
            out.fill(static_cast<std::uint8_t>(in.digits(in.hex_fills() ? 16 : 10)));
            in.expect("s");
        } else {
            if (!brackets && !top) in.complain("expected [");
            for (std::size_t i = 0; i < N; ++i) {
                if (i > 0) in.expect(",");
                in.accept(" ");
                out[i] = vectors::parse<std::uint8_t>(in);
            }
        }
        if (brackets) in.expect("]");
        return out;
    }
};
template <class T>
struct TextForm<std::optional<T>> {
    static std::optional<T> parse(Cursor& in, bool /*top*/) {
        if (in.accept("None")) return {};
        in.expect("Some(");
        std::optional<T> out(vectors::parse<T>(in));
        in.expect(")");
        return out;
    }
};
template <class T, class E>
struct TextForm<std::expected<T, E>> {
    static std::expected<T, E> parse(Cursor& in, bool /*top*/) {
        const bool good = in.accept("Ok(");
        if (!good) in.expect("Err(");
        std::expected<T, E> out =
            good ? std::expected<T, E>(vectors::parse<T>(in)) : std::expected<T, E>(fail(vectors::parse<E>(in)));
        in.expect(")");
        return out;
    }
};
template <class T>
struct TextForm<Boxed<T>> {
    static Boxed<T> parse(Cursor& in, bool top) { return {vectors::parse<T>(in, top)}; }
};
template <class... T>
struct TextForm<std::tuple<T...>> {
    static std::tuple<T...> parse(Cursor& in, bool /*top*/) {
        bool first = true;
        const auto item = [&]<class Item>() {
            in.expect(first ? "(" : ",");
            first = false;
            in.accept(" ");
            return vectors::parse<Item>(in);
        };
        std::tuple<T...> out { item.template operator()<T>()... };
        in.expect(")");
        return out;
    }
};
template <>
struct TextForm<ContractError> {
    static ContractError parse(Cursor& in, bool /*top*/) {
        if (in.accept("OutOfGas")) return OutOfGas{};
        if (in.accept("DoesNotExist")) return DoesNotExist{};
        if (in.accept("Unknown")) return Unknown{};
        in.expect("Panic(");
        Panic panic{in.until(")")};
        in.expect(")");
        return panic;
    }
};
template <>
struct TextForm<Sample> {
    static Sample parse(Cursor& in, bool /*top*/) {
        if (in.accept("Unit")) return Unit{};
        if (in.accept("One(")) {
            const One one{vectors::parse<std::uint8_t>(in)};
            in.expect(")");
            return one;
        }
        if (in.accept("Wide(")) {
            const Wide wide{vectors::parse<std::uint64_t>(in)};
            in.expect(")");
            return wide;
        }
        in.expect("Two{a:");
        Two two{vectors::parse<std::uint32_t>(in), {}};
        in.expect(",b:");
        two.b = vectors::parse<Bytes>(in);
        in.expect("}");
        return two;
    }
};
template <>
struct TextForm<Mixed> {
    static Mixed parse(Cursor& in, bool /*top*/) {
        Mixed out;
        out.a = vectors::parse<std::uint8_t>(in);
        in.expect(",");
        out.b = vectors::parse<std::uint64_t>(in);
        in.expect(",");
        out.c = vectors::parse<std::uint16_t>(in);
        in.expect(",");
        out.d = vectors::parse<Bytes>(in);
        in.expect(",");
        out.e = vectors::parse<std::uint32_t>(in);
        return out;
    }
};
// `k:v,k:v`, or `i:i for i<N` where either side may be a multiple `i*M`.
template <class K, class V>
struct TextForm<std::map<K, V>> {
    static std::map<K, V> parse(Cursor& in, bool /*top*/) {
        std::map<K, V> out;
        if (in.done() || in.accept("empty")) return out;
        if (in.rest().starts_with("i")) {
            const Wide128 key_factor = multiple(in);
            in.expect(":");
            const Wide128 value_factor = multiple(in);
            in.expect(" for i<");
            const Wide128 count = in.number();
            for (Wide128 i = 0; i < count; ++i) {
                out[static_cast<K>(i * key_factor)] = static_cast<V>(i * value_factor);
            }
            return out;
        }
        do {
            in.accept(" ");
            const K key = vectors::parse<K>(in);
            in.expect(":");
            out[key] = vectors::parse<V>(in);
        } while (in.accept(","));
        return out;
    }

  private:
    static Wide128 multiple(Cursor& in) {
        in.expect("i");
        return in.accept("*") ? in.digits(10) : 1;
    }
};
template <class K>
struct TextForm<std::set<K>> {
    static std::set<K> parse(Cursor& in, bool top) {
        const auto items = vectors::parse<std::vector<K>>(in, top);
        return {items.begin(), items.end()};
    }
};

}  // namespace dusk::vectors
