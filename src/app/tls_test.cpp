// HTTP over TLS from our client to our server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/write.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

#include "app/node_health.hpp"
#include "app/tls_files.hpp"
#include "base/log.hpp"
#include "client/http_client.hpp"
#include "rpc/http_server.hpp"
#include "rpc/test_certificate.hpp"

namespace dusk::app {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using rpc::HttpRequest;
using rpc::HttpResponse;
using rpc::make_test_certificate;
using rpc::TestCertificate;
using testing::HasSubstr;

// So many bytes, in parts.
class Parts final : public rpc::BodySource {
  public:
    explicit Parts(std::size_t bytes) : left_(bytes) {}
    asio::awaitable<std::optional<Bytes>> next() override {
        Bytes out(std::min<std::size_t>(left_, 50'000), 7);
        left_ -= out.size();
        co_return out;
    }

  private:
    std::size_t left_;
};

class Tls : public testing::Test {
  protected:
    Tls() {
        fs::create_directories(folder_);
        use(made_);
        at_ = *server_.listen({asio::ip::address_v4::loopback(), 0});
        thread_ = std::thread([this] { context_.run(); });
    }
    ~Tls() override {
        on_loop([this] { server_.stop(); });
        thread_.join();
        fs::remove_all(folder_);
    }
    template <class F>
    void on_loop(F&& f) {
        asio::post(context_, asio::use_future(std::forward<F>(f))).get();
    }
    void use(const TestCertificate& made) {
        auto certificate = rpc::tls_certificate(as_bytes(made.chain), as_bytes(made.key));
        ASSERT_TRUE(certificate) << certificate.error();
        server_.set_tls(certificate->context);
    }
    std::string file(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name) << text;
        fs::permissions(folder_ / name, fs::perms::owner_read | fs::perms::owner_write);
        return (folder_ / name).string();
    }
    [[nodiscard]] std::string url(const std::string& scheme = "https://") const {
        return scheme + "127.0.0.1:" + std::to_string(at_.port());
    }
    client::HttpClient who_trusts(const TestCertificate& trusted) const {
        return client::HttpClient(url(), {.authorities = file("ca.pem", trusted.chain)});
    }
    static std::string outcome(client::HttpClient& client) {
        const auto reply = client.get("/");
        return reply ? std::string(reply->text()) : reply.error();
    }

    static asio::awaitable<HttpResponse> answer(HttpRequest request) {
        if (request.path == "/feed") {
            HttpResponse out{.status = 200, .headers = {}, .body = {}};
            out.source = std::make_shared<Parts>(1'000'000);
            co_return out;
        }
        co_return HttpResponse{
            .status = 200,
            .headers = {},
            .body = request.method == "POST" ? request.body : to_vector(as_bytes(std::string_view("well")))};
    }

    const fs::path folder_ = fs::temp_directory_path() / ("dusk-tls-" + std::to_string(::getpid()));
    const TestCertificate made_ = make_test_certificate();
    asio::io_context context_{1};
    rpc::HttpServer server_{context_, {}, answer, Logger()};
    asio::ip::tcp::endpoint at_;
    std::thread thread_;
};

TEST_F(Tls, TalksToWhoIsTrusted) {
    client::HttpClient trusting = who_trusts(made_);
    EXPECT_EQ(outcome(trusting), "well");
    const Bytes large(3 << 20, 1);
    const auto echo = trusting.post("/", large);  // on the same connection
    ASSERT_TRUE(echo) << echo.error();
    EXPECT_EQ(echo->body, large);
    std::size_t got = 0;
    const auto fed = trusting.post_streamed("/feed", {}, {}, [&](ByteView part) {
        got += part.size();
        return true;
    });
    EXPECT_TRUE(fed) << fed.error();
    EXPECT_EQ(got, 1'000'000U);
    EXPECT_EQ(outcome(trusting), "well");
}

TEST_F(Tls, RefusesWhoIsNot) {
    client::HttpClient stranger(url());
    EXPECT_THAT(outcome(stranger), HasSubstr("certificate is not good: self-signed certificate; --ca names"));
    client::HttpClient other = who_trusts(make_test_certificate());
    EXPECT_THAT(outcome(other), HasSubstr("certificate is not good"));
    client::HttpClient unwilling(url(), {.authorities = folder_ / "none.pem"});
    EXPECT_THAT(outcome(unwilling), HasSubstr("none.pem holds no certificates"));
    // Who says so takes any.
    client::HttpClient trustful(url(), {.is_verified = false});
    EXPECT_EQ(outcome(trustful), "well");
}

TEST_F(Tls, RefusesAnotherName) {
    const TestCertificate named = make_test_certificate("DNS:node.example");
    on_loop([&] { use(named); });
    client::HttpClient other = who_trusts(named);
    EXPECT_THAT(outcome(other), HasSubstr("IP address mismatch"));
}

TEST_F(Tls, RefusesOneThatIsOver) {
    const TestCertificate old = make_test_certificate("IP:127.0.0.1", -3600);
    on_loop([&] { use(old); });
    client::HttpClient late = who_trusts(old);
    EXPECT_THAT(outcome(late), HasSubstr("certificate has expired"));
}

TEST_F(Tls, ARenewedCertificateIsShownFromThenOn) {
    client::HttpClient before = who_trusts(made_);
    EXPECT_EQ(outcome(before), "well");
    const TestCertificate renewed = make_test_certificate();
    on_loop([&] { use(renewed); });
    EXPECT_EQ(outcome(before), "well");  // its connection goes on
    client::HttpClient after = who_trusts(renewed);
    EXPECT_EQ(outcome(after), "well");
    client::HttpClient late(url(), {.authorities = file("old.pem", made_.chain)});
    EXPECT_THAT(outcome(late), HasSubstr("certificate is not good"));
}

TEST_F(Tls, TellsWhoSpeaksTheOther) {
    client::HttpClient plain(url("http://"));
    const auto told = plain.get("/");
    ASSERT_TRUE(told) << told.error();
    EXPECT_EQ(told->status, 400U);
    EXPECT_EQ(told->text(), R"({"error":"this server speaks TLS: use https://"})");
    on_loop([&] { server_.set_tls(nullptr); });
    client::HttpClient secure = who_trusts(made_);
    EXPECT_THAT(outcome(secure), HasSubstr("does not speak TLS: use http://"));
}

TEST_F(Tls, AQuestionForHealthInTheClearIsToldSo) {
    const auto asked = ask_health({.node = url("http://")});
    ASSERT_FALSE(asked);
    EXPECT_EQ(asked.error().code, "other_answer");
    EXPECT_THAT(asked.error().message, HasSubstr("400, this server speaks TLS: use https://"));
}

// Other servers over TLS answer what is no handshake with an alert (RFC 8446 §6).
TEST(TlsOfOthers, TheAlertIsUnderstood) {
    asio::io_context context;
    asio::ip::tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
    std::thread server([&] {
        asio::ip::tcp::socket socket = acceptor.accept();
        std::array<char, 1024> request{};
        boost::system::error_code ignored;
        socket.read_some(asio::buffer(request), ignored);
        constexpr std::string_view kAlert("\x15\x03\x01\x00\x02\x02\x46", 7);
        asio::write(socket, asio::buffer(kAlert), ignored);
        socket.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    });
    client::HttpClient plain("http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()));
    const auto reply = plain.get("/");
    server.join();
    ASSERT_FALSE(reply);
    EXPECT_THAT(reply.error(), HasSubstr("it speaks TLS: use https://"));
}

// What was broken long ago is not spoken, whatever the client offers.
TEST_F(Tls, SpeaksNothingOld) {
    const auto handshake = [&](int version, const char* ciphers) {
        asio::io_context context;
        asio::ssl::context tls(asio::ssl::context::tls_client);
        SSL_CTX_set_security_level(tls.native_handle(), 0);
        SSL_CTX_set_min_proto_version(tls.native_handle(), version);
        SSL_CTX_set_max_proto_version(tls.native_handle(), version);
        SSL_CTX_set_cipher_list(tls.native_handle(), ciphers);
        asio::ssl::stream<asio::ip::tcp::socket> stream(context, tls);
        stream.next_layer().connect(at_);
        boost::system::error_code error;
        stream.handshake(asio::ssl::stream_base::client, error);
        return !error;
    };
    EXPECT_TRUE(handshake(TLS1_3_VERSION, "ALL"));
    EXPECT_TRUE(handshake(TLS1_2_VERSION, "ALL"));
    EXPECT_FALSE(handshake(TLS1_2_VERSION, "AES128-SHA:AES256-GCM-SHA384"));
    EXPECT_FALSE(handshake(TLS1_1_VERSION, "ALL"));
    EXPECT_FALSE(handshake(TLS1_VERSION, "ALL"));
}

TEST_F(Tls, OperatorsAreWarned) {
    const TestCertificate soon = make_test_certificate("IP:127.0.0.1", 3 * 86'400 + 3600);
    node::HttpSettings settings;
    settings.cert = file("cert.pem", soon.chain);
    settings.key = file("key.pem", soon.key);
    const auto certificate = load_certificate(settings);
    ASSERT_TRUE(certificate) << certificate.error().message;
    const WallTime now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    EXPECT_THAT(certificate_warnings(settings, *certificate, now),
                testing::ElementsAre(HasSubstr("is over in 3 days")));
    EXPECT_THAT(certificate_warnings(settings, *certificate, now + std::chrono::days(5)),
                testing::ElementsAre(HasSubstr("is over since 1 days")));
    EXPECT_THAT(certificate_warnings(settings, *certificate, now - std::chrono::days(20)), testing::IsEmpty());
    fs::permissions(settings.key, fs::perms::others_read, fs::perm_options::add);
    EXPECT_THAT(certificate_warnings(settings, *certificate, now - std::chrono::days(20)),
                testing::ElementsAre(HasSubstr("may read")));
    settings.key = settings.cert;
    const auto wrong = load_certificate(settings);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, "bad_certificate");
}

}  // namespace
}  // namespace dusk::app
