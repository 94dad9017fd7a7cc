// Answers to requests below /on/ (spec/interfaces.md §2).
#pragma once

#include <chrono>
#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "rpc/http.hpp"

namespace dusk::rpc {

// 200: compact JSON, keys in ascending order.
[[nodiscard]] HttpResponse json_answer(const nlohmann::json& value);
// 200, without a type: the bytes, or lower-case hexadecimal.
[[nodiscard]] HttpResponse bytes_answer(ByteView bytes, bool is_binary);
// 200, without a type.
[[nodiscard]] HttpResponse text_answer(std::string_view text);
// 202, empty.
[[nodiscard]] HttpResponse nothing();

// 400 `Invalid input: …`
[[nodiscard]] HttpResponse invalid_input(std::string_view what);
// 404 `Not found: …`
[[nodiscard]] HttpResponse not_found(std::string_view what);
// 404 of paths that nothing answers.
[[nodiscard]] HttpResponse no_such_path();
// 501
[[nodiscard]] HttpResponse unsupported();
// 500, which says nothing about the cause.
[[nodiscard]] HttpResponse internal_error();
// 429, to be tried again after a while.
[[nodiscard]] HttpResponse too_many_requests(std::chrono::seconds wait = std::chrono::seconds(1));
// 405
[[nodiscard]] HttpResponse other_method(std::string allowed);

// Marks an answer of a route that is to go away one day; `successor` (a path; empty: none) is what to ask instead.
void mark_deprecated(HttpResponse& response, std::string_view successor = {});

}  // namespace dusk::rpc
