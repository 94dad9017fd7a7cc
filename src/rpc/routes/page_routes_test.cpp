#include "rpc/routes/page_routes.hpp"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "base/writer.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;
using testing::HasSubstr;

struct Entry {
    std::string path, plain, gzip, brotli;
};

Bytes pack_of(const std::vector<Entry>& entries) {
    Writer out;
    out.bytes(as_bytes("DUSKPAGE1")).count_le<std::uint32_t>(entries.size());
    for (const Entry& one : entries) {
        out.prefixed_le<std::uint16_t>(as_bytes(one.path));
        out.prefixed_le<std::uint8_t>(as_bytes("text/x")).prefixed_le<std::uint8_t>(as_bytes("tag-" + one.path));
        for (const std::string& form : {one.plain, one.gzip, one.brotli}) {
            out.prefixed_le<std::uint32_t>(as_bytes(form));
        }
    }
    return std::move(out).finish();
}

class PageRoutes : public testing::Test {
  protected:
    PageRoutes() { add_page_routes(table_, files_, {"https://node.example"}); }

    HttpResponse get(std::string path, HttpHeaders headers = {}) {
        const auto match = table_.find(path);
        if (!match || !match->parameters) return {.status = 999, .headers = {}, .body = {}};
        RouteRequest request{.http = {.method = "GET", .path = path, .headers = std::move(headers), .body = {}},
                             .parameters = *match->parameters};
        HttpResponse out;
        asio::io_context loop;
        asio::co_spawn(
            loop,
            [&]() -> asio::awaitable<void> { out = co_await match->path->route("GET")->handler(std::move(request)); },
            asio::detached);
        loop.run();
        return out;
    }
    static std::string header(const HttpResponse& response, std::string_view name) {
        for (const auto& [key, value] : response.headers) {
            if (key == name) return value;
        }
        return "none";
    }
    static std::string body(const HttpResponse& response) { return {response.body.begin(), response.body.end()}; }

    Bytes pack_ = pack_of({{"assets/a.js", "script", "gz", "br"}, {"index.html", "<p>", "", ""}});
    PageFiles files_ = PageFiles::parse(pack_).value();
    RouteTable table_;
};

TEST_F(PageRoutes, TheRootLeadsThere) {
    const HttpResponse out = get("/");
    EXPECT_EQ(out.status, 302U);
    EXPECT_EQ(header(out, "Location"), "/ui/");
}

TEST_F(PageRoutes, PathsOfThePageAnswerItsIndex) {
    for (const std::string_view path : {"/ui", "/ui/index.html", "/ui/block/7", "/ui/contract/../../etc/passwd"}) {
        const HttpResponse out = get(std::string(path));
        EXPECT_EQ(out.status, 200U) << path;
        EXPECT_EQ(body(out), "<p>") << path;
        EXPECT_EQ(header(out, "Cache-Control"), "no-cache");
        EXPECT_THAT(header(out, "Content-Security-Policy"), HasSubstr("connect-src 'self' https://node.example;"));
        EXPECT_EQ(header(out, "Content-Encoding"), "none");
    }
}

TEST_F(PageRoutes, Assets) {
    const HttpResponse out = get("/ui/assets/a.js");
    EXPECT_EQ(body(out), "script");
    EXPECT_THAT(header(out, "Cache-Control"), HasSubstr("immutable"));
    EXPECT_EQ(get("/ui/assets/of-another-version.js").status, 404U);
    const HttpResponse small = get("/ui/assets/a.js", {{"Accept-Encoding", "gzip, deflate, br"}});
    EXPECT_EQ(body(small), "br");
    EXPECT_EQ(header(small, "Content-Encoding"), "br");
    EXPECT_EQ(body(get("/ui/assets/a.js", {{"accept-encoding", "gzip"}})), "gz");
    EXPECT_EQ(body(get("/ui/assets/a.js", {{"Accept-Encoding", "br;q=0, gzip;q=0.5"}})), "gz");
    EXPECT_EQ(body(get("/ui/assets/a.js", {{"Accept-Encoding", "identity"}})), "script");
}

TEST_F(PageRoutes, UnchangedContentIsNotSentAgain) {
    const std::string tag = header(get("/ui/assets/a.js"), "ETag");
    const HttpResponse same = get("/ui/assets/a.js", {{"If-None-Match", "\"x\", W/" + tag}});
    EXPECT_EQ(same.status, 304U);
    EXPECT_TRUE(same.body.empty());
    EXPECT_EQ(get("/ui/assets/a.js", {{"If-None-Match", "\"x\""}}).status, 200U);
}

TEST(TakesCoding, Headers) {
    EXPECT_TRUE(takes_coding("gzip, BR", "br"));
    EXPECT_TRUE(takes_coding("br;q=0.1", "br"));
    EXPECT_FALSE(takes_coding("br;q=0.0", "br"));
    EXPECT_FALSE(takes_coding("brotli", "br"));
    EXPECT_FALSE(takes_coding("", "br"));
    EXPECT_FALSE(takes_coding(",,;", "br"));
}

}  // namespace
}  // namespace dusk::rpc
