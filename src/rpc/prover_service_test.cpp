#include "rpc/prover_service.hpp"

#include <gmock/gmock.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <future>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/hex.hpp"
#include "rpc/http_server.hpp"
#include "rpc/prometheus_text.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using testing::HasSubstr;

// A service whose proof of a request is the request backwards, on a free port of the loopback.
class Service : public testing::Test {
  protected:
    Service() {
        const auto bound = server_.listen({asio::ip::make_address("127.0.0.1"), 0});
        if (!bound) throw std::runtime_error(bound.error());
        endpoint_ = *bound;
        thread_ = std::thread([this] { context_.run(); });
    }
    ~Service() override {
        asio::post(context_, [this] { server_.stop(); });
        gate_.set_value();
        queue_.stop();
        thread_.join();
    }

    [[nodiscard]] std::string raw(std::string_view bytes) const {
        asio::io_context client;
        tcp::socket socket(client);
        socket.connect(endpoint_);
        beast::error_code error;
        asio::write(socket, asio::buffer(bytes.data(), bytes.size()), error);
        std::string out;
        std::array<char, 4096> chunk{};
        while (true) {
            const std::size_t got = socket.read_some(asio::buffer(chunk), error);
            if (error) return out;
            out.append(chunk.data(), got);
        }
    }
    [[nodiscard]] std::string post(std::string_view type, std::string_view body, std::string_view headers = "") const {
        return raw(
            fmt::format("POST /on/prover/prove HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: {}\r\n"
                        "{}Content-Length: {}\r\n\r\n{}",
                        type, headers, body.size(), body));
    }
    [[nodiscard]] std::string get(std::string_view path) const {
        return raw(fmt::format("GET {} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", path));
    }

    ProvingResult prove(ByteView request, std::string_view trace) {
        const std::string_view text(reinterpret_cast<const char*>(request.data()), request.size());
        if (text == "wait") opened_.wait();
        if (text == "trace") return to_vector(as_bytes(trace));
        if (text == "bad") return fail(ProvingError{.kind = ProvingFailure::malformed, .message = "too short"});
        if (text == "false") return fail(ProvingError{.kind = ProvingFailure::false_statement, .message = "row 5"});
        if (text == "secret") return fail(ProvingError{.kind = ProvingFailure::internal, .message = "hidden"});
        if (text == "throw") throw std::bad_alloc();
        if (text == "throw a number") throw 7;
        return Bytes(request.rbegin(), request.rend());
    }

    MetricsRegistry metrics_;
    std::promise<void> gate_;
    std::shared_future<void> opened_ = gate_.get_future().share();
    std::atomic<bool> ready_{true};
    ProvingQueue queue_{
        {.workers = 1, .threads_per_worker = 1, .capacity = 1},
        [this](ByteView request, std::string_view trace, Executor& /*threads*/) { return prove(request, trace); },
        metrics_};
    ProverService service_{queue_, metrics_, [this] {
                               return std::vector<KeyProgress>{{"transfer-1", ready_ ? "ready" : "making", ready_}};
                           }};
    asio::io_context context_;
    HttpServer server_{context_,
                       {.body = 1000, .header = 2048, .connections = 4},
                       [this](HttpRequest request) { return service_.handle(std::move(request)); },
                       Logger()};
    tcp::endpoint endpoint_;
    std::thread thread_;
};

TEST_F(Service, AnswersBytesWithBytesAndTextWithHex) {
    const std::string binary = post("application/octet-stream", std::string_view("a\0c", 3));
    EXPECT_THAT(binary, HasSubstr("200 OK"));
    EXPECT_TRUE(binary.ends_with(std::string_view("\r\n\r\nc\0a", 7)));
    EXPECT_TRUE(post("text/plain", "0x616263").ends_with("\r\n\r\n636261"));
    EXPECT_TRUE(post("text/plain", "0xzz").ends_with("\r\n\r\n7a7a7830"));
    EXPECT_THAT(post("text/plain", "\xff"), HasSubstr("422"));
}

TEST_F(Service, TellsWhoProvesOfTheTrace) {
    EXPECT_TRUE(post("application/octet-stream", "trace", "Traceparent: 00-a-b-01\r\n").ends_with("\r\n\r\n00-a-b-01"));
    EXPECT_TRUE(post("application/octet-stream", "trace").ends_with("\r\n\r\n"));
}

