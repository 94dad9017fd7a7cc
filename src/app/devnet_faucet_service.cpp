#include "app/devnet_faucet_service.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <nlohmann/json.hpp>

#include "app/devnet_faucet.hpp"
#include "app/faucet_book.hpp"
#include "app/public_files.hpp"
#include "ledger/dusk_amount.hpp"
#include "phoenix/address.hpp"

namespace dusk::app {
namespace {

namespace asio = boost::asio;
using nlohmann::json;
using rpc::HttpResponse;
using namespace std::chrono_literals;

constexpr std::size_t kMostWaiting = 16;
constexpr auto kLook = 20ms;  // how often the payment is looked at
constexpr unsigned kPatience = 60;

HttpResponse refuse(unsigned status, std::string_view code, std::string_view message) {
    const json body{{"error", message}, {"code", code}};
    return HttpResponse::json(status, body.dump(-1, ' ', false, json::error_handler_t::replace));
}

HttpResponse with_retry(HttpResponse response, std::uint64_t seconds) {
    response.headers.emplace_back("Retry-After", std::to_string(seconds));
    return response;
}

HttpResponse terms() {
    const FaucetLimits limits;
    return HttpResponse::json(200, json{{"amount", DevnetFaucet().amount},
                                        {"to_one", ledger::format_dusk(limits.to_one)},
                                        {"to_all", ledger::format_dusk(limits.to_all)},
                                        {"window", limits.window.count()}}
                                       .dump());
}

unsigned status_of(std::string_view code) {
    if (code == "usage") return 400;
    if (code == "faucet_limit") return 429;
    for (const std::string_view busy : {"not_running", "no_answer", "not_final", "no_faucet", "insufficient_funds"}) {
        if (code == busy) return 503;
    }
    return 500;
}

// Of what the command printed: its outcome, or {"error": {"code", "message", …}}.
HttpResponse answer_of(const json& printed) {
    if (!printed.is_object()) return refuse(500, "failure", "the payment ended without a word");
    const auto error = printed.find("error");
    if (error == printed.end()) return HttpResponse::json(200, printed.dump());
    if (!error->is_object()) return refuse(500, "failure", "the payment failed");
    const std::string code = error->value("code", "failure");
    HttpResponse out = refuse(status_of(code), code, error->value("message", "the payment failed"));
    const auto retry = printed.find("retry_after");
    if (retry != printed.end() && retry->is_number_unsigned()) return with_retry(std::move(out), *retry);
    return out;
}

// Until its time, or somebody wakes it.
asio::awaitable<void> wait(asio::steady_timer& timer) {
    boost::system::error_code woken;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, woken));
}

}  // namespace

std::optional<HttpResponse> FaucetService::read(const rpc::HttpRequest& request, Payment& out) {
    const auto bad = [](std::string_view what) { return refuse(400, "usage", what); };
    const json body = json::parse(request.body.begin(), request.body.end(), nullptr, false);
    if (!body.is_object()) return bad(R"(the body is a JSON object: {"address": "…", "amount": "1000"})");
    out.amount = DevnetFaucet().amount;
    for (const auto& [key, value] : body.items()) {
        if (key == "address" && value.is_string()) {
            out.address = value;
        } else if (key == "amount" && value.is_string()) {
            out.amount = value;
        } else if (key == "amount" && value.is_number()) {
            out.amount = value.dump();
        } else {
            return bad("only \"address\", a text, and \"amount\", in DUSK, may be there");
        }
    }
    if (!phoenix::parse_address(out.address)) {
        return bad("\"address\" is neither a public account nor a shielded address");
    }
    const auto amount = ledger::parse_dusk(out.amount);
    if (!amount || *amount == ledger::Lux{}) return bad("\"amount\" is no amount of DUSK above 0, such as \"12.5\"");
    return {};
}

asio::awaitable<HttpResponse> FaucetService::answer(rpc::HttpRequest request) {
    if (request.method != "POST") co_return terms();
    Payment payment;
    if (auto refusal = read(request, payment)) co_return *std::move(refusal);
    if (waiting_ >= kMostWaiting) co_return with_retry(refuse(429, "busy", "many wait for the faucet"), 10);
    ++waiting_;
    while (is_paying_ && !stopped_) co_await wait(turn_);
    --waiting_;
    if (stopped_) co_return refuse(503, "stopping", "the node is stopping");
    is_paying_ = true;
    HttpResponse out = co_await pay(payment);
    is_paying_ = false;
    turn_.cancel_one();
    co_return out;
}

asio::awaitable<HttpResponse> FaucetService::pay(const Payment& payment) {
    const std::filesystem::path printed = folder_ / fmt::format("faucet-{}.answer", ::getpid());
    auto child =
        ChildProcess::start({.program = own_program(),
                             .arguments = {"devnet", "faucet", payment.address, "--amount", payment.amount, "--folder",
                                           folder_.string(), "--patience", std::to_string(kPatience), "--json"},
                             .environment = {},
                             .log = folder_ / "faucet.log",
                             .output = printed});
    if (!child) {
        logger_.error("the faucet cannot pay", {{"reason", child.error()}});
        co_return refuse(500, "failure", "the faucet cannot pay: the log of the node says why");
    }
    while (!child->ended()) {
        if (stopped_) {
            child->send(SIGTERM);
            co_return refuse(503, "stopping", "the node is stopping; the payment may have been made");
        }
        asio::steady_timer look(loop_, kLook);
        co_await wait(look);
    }
    const auto content = read_public_file(printed);
    std::error_code ignored;
    std::filesystem::remove(printed, ignored);
    co_return answer_of(content ? json::parse(*content, nullptr, false) : json());
}

void FaucetService::stop() {
    stopped_ = true;
    turn_.cancel();
}

}  // namespace dusk::app
