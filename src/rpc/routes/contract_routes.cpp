#include "rpc/routes/contract_routes.hpp"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "base/base58.hpp"
#include "base/hex.hpp"
#include "execution/state_queries.hpp"
#include "rpc/answers.hpp"
#include "rpc/routes/driver_answers.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;
using Json = nlohmann::json;
using ledger::ContractId;

HttpResponse deprecated(HttpResponse response, std::string_view successor = {}) {
    mark_deprecated(response, successor);
    return response;
}

Result<ledger::AccountKey, HttpResponse> account_of(std::string_view text) {
    const auto bytes = from_base58(text, ledger::AccountKey::kSize);
    if (!bytes && bytes.error() == Base58Error::bad_digit) return fail(invalid_input("Invalid bs58 account"));
    const auto key = bytes ? ledger::AccountKey::from_bytes(*bytes) : fail(crypto::DecodeError::bad_length);
    if (!key) return fail(invalid_input("Invalid bls account"));
    return *key;
}

HttpResponse no_owner(const ContractId& contract) {
    return not_found("Contract owner not found: " + to_hex(contract.bytes));
}

}  // namespace

void ContractRoutes::add_to(RouteTable& table) {
    const auto post = [&](std::string pattern, RequestClass kind, Answer (ContractRoutes::*answer)(RouteRequest),
                          std::size_t most_body = SIZE_MAX) {
        table.add(
            "POST", std::move(pattern), kind,
            [this, answer](RouteRequest request) { return (this->*answer)(std::move(request)); }, most_body);
    };
    constexpr auto kOther = RequestClass::other_rues;
    post("/on/account:{}/{}", kOther, &ContractRoutes::account);
    post("/on/contract:{}/status", kOther, &ContractRoutes::contract_status);
    post("/on/contract:{}/upload_driver", RequestClass::upload_driver, &ContractRoutes::upload, DriverShelf::kMostCode);
    post("/on/contract:{}/{}", kOther, &ContractRoutes::about_contract);
    post("/on/contract_owner:{}/{}", kOther, &ContractRoutes::owner);
    post("/on/contracts:{}/{}", RequestClass::contract_query, &ContractRoutes::call);
    post("/on/driver:{}/{}", kOther, &ContractRoutes::ask_driver);
}

Result<std::optional<Bytes>, HttpResponse> ContractRoutes::owner_of(const ContractId& contract) const {
    const auto session = parts_.session_at_tip();
    if (!session) return fail(session.error());
    const vm::ContractRecord* const record = (*session)->base()->find(contract.bytes);
    return record == nullptr ? std::nullopt : std::optional(record->deployment->owner);
}

asio::awaitable<HttpResponse> ContractRoutes::account(RouteRequest request) {
    if (request.parameters.at(1) != "status") co_return unsupported();
    const auto key = account_of(request.parameters.at(0));
    if (!key) co_return deprecated(key.error());
    auto session = parts_.session_at_tip();
    if (!session) co_return deprecated(session.error());
    const auto found = co_await parts_.threads.ask(
        [session = *std::move(session), key = *key] { return execution::StateQueries(*session).account(key); });
    if (!found) co_return too_many_requests();
    if (!*found) co_return deprecated(internal_error());
    const ledger::AccountData& account = **found;
    co_return deprecated(json_answer({{"balance", account.balance.value},
                                      {"next_nonce", parts_.node.core().next_nonce(*key, account.nonce).value},
                                      {"nonce", account.nonce.value}}));
}

asio::awaitable<HttpResponse> ContractRoutes::contract_status(RouteRequest request) {
    const auto contract = contract_id_of(request.parameters.at(0));
    if (!contract) co_return deprecated(invalid_input("Invalid contract bytes"));
    auto session = parts_.session_at_tip();
    if (!session) co_return deprecated(session.error());
    const auto balance = co_await parts_.threads.ask([session = *std::move(session), contract = *contract] {
        return execution::StateQueries(*session).contract_balance(contract);
    });
    if (!balance) co_return too_many_requests();
    co_return deprecated(*balance ? json_answer({{"balance", (*balance)->value}}) : internal_error());
}

