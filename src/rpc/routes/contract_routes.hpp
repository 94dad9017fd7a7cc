// Accounts and contracts on the last state (spec/interfaces.md §3, §4, §6):
//
//     POST /on/account:KEY/status              balance and nonces; deprecated
//     POST /on/contract:ID/status              balance; deprecated
//     POST /on/contract:ID/metadata            owner, and whether there is a driver
//     POST /on/contract:ID/upload_driver       a driver, signed by the owner in the header `sign`
//     POST /on/contract:ID/download_driver     the driver that was uploaded
//     POST /on/contract_owner:ID/WORD          the bytes of the owner; deprecated
//     POST /on/contracts:ID/FUNCTION           a call that changes nothing (contract_queries.hpp)
//     POST /on/driver:ID/METHOD[:NAME]         what the driver of the contract says
#pragma once

#include "rpc/contract_queries.hpp"
#include "rpc/drivers/driver_shelf.hpp"
#include "rpc/route_table.hpp"
#include "rpc/routes/node_parts.hpp"

namespace dusk::rpc {

class ContractRoutes {
  public:
    // `drivers` may be null, and outlives this.
    ContractRoutes(const NodeParts& parts, DriverStore* drivers)
        : parts_(parts),
          shelf_(drivers, parts.machine),
          queries_({.gas = parts.settings.block_gas_limit, .feeder_gas = parts.settings.feeder_call_gas}, parts.threads,
                   parts.loop) {}

    // They refer to this.
    void add_to(RouteTable& table);
    [[nodiscard]] DriverShelf& drivers() { return shelf_; }
    // Ends calls that feed.
    void stop() { queries_.stop(); }

  private:
    using Answer = boost::asio::awaitable<HttpResponse>;

    [[nodiscard]] Answer account(RouteRequest request);
    [[nodiscard]] Answer contract_status(RouteRequest request);
    [[nodiscard]] Answer about_contract(RouteRequest request);
    [[nodiscard]] Answer owner(RouteRequest request);
    [[nodiscard]] Answer upload(RouteRequest request);
    [[nodiscard]] Answer call(RouteRequest request);
    [[nodiscard]] Answer ask_driver(RouteRequest request);
    [[nodiscard]] HttpResponse metadata(const ledger::ContractId& contract, const std::optional<Bytes>& owner);
    [[nodiscard]] HttpResponse download(const ledger::ContractId& contract);
    // The owner of a contract; nothing: no such contract. The error is the answer.
    [[nodiscard]] Result<std::optional<Bytes>, HttpResponse> owner_of(const ledger::ContractId& contract) const;

    NodeParts parts_;
    DriverShelf shelf_;
    ContractQueries queries_;
};

}  // namespace dusk::rpc
