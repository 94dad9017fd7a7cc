// Values or errors. Errors are enums, one per module; `Result` never holds both and never throws by itself.
#pragma once

#include <expected>
#include <utility>

namespace dusk {

template <class T, class E>
using Result = std::expected<T, E>;

// The error side of a `Result`: `return fail(DecodeError::bad_length);`.
template <class E>
[[nodiscard]] constexpr std::unexpected<E> fail(E error) {
    return std::unexpected<E>(std::move(error));
}

// `f(value)` when there is one, else the error (the library of the compiler has no monadic calls yet).
template <class T, class E, class F>
[[nodiscard]] constexpr auto and_then(const Result<T, E>& result, F&& f) -> decltype(f(*result)) {
    if (!result) return fail(result.error());
    return std::forward<F>(f)(*result);
}

// `Result` of `f(value)` when there is a value, else the error.
template <class T, class E, class F>
[[nodiscard]] constexpr auto transform(const Result<T, E>& result, F&& f) -> Result<decltype(f(*result)), E> {
    if (!result) return fail(result.error());
    return std::forward<F>(f)(*result);
}

}  // namespace dusk
