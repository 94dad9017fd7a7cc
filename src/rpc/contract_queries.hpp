// Calls of contracts that change nothing, on the state of the last block (spec/interfaces.md §4). They run on threads
// of their own; what they may take is bounded by gas. What a contract feeds is sent while it is made, no faster than
// the client reads it.
#pragma once

#include <map>

#include "ledger/quantities.hpp"
#include "rpc/drivers/driver_shelf.hpp"
#include "rpc/feed_channel.hpp"
#include "rpc/query_threads.hpp"
#include "rpc/request_body.hpp"
#include "vm/session.hpp"

namespace dusk::rpc {

struct ContractQueryLimits {
    ledger::Gas gas{3'000'000'000};
    ledger::Gas feeder_gas{3'000'000'000};
    std::size_t feeders = 3;                 // calls that feed, at once; more are answered 429
    std::size_t fed = std::size_t{1} << 20;  // bytes of one of them that wait for the client
};

// One call.
struct ContractQuestion {
    std::unique_ptr<vm::Session> session{};
    vm::ContractId contract{};
    std::string function{};
    Bytes argument{};
    bool is_binary = false;  // the answer is raw bytes, else hexadecimal
    // Not null: argument and answer are JSON, by the driver of the contract. Outlives the call.
    DriverShelf* drivers = nullptr;
};

// What came of one that does not feed.
struct ContractAnswer {
    Bytes data{};
    std::optional<nlohmann::json> value{};  // by the driver, where one was asked for and can read it
    ledger::Gas gas_spent{};
};
struct ContractFailure {
    enum class Kind : std::uint8_t {
        no_driver,
        bad_argument,  // the driver can make nothing of it
        feeds,         // it is to be called as one that feeds
        failed,        // the contract ended the call, or there is none of it
        machine,       // the node failed
    };
    Kind kind{};
    std::string text{};
};
// Makes the call on this thread.
[[nodiscard]] Result<ContractAnswer, ContractFailure> ask_contract(ContractQuestion& question, ledger::Gas gas);

// All calls are made on the loop, which outlives this.
class ContractQueries {
  public:
    ContractQueries(const ContractQueryLimits& limits, QueryThreads& threads, boost::asio::io_context& loop)
        : limits_(limits), loop_(loop), threads_(threads), feeders_(static_cast<unsigned>(limits.feeders)) {}
    ContractQueries(const ContractQueries&) = delete;
    ContractQueries& operator=(const ContractQueries&) = delete;
    ~ContractQueries() { stop(); }

    // What the function returns. 400: it feeds, and nobody asked for that, or the JSON is no argument; 404: there is no
    // driver; 429; 500: the call fails. An answer that the driver cannot read stays bytes.
    [[nodiscard]] boost::asio::awaitable<HttpResponse> call(ContractQuestion question);
    // What it feeds, one after the other; in JSON a list. Errors before anything was fed as above; later
    // ones end the connection.
    [[nodiscard]] boost::asio::awaitable<HttpResponse> feed(ContractQuestion question);
    // Calls that run are broken off at the next thing that they feed.
    void stop();

  private:
    ContractQueryLimits limits_;
    boost::asio::io_context& loop_;
    QueryThreads& threads_;
    std::size_t feeding_ = 0;
    std::map<std::uint64_t, std::weak_ptr<FeedReader>> readers_{};
    std::uint64_t next_reader_ = 0;
    bool stopped_ = false;
    boost::asio::thread_pool feeders_;
};

}  // namespace dusk::rpc
