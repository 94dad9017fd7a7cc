// A value or nothing; a value or an error. Rust's Option and Result in archives.
#pragma once

#include "dusk/contract/types.hpp"

namespace dusk::contract {

[[noreturn]] void missing_value();  // panics (panic.hpp)

template <class T>
class Optional {
  public:
    constexpr Optional() : none_{} {}
    constexpr Optional(T value) : value_(contract::move(value)), has_(true) {}
    constexpr Optional(const Optional& other) : none_{} {
        if (other.has_) emplace(other.value_);
    }
    constexpr Optional(Optional&& other) : none_{} {
        if (other.has_) emplace(contract::move(other.value_));
    }
    constexpr Optional& operator=(Optional other) {
        reset();
        if (other.has_) emplace(contract::move(other.value_));
        return *this;
    }
    constexpr ~Optional() { reset(); }

    template <class... Arguments>
    constexpr T& emplace(Arguments&&... arguments) {
        reset();
        construct(&value_, contract::forward<Arguments>(arguments)...);
        has_ = true;
        return value_;
    }
    constexpr void reset() {
        if (has_) value_.~T();
        has_ = false;
    }

    [[nodiscard]] constexpr bool has_value() const { return has_; }
    constexpr explicit operator bool() const { return has_; }
    // Panic when there is nothing.
    [[nodiscard]] constexpr const T& operator*() const {
        if (!has_) missing_value();
        return value_;
    }
    [[nodiscard]] constexpr T& operator*() {
        if (!has_) missing_value();
        return value_;
    }
    [[nodiscard]] constexpr const T* operator->() const { return &**this; }
    [[nodiscard]] constexpr T* operator->() { return &**this; }
    [[nodiscard]] constexpr T value_or(T otherwise) const { return has_ ? value_ : otherwise; }

    constexpr bool operator==(const Optional& other) const {
        return has_ == other.has_ && (!has_ || value_ == other.value_);
    }

  private:
    union {
        Unit none_;
        T value_;
    };
    bool has_ = false;
};

// The error side of a Result: `return failure(Reason::expired);`.
template <class E>
struct Failure {
    E error;
};
template <class E>
[[nodiscard]] constexpr Failure<Plain<E>> failure(E&& error) {
    return {contract::forward<E>(error)};
}

template <class T, class E>
class Result {
  public:
    constexpr Result() : value_{} {}
    constexpr Result(T value) : value_(contract::move(value)) {}
    constexpr Result(Failure<E> error) : error_(contract::move(error.error)), good_(false) {}
    constexpr Result(const Result& other) : none_{} { take(other); }
    constexpr Result(Result&& other) : none_{} { take(contract::move(other)); }
    constexpr Result& operator=(Result other) {
        drop();
        take(contract::move(other));
        return *this;
    }
    constexpr ~Result() { drop(); }

    [[nodiscard]] constexpr bool has_value() const { return good_; }
    constexpr explicit operator bool() const { return good_; }
    // Panic when there is an error.
    [[nodiscard]] constexpr const T& operator*() const {
        if (!good_) missing_value();
        return value_;
    }
    [[nodiscard]] constexpr T& operator*() {
        if (!good_) missing_value();
        return value_;
    }
    [[nodiscard]] constexpr const T* operator->() const { return &**this; }
    [[nodiscard]] constexpr const E& error() const {
        if (good_) missing_value();
        return error_;
    }

    constexpr bool operator==(const Result& other) const {
        if (good_ != other.good_) return false;
        return good_ ? value_ == other.value_ : error_ == other.error_;
    }

  private:
    template <class Other>
    constexpr void take(Other&& other) {
        good_ = other.good_;
        if (good_) {
            construct(&value_, contract::forward<Other>(other).value_);
        } else {
            construct(&error_, contract::forward<Other>(other).error_);
        }
    }
    constexpr void drop() {
        if (good_) {
            value_.~T();
        } else {
            error_.~E();
        }
    }

    union {
        Unit none_;
        T value_;
        E error_;
    };
    bool good_ = true;
};

}  // namespace dusk::contract
