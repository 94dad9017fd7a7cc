#include "rpc/routes/state_routes.hpp"

#include <mutex>
#include <nlohmann/json.hpp>

#include "base/archive.hpp"
#include "base/base58.hpp"
#include "crypto/sha2.hpp"
#include "execution/reward_schedule.hpp"
#include "execution/state_queries.hpp"
#include "execution/unlimited_gas.hpp"
#include "ledger/hex_name.hpp"
#include "rpc/answers.hpp"
#include "rpc/drivers/genesis_drivers.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;
using Json = nlohmann::ordered_json;

std::string lux(std::uint64_t value) { return std::to_string(value); }

HttpResponse json(const Json& body) { return HttpResponse::json(200, body.dump()); }

Json code_of(const vm::Machine& machine, const vm::Hash& hash) {
    const auto bytecode = machine.store().bytecode(hash);
    if (!bytecode) return nullptr;
    return {{"bytes", bytecode->size()}, {"blake3", to_hex(hash)}, {"sha256", to_hex(crypto::sha256(*bytecode))}};
}

Json driver_of(DriverShelf& drivers, const ledger::ContractId& contract) {
    if (genesis_driver(contract) != nullptr) return "built-in";
    const auto stored = drivers.stored(contract);
    return stored && *stored ? Json("uploaded") : Json(nullptr);
}

HttpResponse contract_answer(vm::Session& session, const vm::Machine& machine, DriverShelf& drivers,
                             const ledger::ContractId& id) {
    const vm::ContractRecord* const record = session.base()->find(id.bytes);
    if (record == nullptr) return not_found("no such contract");
    const auto balance = execution::StateQueries(session).contract_balance(id);
    if (!balance) return internal_error();
    std::uint64_t pages = 0;
    record->for_each_page([&](std::uint32_t, const vm::StoredPage&) { ++pages; });
    const Bytes& owner = record->deployment->owner;
    const bool is_account = owner.size() == ledger::AccountKey::kSize;
    return json({{"contract", hex(id)},
                 {"owner", to_hex(owner)},
                 {"owner_account", is_account ? Json(to_base58(owner)) : Json(nullptr)},
                 {"balance", lux(balance->value)},
                 {"code", code_of(machine, record->deployment->bytecode)},
                 {"memory_bytes", record->memory_length},
                 {"pages", pages},
                 {"driver", driver_of(drivers, id)}});
}

// New lux of all blocks up to one. Heights rise: what was added up is kept.
std::uint64_t emitted_until(std::uint64_t height) {
    static std::mutex mutex;
    static std::uint64_t known = 0;
    static std::uint64_t sum = 0;
    const std::lock_guard lock(mutex);
    if (height < known) known = sum = 0;
    for (; known < height; ++known) sum += execution::emission({known + 1}).value;
    return sum;
}

HttpResponse supply_answer(vm::Session& session, std::uint64_t height) {
    const auto stakes = execution::StateQueries(session).stakes();
    if (!stakes) return internal_error();
    std::uint64_t staked = 0;
    std::uint64_t locked = 0;
    std::uint64_t rewards = 0;
    for (const ledger::StakeEntry& one : *stakes) {
        rewards += one.data.reward.value;
        if (!one.data.amount) continue;
        staked += one.data.amount->value.value;
        locked += one.data.amount->locked.value;
    }
    const auto burnt = session.call(ledger::kStakeContract.bytes, "burnt_amount", {}, execution::kUnlimitedGas);
    const auto value = burnt ? archive_read<std::uint64_t>(burnt->data) : Result<std::uint64_t, ArchiveError>(0);
    if (!burnt || !value) return internal_error();
    return json({{"height", height},
                 {"emitted", lux(emitted_until(height))},
                 {"burnt", lux(*value)},
                 {"staked", lux(staked)},
                 {"locked", lux(locked)},
                 {"unclaimed_rewards", lux(rewards)},
                 {"stakes", stakes->size()}});
}

}  // namespace

asio::awaitable<HttpResponse> StateRoutes::contract(RouteRequest request) {
    const auto id = contract_id_of(request.parameters.at(0));
    if (!id) co_return HttpResponse::error(400, "not the id of a contract: 64 hexadecimal digits");
    auto session = parts_.session_at_tip();
    if (!session) co_return std::move(session).error();
    auto answer =
        co_await parts_.threads.ask([session = *std::move(session), &machine = parts_.machine, &drivers = drivers_,
                                     id = *id] { return contract_answer(*session, machine, drivers, id); });
    co_return answer ? *std::move(answer) : too_many_requests();
}

asio::awaitable<HttpResponse> StateRoutes::supply(RouteRequest /*request*/) {
    const auto tip = parts_.blocks.tip();
    if (!tip || !*tip) co_return internal_error();
    auto session = parts_.session_at_tip();
    if (!session) co_return std::move(session).error();
    auto answer = co_await parts_.threads.ask(
        [session = *std::move(session), height = (*tip)->height.value] { return supply_answer(*session, height); });
    co_return answer ? *std::move(answer) : too_many_requests();
}

void StateRoutes::add_to(RouteTable& table) {
    table.add("GET", "/contracts/{}", RequestClass::contract_query,
              [this](RouteRequest request) { return contract(std::move(request)); });
    table.add("GET", "/supply", RequestClass::contract_query,
              [this](RouteRequest request) { return supply(std::move(request)); });
}

}  // namespace dusk::rpc
