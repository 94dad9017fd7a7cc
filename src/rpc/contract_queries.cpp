#include "rpc/contract_queries.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <stdexcept>

#include "base/hex.hpp"
#include "rpc/request_body.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;

HttpResponse answer_of(const Bytes& data, bool is_binary) {
    if (is_binary) return {.status = 200, .headers = {}, .body = data};
    const std::string text = to_hex(data);
    return {.status = 200, .headers = {}, .body = to_vector(as_bytes(text))};
}

HttpResponse failure_of(const vm::CallError& error) {
    if (error.kind == vm::CallErrorKind::missing_feed) {
        return HttpResponse::error(400, "Invalid input: rusk-feeder header is missing");
    }
    return HttpResponse::error(500, "Internal server error");
}

}  // namespace

struct ContractQueries::Query {
    explicit Query(asio::io_context& loop) : done(loop) {}

    std::unique_ptr<vm::Session> session{};
    vm::ContractId contract{};
    std::string function{};
    Bytes argument{};
    bool feeds = false;
    bool is_binary = false;
    ContractQueryLimits limits{};
    std::optional<HttpResponse> response{};
    asio::steady_timer done;

    // On the thread of the queries.
    [[nodiscard]] HttpResponse ask() const {
        if (!feeds) {
            const auto receipt = session->call(contract, function, argument, limits.gas.value);
            return receipt ? answer_of(receipt->data, is_binary) : failure_of(receipt.error());
        }
        Bytes all;
        bool is_too_large = false;
        const auto take = [&](const Bytes& item) {
            is_too_large = item.size() > limits.answer - all.size();
            if (is_too_large) throw std::length_error("the answer");  // ends the call
            all.insert(all.end(), item.begin(), item.end());
        };
        const auto receipt = session->feeder_call(contract, function, argument, limits.feeder_gas.value, take);
        if (is_too_large) {
            return HttpResponse::error(413, "Payload too large: the contract feeds more than one answer may have");
        }
        return receipt ? answer_of(all, is_binary) : failure_of(receipt.error());
    }
};

asio::awaitable<HttpResponse> ContractQueries::run(std::unique_ptr<vm::Session> session, const vm::ContractId& contract,
                                                   std::string function, const HttpRequest& request) {
    if (stopped_) co_return HttpResponse::error(503, "the node is stopping");
    if (open_.size() >= limits_.waiting) {
        HttpResponse busy = HttpResponse::error(429, "too_many_requests");
        busy.headers.emplace_back("Retry-After", "1");
        co_return busy;
    }
    const RequestBody body = read_body(request);
    if (!body.valid_text) co_return HttpResponse::error(422, "Invalid payload: Invalid utf8");
    const auto query = std::make_shared<Query>(loop_);
    query->session = std::move(session);
    query->contract = contract;
    query->function = std::move(function);
    query->argument = to_vector(body.bytes.reveal());
    query->feeds = request.has_header("Rusk-Feeder");
    query->is_binary = body.binary_answer;
    query->limits = limits_;
    open_.insert(query);
    thread_.add([query] {
        auto answer = std::make_shared<HttpResponse>(query->ask());
        return [query, answer] {
            query->response = std::move(*answer);
            query->done.cancel();
        };
    });
    query->done.expires_at(asio::steady_timer::time_point::max());
    boost::system::error_code ended;
    co_await query->done.async_wait(asio::redirect_error(asio::use_awaitable, ended));
    open_.erase(query);
    if (!query->response) co_return HttpResponse::error(503, "the node is stopping");
    co_return *std::move(query->response);
}

void ContractQueries::stop() {
    stopped_ = true;
    thread_.stop();
    for (const auto& query : open_) query->done.cancel();
}

}  // namespace dusk::rpc
