// What holds for all requests below /on/ (spec/interfaces.md §1.2, §2, §5.2).
#pragma once

#include "rpc/event_stream.hpp"
#include "rpc/http.hpp"

namespace dusk::rpc {

// What the client asks of the version of the node, by its headers Rusk-Version and Rusk-Version-Strict; nothing where
// it fits, else the answer 400. `version` is a valid one.
[[nodiscard]] std::optional<HttpResponse> refuse_version(const HttpRequest& request, std::string_view version);

// Whether all headers are plain text; else the answer 422, which names the one that is not.
[[nodiscard]] std::optional<HttpResponse> refuse_headers(const HttpRequest& request);

// Headers whose name begins with "x-" are given back.
void echo_headers(const HttpHeaders& request, HttpResponse& response);

// GET and DELETE of /on/COMPONENT[:ENTITY]/TOPIC, with the session in the header Rusk-Session-Id.
[[nodiscard]] HttpResponse change_subscription(EventStream& stream, const HttpRequest& request,
                                               Subscription subscription);

}  // namespace dusk::rpc
