#include <fmt/core.h>

#include "base/base58.hpp"
#include "base/hex.hpp"
#include "execution/state_queries.hpp"
#include "rpc/contract_queries.hpp"
#include "rpc/drivers/genesis_drivers.hpp"
#include "rpc/jsonrpc/spent_value.hpp"

namespace dusk::rpc::jsonrpc {
namespace {

namespace asio = boost::asio;

Error error_of(const ContractFailure& failure) {
    switch (failure.kind) {
        case ContractFailure::Kind::no_driver:
            return not_found("the contract has no driver here: use contracts.call with bytes");
        case ContractFailure::Kind::bad_argument:
            return invalid_params("argument", failure.text);
        case ContractFailure::Kind::feeds:
            return unsupported("this function feeds its answer: ask POST /on/contracts:ID/FUNCTION with Rusk-Feeder");
        case ContractFailure::Kind::failed:
            return {
                ErrorCode::call_failed, fmt::format("the call failed: {}", failure.text), {{"reason", failure.text}}};
        case ContractFailure::Kind::machine:
            break;
    }
    return internal_error();
}

Error error_of(const DriverError& error, std::string_view parameter) {
    if (error.kind == DriverError::Kind::unsupported) return not_found("the driver knows no such function or event");
    return invalid_params(parameter, debug_text(error));
}

asio::awaitable<Answer<Json>> ask(const Backend& backend, const Params& params, bool by_driver) {
    auto session = session_at_tip(backend);
    if (!session) co_return fail(session.error());
    ContractQuestion question{.session = *std::move(session),
                              .contract = params.name<ledger::ContractId>("contract").bytes,
                              .function = params.text("function"),
                              .drivers = by_driver ? &backend.drivers : nullptr};
    if (by_driver) {
        const std::string text = params.value("argument").dump();
        question.argument = to_vector(as_bytes(text));
    } else {
        question.argument = params.bytes("argument");
    }
    auto answer = co_await backend.parts.threads.ask(
        [question = std::move(question), gas = backend.parts.settings.block_gas_limit]() mutable {
            return ask_contract(question, gas);
        });
    if (!answer) co_return fail(busy(kTooManyQuestions));
    if (!*answer) co_return fail(error_of(answer->error()));
    const ContractAnswer& found = **answer;
    Json out = Json::object();
    if (by_driver) out["value"] = found.value ? Json(*found.value) : Json(nullptr);
    out["data"] = to_hex(found.data);
    out["gas_spent"] = u64(found.gas_spent.value);
    co_return out;
}

// What the driver of the contract says.
template <class Ask>
asio::awaitable<Answer<Json>> ask_driver(const Backend& backend, ledger::ContractId contract, Ask question) {
    auto answer = co_await backend.parts.threads.ask([&, contract]() -> Answer<Json> {
        const auto driver = backend.drivers.find(contract);
        if (!driver) return fail(internal_error());
        if (!*driver) return fail(not_found("the contract has no driver here"));
        return question(**driver);
    });
    co_return answer ? *std::move(answer) : fail(busy(kTooManyQuestions));
}

Answer<Json> schema_of(DataDriver& driver) {
    const auto text = driver.schema();
    if (!text) return fail(internal_error());
    Json out = Json::parse(*text, nullptr, false);
    if (out.is_discarded()) return fail(internal_error());
    return out;
}

Answer<Json> encoded(DataDriver& driver, const std::string& function, const std::string& argument) {
    const auto bytes = driver.encode_input(function, argument);
    if (!bytes) return fail(error_of(bytes.error(), "argument"));
    return Json{{"data", to_hex(*bytes)}};
}

Answer<Json> decoded(DataDriver& driver, const std::string& kind, const std::string& name, const Bytes& data) {
    auto value = kind == "input"    ? driver.decode_input(name, data)
                 : kind == "output" ? driver.decode_output(name, data)
                                    : driver.decode_event(name, data);
    if (!value) return fail(error_of(value.error(), "data"));
    return Json{{"value", Json(*std::move(value))}};
}

Answer<Json> info(vm::Session& session, DriverShelf& drivers, const ledger::ContractId& contract) {
    const vm::ContractRecord* const record = session.base()->find(contract.bytes);
    if (record == nullptr) return fail(not_found("there is no such contract"));
    const auto balance = execution::StateQueries(session).contract_balance(contract);
    const auto stored = drivers.stored(contract);
    if (!balance || !stored) return fail(internal_error());
    const bool is_built_in = genesis_driver(contract) != nullptr;
    const Bytes& owner = record->deployment->owner;
    return Json{{"contract", hex(contract)},
                {"owner", to_hex(owner)},
                {"owner_account", owner.size() == ledger::AccountKey::kSize ? Json(to_base58(owner)) : Json(nullptr)},
                {"bytecode_hash", to_hex(record->deployment->bytecode)},
                {"memory_bytes", record->memory_length},
                {"balance", u64(balance->value)},
                {"driver", is_built_in ? Json("built-in")
                           : *stored   ? Json("uploaded")
                                       : Json(nullptr)}};
}

asio::awaitable<Answer<Json>> about(const Backend& backend, const Params& params) {
    auto session = session_at_tip(backend);
    if (!session) co_return fail(session.error());
    auto answer = co_await backend.parts.threads.ask(
        [&backend, session = *std::move(session), contract = params.name<ledger::ContractId>("contract")] {
            return info(*session, backend.drivers, contract);
        });
    co_return answer ? *std::move(answer) : fail(busy(kTooManyQuestions));
}

}  // namespace

void add_contract_methods(MethodTable& table, const Backend& backend) {
    using namespace schema;
    const Parameter contract{"contract", ref("Hash"), true, "its id"};
    const Parameter function{"function", text(), true, "its name"};
    constexpr auto kQuery = node::RequestClass::contract_query;
    table.add({.name = "contracts.info",
               .meaning = "Who owns a contract, what it holds, and whether there is a driver that explains it.",
               .params = {contract},
               .result = object({{"contract", ref("Hash")},
                                 {"owner", ref("Hex")},
                                 {"owner_account", or_null(ref("Account"))},
                                 {"bytecode_hash", described(ref("Hash"), "BLAKE3 of what was deployed")},
                                 {"memory_bytes", integer()},
                                 {"balance", ref("U64")},
                                 {"driver", or_null(one_of_names({"built-in", "uploaded"}))}}),
               .errors = {ErrorCode::not_found},
               .handler = [backend](Call call) -> asio::awaitable<Answer<Json>> {
                   co_return co_await about(backend, call.params);
               }});
    table.add({.name = "contracts.call",
               .meaning = "Calls a function on the last state, with bytes; nothing is changed.",
               .params = {contract, function, {"argument", ref("Hex"), false, "archived; empty without it"}},
               .result = object({{"data", ref("Hex")}, {"gas_spent", ref("U64")}}),
               .errors = {ErrorCode::call_failed},
               .kind = kQuery,
               .handler = [backend](Call call) -> asio::awaitable<Answer<Json>> {
                   co_return co_await ask(backend, call.params, false);
               }});
    table.add(
        {.name = "contracts.query",
         .meaning = "Calls a function on the last state, with JSON by the driver of the contract; nothing is changed.",
         .params = {contract, function, {"argument", any(), false, "as the driver has it; null without it"}},
         .result = object({{"value", described(any(), "null where the driver cannot read it")},
                           {"data", ref("Hex")},
                           {"gas_spent", ref("U64")}}),
         .errors = {ErrorCode::not_found, ErrorCode::call_failed},
         .kind = kQuery,
         .handler = [backend](Call call) -> asio::awaitable<Answer<Json>> {
             co_return co_await ask(backend, call.params, true);
         }});
    table.add({.name = "contracts.schema",
               .meaning = "What the driver of a contract says of its functions and events.",
               .params = {contract},
               .result = any(),
               .errors = {ErrorCode::not_found},
               .handler = [backend](Call call) -> asio::awaitable<Answer<Json>> {
                   co_return co_await ask_driver(backend, call.params.name<ledger::ContractId>("contract"), schema_of);
               }});
    table.add({.name = "contracts.encode",
               .meaning = "The bytes of an argument, by the driver of the contract.",
               .params = {contract, function, {"argument", any(), true, "as the driver has it"}},
               .result = object({{"data", ref("Hex")}}),
               .errors = {ErrorCode::not_found},
               .handler = [backend](Call call) -> asio::awaitable<Answer<Json>> {
                   const std::string name = call.params.text("function");
                   const std::string argument = call.params.value("argument").dump();
                   co_return co_await ask_driver(backend, call.params.name<ledger::ContractId>("contract"),
                                                 [&](DataDriver& driver) { return encoded(driver, name, argument); });
               }});
    table.add({.name = "contracts.decode",
               .meaning = "What bytes of a contract mean, by its driver.",
               .params = {contract,
                          {"kind", one_of_names({"input", "output", "event"}), true, "of what they are"},
                          {"name", text(), true, "of the function, or the topic of the event"},
                          {"data", ref("Hex"), true, "the bytes"}},
               .result = object({{"value", any()}}),
               .errors = {ErrorCode::not_found},
               .handler = [backend](Call call) -> asio::awaitable<Answer<Json>> {
                   const std::string kind = call.params.text("kind");
                   const std::string name = call.params.text("name");
                   const Bytes data = call.params.bytes("data");
                   co_return co_await ask_driver(backend, call.params.name<ledger::ContractId>("contract"),
                                                 [&](DataDriver& driver) { return decoded(driver, kind, name, data); });
               }});
}

}  // namespace dusk::rpc::jsonrpc