TEST_F(Service, SaysWhatIsWrong) {
    EXPECT_THAT(post("application/octet-stream", "bad"), HasSubstr(R"({"error":"Invalid input: too short"})"));
    EXPECT_THAT(post("application/octet-stream", "false"), HasSubstr(R"({"error":"row 5"})"));
    EXPECT_THAT(post("application/octet-stream", "secret"), HasSubstr(R"({"error":"Internal server error"})"));
    EXPECT_THAT(get("/nowhere"), HasSubstr("404 Not Found"));
    EXPECT_THAT(get("/on/prover/prove/"), HasSubstr("Allow: POST"));
}

TEST_F(Service, OutlivesAnException) {
    for (const std::string request : {"throw", "throw a number", "throw"}) {
        const std::string answer = post("application/octet-stream", request);
        EXPECT_THAT(answer, HasSubstr("500 Internal Server Error"));
        EXPECT_THAT(answer, HasSubstr(R"({"error":"Internal server error"})"));
    }
    EXPECT_TRUE(post("text/plain", "0x616263").ends_with("\r\n\r\n636261"));
    EXPECT_THAT(get("/status"), HasSubstr(R"("running":0)"));
    EXPECT_THAT(get("/metrics"), HasSubstr(R"(outcome="failed"} 3)"));
}

TEST_F(Service, RefusesWhatIsTooLongAndWhatIsNoRequest) {
    EXPECT_THAT(post("application/octet-stream", std::string(1001, 'x')), HasSubstr("413 Payload Too Large"));
    EXPECT_THAT(raw("GET / HTTP/1.1\r\nX: " + std::string(5000, 'y') + "\r\n\r\n"), HasSubstr("431"));
    EXPECT_THAT(raw("\x01\x02nonsense\r\n\r\n"), HasSubstr("400 Bad Request"));
    EXPECT_THAT(get("/health"), HasSubstr("200 OK"));
}

TEST_F(Service, KeepsAConnection) {
    const std::string one =
        "POST /on/prover/prove HTTP/1.1\r\nContent-Type: application/octet-stream\r\nContent-Length: 2\r\n";
    const std::string both = raw(one + "\r\nab" + one + "Connection: close\r\n\r\ncd");
    EXPECT_THAT(both, HasSubstr("\r\n\r\nbaHTTP/1.1 200 OK"));
    EXPECT_TRUE(both.ends_with("\r\n\r\ndc"));
}

TEST_F(Service, AnswersHeadWithoutABody) {
    const std::string both =
        raw("HEAD /health HTTP/1.1\r\nHost: a\r\n\r\nGET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(both, HasSubstr("Content-Length: 18\r\n\r\nHTTP/1.1 200 OK"));
    EXPECT_TRUE(both.ends_with("\r\n\r\n{\"status\":\"ready\"}"));
}

TEST_F(Service, TurnsAwayWhatTheQueueDoesNotHold) {
    const auto ask = [this] { return post("application/octet-stream", "wait"); };
    auto first = std::async(std::launch::async, ask);
    while (queue_.running() == 0) std::this_thread::yield();
    auto second = std::async(std::launch::async, ask);
    while (queue_.waiting() == 0) std::this_thread::yield();
    const std::string third = ask();
    EXPECT_THAT(third, HasSubstr("503 Service Unavailable"));
    EXPECT_THAT(third, HasSubstr("Retry-After: 5"));
    EXPECT_THAT(get("/status"), HasSubstr(R"("waiting":1,"running":1,"workers":1)"));
    EXPECT_THAT(get("/metrics"), HasSubstr("dusk_prover_requests_total{outcome=\"queue_full\"} 1"));
    queue_.stop();
    EXPECT_THAT(second.get(), HasSubstr("the prover is shutting down"));
    gate_.set_value();
    gate_ = {};
    EXPECT_TRUE(first.get().ends_with("tiaw"));
}

TEST_F(Service, IsNotHealthyBeforeTheKeysAre) {
    ready_ = false;
    EXPECT_THAT(get("/health"), HasSubstr("503"));
    EXPECT_THAT(get("/status"), HasSubstr(R"("keys":{"transfer-1":"making"})"));
    ready_ = true;
    EXPECT_THAT(get("/health"), HasSubstr(R"({"status":"ready"})"));
}

TEST(ParseEndpoint, TakesAddressesOnly) {
    EXPECT_EQ(parse_endpoint("127.0.0.1:80")->port(), 80);
    EXPECT_EQ(parse_endpoint("[::1]:0")->address().to_string(), "::1");
    for (const std::string_view wrong :
         {"", ":", "localhost:80", "1.2.3.4", "1.2.3.4:", "1.2.3.4:65536", "1.2.3.4:-1", "::1:80"})
        EXPECT_FALSE(parse_endpoint(wrong)) << wrong;
}

}  // namespace
}  // namespace dusk::rpc
