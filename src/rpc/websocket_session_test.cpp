#include "rpc/websocket_session.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/connect.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket.hpp>
#include <thread>

#include "base/log.hpp"
#include "crypto/os_random.hpp"
#include "rpc/http_server.hpp"

namespace dusk::rpc {
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
        websocket::response_type answer;
        socket_.handshake(answer, "localhost", "/on");
        version = std::string(answer["Rusk-Version"]);
        session = receive();
    }
    std::string receive() {
        beast::flat_buffer buffer;
        socket_.read(buffer);
        is_text = socket_.got_text();
        return beast::buffers_to_string(buffer.data());
    }
    void send(std::string_view text) { socket_.write(asio::buffer(text)); }
    // How the server ends it.
    websocket::close_code closed() {
        beast::flat_buffer buffer;
        boost::system::error_code error;
        while (!error) socket_.read(buffer, error);
        return static_cast<websocket::close_code>(socket_.reason().code);
    }
    void close() { socket_.close(websocket::close_code::normal); }

    std::string version{};
    std::string session{};
    bool is_text = false;

  private:
    asio::io_context context_{};
    websocket::stream<tcp::socket> socket_;
};

class WebSocket : public testing::Test {
  protected:
    WebSocket() {
        server_.set_upgrade(
            "/on", [this](HttpStream stream, UpgradeRequest request, const asio::ip::address& /*client*/) {
                return serve_events(std::move(stream), std::move(request), events_, "1.7.0", {.message = 1000});
            });
        at_ = *server_.listen({asio::ip::address_v4::loopback(), 0});
        thread_ = std::thread([this] { context_.run(); });
    }
    ~WebSocket() override {
        on_loop([&] {
            events_.end();
            server_.stop();
        });
        thread_.join();
    }
    template <class F>
    void on_loop(F&& f) {
        asio::post(context_, asio::use_future(std::forward<F>(f))).get();
    }
    void subscribe(const Client& client) {
        on_loop([&] {
            EXPECT_EQ(events_.subscribe(client.session, {"blocks", std::nullopt, "accepted"}),
                      EventStream::Outcome::done);
        });
    }
    void publish(std::uint8_t number, std::size_t size = 1) {
        on_loop([&] {
            events_.publish(
                {.component = "blocks", .entity = "aa", .topic = "accepted", .payload = Bytes(size, number)});
        });
    }
    std::size_t listeners() {
        std::size_t out = 0;
        on_loop([&] { out = events_.listeners(); });
        return out;
    }
    void expect_listeners(std::size_t count) {
        for (int i = 0; i < 500 && listeners() != count; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        EXPECT_EQ(listeners(), count);
    }

    asio::io_context context_{1};
    SystemClock clock_;
    NoSink sink_;
    Log log_{sink_, clock_, LogFilter()};
    crypto::OsRandom random_;
    EventStream events_{{.listeners = 3, .bytes = 1 << 20}, random_};
    HttpServer server_{context_, HttpLimits{.connections = 2},
                       [](HttpRequest) -> asio::awaitable<HttpResponse> { co_return HttpResponse::error(404, "no"); },
                       log_.logger("http")};
    tcp::endpoint at_;
    std::thread thread_;
};

TEST_F(WebSocket, ASessionAndItsEventsInOrder) {
    Client client(at_);
    EXPECT_EQ(client.version, "1.7.0");
    EXPECT_EQ(client.session.size(), 32U);
    EXPECT_TRUE(client.is_text);
    subscribe(client);
    client.send("");  // what clients send to stay
    for (std::uint8_t i = 0; i < 50; ++i) publish(i);
    for (std::uint8_t i = 0; i < 50; ++i) {
        const std::string frame = client.receive();
        EXPECT_FALSE(client.is_text);
        EXPECT_EQ(static_cast<std::uint8_t>(frame.back()), i);
    }
}

TEST_F(WebSocket, WhoGoesIsForgotten) {
    Client client(at_);
    subscribe(client);
    client.close();
    expect_listeners(0);
    publish(1);
}

TEST_F(WebSocket, MoreListenersThanThereMayBe) {
    Client one(at_);
    Client two(at_);
    Client three(at_);  // they are more than connections of the server, and do not count there
    expect_listeners(3);
    asio::io_context context;
    websocket::stream<tcp::socket> more(context);
    more.next_layer().connect(at_);
    more.handshake("localhost", "/on");
    beast::flat_buffer buffer;
    boost::system::error_code error;
    more.read(buffer, error);
    EXPECT_EQ(error, websocket::error::closed);
    EXPECT_EQ(more.reason().code, websocket::close_code::try_again_later);
}

TEST_F(WebSocket, WhoDoesNotReadIsCutOffAndOthersMissNothing) {
    Client slow(at_);
    Client good(at_);
    subscribe(slow);
    subscribe(good);
    std::atomic<int> read = 0;
    std::thread reading([&] {
        for (; read < 200; ++read) EXPECT_EQ(static_cast<std::uint8_t>(good.receive().back()), read);
    });
    for (int i = 0; i < 200; ++i) {
        while (i - read > 4) std::this_thread::yield();
        publish(static_cast<std::uint8_t>(i), 100'000);
    }
    reading.join();
    std::uint64_t cut_off = 0;
    on_loop([&] { cut_off = events_.cut_off(); });
    EXPECT_EQ(cut_off, 1U);
    EXPECT_EQ(slow.closed(), websocket::close_code::going_away);
}

TEST_F(WebSocket, TooMuchFromTheClient) {
    Client client(at_);
    client.send(std::string(1001, 'x'));
    EXPECT_EQ(client.closed(), websocket::close_code::too_big);
    expect_listeners(0);
}

TEST_F(WebSocket, TheEndOfTheNode) {
    Client client(at_);
    on_loop([&] { events_.end(); });
    EXPECT_EQ(client.closed(), websocket::close_code::going_away);
}

TEST_F(WebSocket, OtherRequestsAreRequestsLikeOthers) {
    asio::io_context context;
    tcp::socket socket(context);
    socket.connect(at_);
    beast::http::request<beast::http::string_body> request(beast::http::verb::get, "/on", 11);
    request.set(beast::http::field::host, "localhost");
    beast::http::write(socket, request);
    beast::flat_buffer buffer;
    beast::http::response<beast::http::string_body> response;
    beast::http::read(socket, buffer, response);
    EXPECT_EQ(response.result_int(), 404U);
}

}  // namespace
}  // namespace dusk::rpc
