// Answers texts of clients by the table of methods (JSON-RPC 2.0 §4 to §6).
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <memory>

#include "rpc/jsonrpc/method_table.hpp"
#include "rpc/jsonrpc/request.hpp"

namespace dusk::rpc::jsonrpc {

struct DispatchLimits {
    RequestLimits request{};
    std::size_t answer = std::size_t{8} << 20;  // bytes of the answers to one text; calls beyond are not made
};

// Who asks.
struct Caller {
    boost::asio::ip::address client{};  // whose limits calls count for; unspecified: nobody's
    bool is_counted = false;            // one call is counted already: that of the request over HTTP
    Subscriber* subscriber = nullptr;   // of a client on a WebSocket; it outlives the calls
};

class Dispatcher {
  public:
    // Whether a client may make a call of this kind now: a place that is held until it is answered.
    using Place = std::shared_ptr<void>;
    using Admit = std::function<Answer<Place>(node::RequestClass, const boost::asio::ip::address& client)>;

    // `table` and `loop` outlive this; all calls are made on the loop. `has_archive`: the node can answer methods that
    // need one.
    Dispatcher(const MethodTable& table, const DispatchLimits& limits, bool has_archive, Admit admit,
               boost::asio::io_context& loop)
        : table_(table), limits_(limits), has_archive_(has_archive), admit_(std::move(admit)), loop_(loop) {}

    // The answer to a request or batch. Empty: there is none, since nobody wants one. Calls of a batch are made one
    // after the other, in order, and the loop does other things in between. Each counts for the limits of the client.
    [[nodiscard]] boost::asio::awaitable<std::string> answer(std::string text, Caller caller);

    [[nodiscard]] bool can_answer(const Method& method, bool has_socket) const;
    [[nodiscard]] const DispatchLimits& limits() const { return limits_; }

  private:
    // The text of one answer.
    [[nodiscard]] boost::asio::awaitable<std::string> answer_one(OneRequest request, Caller& caller);
    [[nodiscard]] boost::asio::awaitable<Answer<Json>> call(Request request, Caller& caller);

    const MethodTable& table_;
    DispatchLimits limits_;
    bool has_archive_;
    Admit admit_;
    boost::asio::io_context& loop_;
};

}  // namespace dusk::rpc::jsonrpc
