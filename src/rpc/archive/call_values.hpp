// Arguments and events of contracts in JSON, where there is a driver that reads them.
#pragma once

#include "rpc/archive/list_text.hpp"
#include "rpc/drivers/driver_shelf.hpp"
#include "rpc/query_threads.hpp"

namespace dusk::rpc {

// One thing to be read.
struct CodedValue {
    ledger::ContractId contract{};
    bool is_event = false;  // else the argument of a function
    std::string name{};     // topic or function
    Bytes data{};
};
// One for each, null where it cannot be read. On one of the threads: drivers of contracts take their time.
[[nodiscard]] boost::asio::awaitable<std::vector<OrderedJson>> read_values(QueryThreads& threads, DriverShelf& drivers,
                                                                           std::vector<CodedValue> values);

}  // namespace dusk::rpc
