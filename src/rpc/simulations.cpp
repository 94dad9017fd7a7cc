#include "rpc/simulations.hpp"

#include <fmt/format.h>

#include "base/hex.hpp"
#include "rpc/answers.hpp"
#include "rpc/simulation_json.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;
using Json = nlohmann::ordered_json;

}  // namespace

asio::awaitable<Result<Json, HttpResponse>> Simulations::simulate(ledger::Transaction transaction) {
    const ledger::Gas most = parts_.settings.block_gas_limit;
    if (transaction.gas_limit() > most) co_return fail(invalid_input("Gas limit is too high."));
    const auto tip = parts_.blocks.tip();
    if (!tip) co_return fail(internal_error());
    if (!*tip) co_return fail(not_found("no block yet"));
    // Nothing of the loop's is used on the thread but what may be.
    struct Question {
        const vm::Machine& machine;
        DriverShelf& drivers;
        const Clock& clock;
        ledger::Transaction transaction;
        ledger::StateRoot root;
        ledger::Height height;
        std::uint8_t chain;
        ledger::Gas most;

        Result<Json, std::string> operator()() const {
            const execution::MakeSession make_session = [this]() -> Result<std::unique_ptr<vm::Session>, std::string> {
                auto session = machine.session(root.bytes, chain, height.value + 1);
                if (!session) return fail(std::string("the state of this block is gone: ask again"));
                return *std::move(session);
            };
            const auto report = execution::simulate(make_session, transaction, {.most_gas = most}, clock);
            if (!report) return fail(report.error());
            return simulation_json(*report, transaction, height, [this](const ledger::ContractId& contract) {
                auto driver = drivers.find(contract);
                return driver ? *std::move(driver) : nullptr;
            });
        }
    };
    const ledger::BlockHeader& header = **tip;
    auto answer = co_await threads_.ask(Question{.machine = parts_.machine,
                                                 .drivers = drivers_,
                                                 .clock = clock_,
                                                 .transaction = std::move(transaction),
                                                 .root = header.state_root,
                                                 .height = header.height,
                                                 .chain = static_cast<std::uint8_t>(parts_.settings.network->chain_id),
                                                 .most = most});
    if (!answer) co_return fail(too_many_requests());
    if (!*answer) co_return fail(internal_error());
    co_return **std::move(answer);
}

asio::awaitable<HttpResponse> Simulations::answer(RouteRequest request) {
    Bytes bytes = to_vector(read_body(request.http).bytes.reveal());
    if (request.http.header("Content-Type") != "application/octet-stream") {
        const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        if (auto digits = from_hex(text)) bytes = *std::move(digits);
    }
    auto decoded = ledger::decode_any(bytes);
    if (!decoded) {
        co_return invalid_input(fmt::format("the body is no transaction: {}", to_string(decoded.error())));
    }
    auto found = co_await simulate(std::move(decoded->transaction));
    if (!found) co_return std::move(found).error();
    co_return HttpResponse::json(200, found->dump(-1, ' ', false, Json::error_handler_t::replace));
}

void Simulations::add_to(RouteTable& table) {
    table.add("POST", "/simulate", RequestClass::contract_query,
              [this](RouteRequest request) { return answer(std::move(request)); });
}

}  // namespace dusk::rpc