asio::awaitable<HttpResponse> ContractRoutes::about_contract(RouteRequest request) {
    const std::string& topic = request.parameters.at(1);
    if (topic != "metadata" && topic != "download_driver") co_return unsupported();
    const auto contract = contract_id_of(request.parameters.at(0));
    if (!contract) co_return invalid_input("Invalid contract bytes");
    std::optional<Bytes> owner;
    if (topic == "metadata") {
        auto found = owner_of(*contract);
        if (!found) co_return found.error();
        owner = *std::move(found);
    }
    // The store of the drivers may have to read files.
    auto answer = co_await parts_.threads.ask(
        [&, contract = *contract] { return topic == "metadata" ? metadata(contract, owner) : download(contract); });
    co_return answer ? *std::move(answer) : too_many_requests();
}

HttpResponse ContractRoutes::metadata(const ContractId& contract, const std::optional<Bytes>& owner) {
    const auto stored = shelf_.stored(contract);
    if (!stored) return internal_error();
    const Bytes bytes = owner.value_or(Bytes());
    return json_answer({{"contract_owner", to_hex(bytes)},
                        {"created_at", nullptr},
                        {"driver_available", stored->has_value()},
                        {"driver_signature", *stored ? Json(to_hex((*stored)->signature)) : Json(nullptr)},
                        {"owner", to_base58(bytes)}});
}

HttpResponse ContractRoutes::download(const ContractId& contract) {
    auto stored = shelf_.stored(contract);
    if (!stored) return internal_error();
    if (!*stored) return not_found("Driver not registered");
    return {.status = 200, .headers = {{"Content-Type", "application/wasm"}}, .body = std::move((*stored)->code)};
}

asio::awaitable<HttpResponse> ContractRoutes::owner(RouteRequest request) {
    const auto contract = contract_id_of(request.parameters.at(0));
    if (!contract) co_return deprecated(invalid_input("Invalid contract bytes"));
    const std::string successor = fmt::format("/on/contract:{}/metadata", to_hex(contract->bytes));
    const auto owner = owner_of(*contract);
    if (!owner) co_return deprecated(owner.error(), successor);
    if (!*owner) co_return deprecated(no_owner(*contract), successor);
    co_return deprecated(bytes_answer(**owner, request.body.binary_answer), successor);
}

asio::awaitable<HttpResponse> ContractRoutes::upload(RouteRequest request) {
    const auto contract = contract_id_of(request.parameters.at(0));
    if (!contract) co_return invalid_input("Invalid contract id");
    if (!request.http.has_header("sign")) co_return invalid_input("Signature missing");
    const auto owner = owner_of(*contract);
    if (!owner) co_return owner.error();
    if (!*owner) co_return no_owner(*contract);
    auto answer = co_await parts_.threads.ask([&, contract = *contract] {
        const auto driver = signed_driver(request.body.bytes.reveal(), request.http.header("sign"), **owner);
        if (!driver) return driver.error();
        return shelf_.put(contract, *driver) ? text_answer("driver upload ok") : internal_error();
    });
    co_return answer ? *std::move(answer) : too_many_requests();
}

asio::awaitable<HttpResponse> ContractRoutes::call(RouteRequest request) {
    const auto contract = contract_id_of(request.parameters.at(0));
    if (!contract) co_return invalid_input("Invalid contract bytes");
    auto session = parts_.session_at_tip();
    if (!session) co_return session.error();
    ContractQuestion question{.session = *std::move(session),
                              .contract = contract->bytes,
                              .function = request.parameters.at(1),
                              .argument = to_vector(request.body.bytes.reveal()),
                              .is_binary = request.body.binary_answer,
                              .drivers = request.body.is_json ? &shelf_ : nullptr};
    if (request.http.has_header("Rusk-Feeder")) co_return co_await queries_.feed(std::move(question));
    co_return co_await queries_.call(std::move(question));
}

asio::awaitable<HttpResponse> ContractRoutes::ask_driver(RouteRequest request) {
    const auto contract = contract_id_of(request.parameters.at(0));
    if (!contract) co_return invalid_input("Invalid contract bytes");
    auto answer = co_await parts_.threads.ask(
        [&, contract = *contract] { return driver_answer(shelf_, contract, request.parameters.at(1), request.body); });
    co_return answer ? *std::move(answer) : too_many_requests();
}

}  // namespace dusk::rpc
