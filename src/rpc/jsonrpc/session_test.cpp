// JSON-RPC over a real WebSocket.
#include "rpc/jsonrpc/session.hpp"

#include <gtest/gtest.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <thread>

#include "base/log.hpp"
#include "rpc/http_server.hpp"

namespace dusk::rpc::jsonrpc {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using asio::ip::tcp;

class NoSink final : public LogSink {
  public:
    void write(const LogRecord&) override {}
};

// A client that waits for everything.
class Client {
  public:
    explicit Client(const tcp::endpoint& at) : socket_(context_) {
        socket_.next_layer().connect(at);
        socket_.handshake("localhost", "/rpc");
    }
    Json receive() {
        beast::flat_buffer buffer;
        socket_.read(buffer);
        EXPECT_TRUE(socket_.got_text());
        return Json::parse(beast::buffers_to_string(buffer.data()));
    }
    void send(std::string_view text) { socket_.write(asio::buffer(text)); }
    Json ask(std::string_view text) {
        send(text);
        return receive();
    }
    // How the server ends it, without reading further messages first.
    websocket::close_reason closed() {
        beast::flat_buffer buffer;
        boost::system::error_code error;
        while (!error) {
            socket_.read(buffer, error);
            buffer.clear();
        }
        return socket_.reason();
    }

  private:
    asio::io_context context_{};
    websocket::stream<tcp::socket> socket_;
};

class JsonRpcSession : public testing::Test {
  protected:
    JsonRpcSession() {
        table_.add(
            {.name = "echo",
             .meaning = "What it is given.",
             .params = {{"value", schema::any(), true, "anything"}},
             .result = schema::any(),
             .handler = at_once([](const Params& params) { return Answer<Json>(Json(params.value("value"))); })});
        table_.add({.name = "listen",
                    .meaning = "Subscribes to blocks.",
                    .result = schema::any(),
                    .need = Need::socket,
                    .handler = [](Call call) -> asio::awaitable<Answer<Json>> {
                        co_return Json(call.subscriber->subscribe(Channel::blocks, {}, {})->next);
                    }});
        server_.set_upgrade("/rpc", [this](HttpStream stream, UpgradeRequest request, const asio::ip::address& client) {
            return serve_session(std::move(stream), std::move(request), client, dispatcher_, hub_, unsent_, "1.7.0",
                                 {.socket = {.message = 1000}});
        });
        at_ = *server_.listen({asio::ip::address_v4::loopback(), 0});
        thread_ = std::thread([this] { context_.run(); });
    }
    ~JsonRpcSession() override {
        on_loop([&] {
            hub_.end();
            server_.stop();
        });
        thread_.join();
    }
    template <class F>
    void on_loop(F&& f) {
        asio::post(context_, asio::use_future(std::forward<F>(f))).get();
    }
    void publish(std::size_t size) {
        on_loop([&] { hub_.publish(Channel::blocks, {}, '"' + std::string(size, 'x') + '"'); });
    }
    void expect_sessions(std::size_t count) {
        std::size_t now = 0;
        for (int i = 0; i < 500; ++i) {
            on_loop([&] { now = hub_.sessions(); });
            if (now == count) return;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        EXPECT_EQ(now, count);
    }

    asio::io_context context_{1};
    SystemClock clock_;
    NoSink sink_;
    Log log_{sink_, clock_, LogFilter()};
    MethodTable table_;
    EventHub hub_{{.log = {.events = 50}, .sessions = 2}, 1, clock_};
    Dispatcher dispatcher_{
        table_,
        {},
        false,
        [](node::RequestClass, const asio::ip::address&) { return Answer<Dispatcher::Place>(nullptr); },
        context_};
    UnsentBytes unsent_ = std::make_shared<std::size_t>(0);
    HttpServer server_{context_, HttpLimits{},
                       [](HttpRequest) -> asio::awaitable<HttpResponse> { co_return HttpResponse::error(404, "no"); },
                       log_.logger("http")};
    tcp::endpoint at_;
    std::thread thread_;
};

TEST_F(JsonRpcSession, AnswersAndTellsEvents) {
    Client client(at_);
    EXPECT_EQ(client.ask(R"({"jsonrpc":"2.0","id":1,"method":"echo","params":[[1,"a"]]})").at("result"),
              Json::array({1, "a"}));
    EXPECT_EQ(client.ask("nonsense").at("error").at("code"), -32700);
    EXPECT_EQ(client.ask(R"({"jsonrpc":"2.0","id":2,"method":"listen"})").at("result"), 1);
    publish(3);
    publish(4);
    const Json first = client.receive();
    EXPECT_EQ(first.at("method"), "subscription");
    EXPECT_EQ(first.at("params").at("sequence"), 1);
    EXPECT_EQ(first.at("params").at("event"), "xxx");
    EXPECT_EQ(client.receive().at("params").at("sequence"), 2);
    // A notification is not answered.
    client.send(R"({"jsonrpc":"2.0","method":"echo","params":[1]})");
    EXPECT_EQ(client.ask(R"({"jsonrpc":"2.0","id":3,"method":"echo","params":[2]})").at("result"), 2);
}

TEST_F(JsonRpcSession, AnswersManyAtOnce) {
    Client client(at_);
    for (int i = 0; i < 200; ++i) {
        client.send(R"({"jsonrpc":"2.0","id":)" + std::to_string(i) + R"(,"method":"echo","params":[0]})");
    }
    std::set<int> ids;
    for (int i = 0; i < 200; ++i) ids.insert(client.receive().at("id").get<int>());
    EXPECT_EQ(ids.size(), 200U);
}

// It does not read; the window goes past it; then it reads what is on the way, and how it ends.
TEST_F(JsonRpcSession, LetsASlowReaderGo) {
    Client slow(at_);
    EXPECT_TRUE(slow.ask(R"({"jsonrpc":"2.0","id":2,"method":"listen"})").contains("result"));
    for (int i = 0; i < 400; ++i) publish(200'000);
    const auto reason = slow.closed();
    EXPECT_EQ(reason.code, kTooSlow);
    EXPECT_EQ(std::string(reason.reason.c_str()).find("too slow: events from "), 0U) << reason.reason.c_str();
    expect_sessions(0);
}

TEST_F(JsonRpcSession, HasLimits) {
    Client client(at_);
    Client other(at_);
    EXPECT_EQ(client.ask(R"({"jsonrpc":"2.0","id":1,"method":"echo","params":[1]})").at("result"), 1);
    EXPECT_EQ(other.ask(R"({"jsonrpc":"2.0","id":1,"method":"echo","params":[1]})").at("result"), 1);
    EXPECT_EQ(Client(at_).closed().code, websocket::close_code::try_again_later);
    other.send(std::string(2000, ' '));
    EXPECT_EQ(other.closed().code, websocket::close_code::too_big);
    expect_sessions(1);
}

TEST_F(JsonRpcSession, SaysThatTheNodeStops) {
    Client client(at_);
    EXPECT_EQ(client.ask(R"({"jsonrpc":"2.0","id":1,"method":"echo","params":[1]})").at("result"), 1);
    on_loop([&] { hub_.end(); });
    EXPECT_EQ(client.closed().code, websocket::close_code::going_away);
}

}  // namespace
}  // namespace dusk::rpc::jsonrpc
