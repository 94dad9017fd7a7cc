#include "rpc/jsonrpc/dispatcher.hpp"

#include <fmt/core.h>

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace dusk::rpc::jsonrpc {
namespace {

namespace asio = boost::asio;

template <class Value>
std::string text_of(const Value& json) {
    return json.dump(-1, ' ', false, Value::error_handler_t::replace);
}

std::string error_text(const RequestJson& id, const Error& error) {
    return fmt::format(R"({{"jsonrpc":"2.0","id":{},"error":{}}})", text_of(id), text_of(error.to_json()));
}

std::string result_text(const RequestJson& id, const Json& result) {
    return fmt::format(R"({{"jsonrpc":"2.0","id":{},"result":{}}})", text_of(id), text_of(result));
}

// Nothing: it wants no answer.
std::optional<RequestJson> id_of(const OneRequest& request) {
    if (const auto* bad = std::get_if<BadRequest>(&request)) return bad->id;
    return std::get<Request>(request).id;
}

}  // namespace

bool Dispatcher::can_answer(const Method& method, bool has_socket) const {
    return method.need == Need::nothing || (method.need == Need::archive ? has_archive_ : has_socket);
}

asio::awaitable<Answer<Json>> Dispatcher::call(Request request, Caller& caller) {
    const Method* const method = table_.find(request.method);
    if (method == nullptr) {
        // A name of the client's goes back to the client only.
        co_return fail(Error{
            ErrorCode::method_not_found,
            fmt::format("there is no method {}; rpc.discover lists them", request.method.substr(0, 64)), nullptr});
    }
    auto params = params_of(*method, request.params);
    if (!params) co_return fail(params.error());
    if (!can_answer(*method, caller.subscriber != nullptr)) {
        co_return fail(method->need == Need::socket
                           ? unsupported("events come over a WebSocket: open one at the same path")
                           : unsupported("this node has no archive: ask one with [archive] in its configuration"));
    }
    const bool is_counted = std::exchange(caller.is_counted, false);
    const auto place = admit_(method->kind, is_counted ? asio::ip::address() : caller.client);
    if (!place) co_return fail(place.error());
    try {
        co_return co_await method->handler({.params = *std::move(params), .subscriber = caller.subscriber});
    } catch (const std::exception&) {
        co_return fail(internal_error());
    }
}

asio::awaitable<std::string> Dispatcher::answer_one(OneRequest request, Caller& caller) {
    if (const auto* bad = std::get_if<BadRequest>(&request)) co_return error_text(bad->id, bad->error);
    auto& asked = std::get<Request>(request);
    const std::optional<RequestJson> id = asked.id;
    const Answer<Json> answer = co_await call(std::move(asked), caller);
    if (!id) co_return std::string();
    if (!answer) co_return error_text(*id, answer.error());
    std::string out = result_text(*id, *answer);
    if (out.size() > limits_.answer) co_return error_text(*id, over_limit("bytes of an answer", limits_.answer));
    co_return out;
}

asio::awaitable<std::string> Dispatcher::answer(std::string text, Caller caller) {
    Requests requests = parse_requests(text, limits_.request);
    text = {};
    if (!requests.is_batch) co_return co_await answer_one(std::move(requests.all.front()), caller);
    std::string out;
    bool is_first = true;
    for (OneRequest& one : requests.all) {
        if (!is_first) co_await asio::post(loop_, asio::use_awaitable);
        is_first = false;
        std::string answered;
        if (out.size() > limits_.answer) {
            if (const auto id = id_of(one))
                answered = error_text(*id, over_limit("bytes of all answers", limits_.answer));
        } else {
            answered = co_await answer_one(std::move(one), caller);
        }
        if (answered.empty()) continue;
        out += out.empty() ? '[' : ',';
        out += answered;
    }
    if (!out.empty()) out += ']';
    co_return out;
}

}  // namespace dusk::rpc::jsonrpc
