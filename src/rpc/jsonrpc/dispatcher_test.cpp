#include "rpc/jsonrpc/dispatcher.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include "rpc/jsonrpc/open_rpc.hpp"

namespace dusk::rpc::jsonrpc {
namespace {

namespace asio = boost::asio;
using namespace schema;

// The methods of the examples in the standard, and some of ours.
MethodTable make_table() {
    MethodTable table;
    table.add({.name = "subtract",
               .meaning = "Takes one number from another.",
               .params = {{"minuend", integer(), true, "from it"}, {"subtrahend", integer(), true, "that much"}},
               .result = any(),
               .handler = at_once([](const Params& params) -> Answer<Json> {
                   return Json(static_cast<std::int64_t>(params.number("minuend", 0)) -
                               static_cast<std::int64_t>(params.number("subtrahend", 0)));
               })});
    table.add({.name = "get_data", .meaning = "Two values.", .result = any(), .handler = at_once([](const Params&) {
                                                                                  return Answer<Json>(
                                                                                      Json::array({"hello", 5}));
                                                                              })});
    table.add({.name = "block",
               .meaning = "What it is given.",
               .params = {{"block", ref("BlockName"), true, "which"},
                          {"states", list_of(one_of_names({"a", "b"})), false, "some"},
                          {"id", ref("Hash"), false, "a hash"}},
               .result = any(),
               .handler = at_once([](const Params& params) { return Answer<Json>(Json(params.value("block"))); })});
    table.add({.name = "long", .meaning = "Much.", .result = text(), .handler = at_once([](const Params&) {
                                                                         return Answer<Json>(
                                                                             Json(std::string(600, 'x')));
                                                                     })});
    table.add(
        {.name = "throws", .meaning = "Fails.", .result = any(), .handler = at_once([](const Params&) -> Answer<Json> {
                                                                     throw std::runtime_error("a secret");
                                                                 })});
    table.add({.name = "past",
               .meaning = "Needs an archive.",
               .result = any(),
               .need = Need::archive,
               .handler = at_once([](const Params&) { return Answer<Json>(Json(1)); })});
    table.add({.name = "listen",
               .meaning = "Needs a WebSocket.",
               .result = any(),
               .need = Need::socket,
               .handler = at_once([](const Params&) { return Answer<Json>(Json(1)); })});
    table.add({.name = "refused",
               .meaning = "Has no room.",
               .result = any(),
               .kind = node::RequestClass::graphql,
               .handler = at_once([](const Params&) { return Answer<Json>(Json(1)); })});
    return table;
}

class JsonRpcDispatcher : public testing::Test {
  protected:
    std::string raw(std::string text, Caller caller = {}) {
        auto answered = asio::co_spawn(loop_, dispatcher_.answer(std::move(text), std::move(caller)), asio::use_future);
        loop_.restart();
        loop_.run();
        return answered.get();
    }
    Json ask(std::string text) { return Json::parse(raw(std::move(text))); }
    static Json error(int code, const Json& answer, const Json& id = nullptr) {
        EXPECT_EQ(answer.at("jsonrpc"), "2.0");
        EXPECT_EQ(answer.at("id"), id) << answer;
        EXPECT_EQ(answer.at("error").at("code"), code) << answer;
        return answer.at("error");
    }

    asio::io_context loop_{1};
    int counted_ = 0;  // calls for the limits of a client
    MethodTable table_ = make_table();
    Dispatcher dispatcher_{
        table_,
        {.request = {.batch = 3, .nesting = 8, .values = 100}, .answer = 1000},
        false,
        [this](node::RequestClass kind, const asio::ip::address& client) -> Answer<Dispatcher::Place> {
            counted_ += client.is_unspecified() ? 0 : 1;
            if (kind == node::RequestClass::graphql) return fail(busy("no room"));
            return nullptr;
        },
        loop_};
};

TEST_F(JsonRpcDispatcher, EachCallCountsForTheClient) {
    constexpr const char* kCall = R"({"jsonrpc": "2.0", "method": "get_data", "id": 1})";
    const std::string batch = fmt::format("[{0},{0},{0}]", kCall);
    const auto client = asio::ip::make_address("192.0.2.1");
    raw(kCall, {.client = client, .is_counted = true});
    EXPECT_EQ(counted_, 0);  // the request over HTTP was counted
    raw(batch, {.client = client, .is_counted = true});
    EXPECT_EQ(counted_, 2);
    raw(batch, {.client = client});  // over a WebSocket
    EXPECT_EQ(counted_, 5);
    raw(R"([{"jsonrpc": "2.0", "method": "nothing", "id": 1}, {"jsonrpc": "2.0", "method": "get_data", "id": 1}])",
        {.client = client, .is_counted = true});
    EXPECT_EQ(counted_, 5);  // what is no call costs nothing more
}

// §7 of the standard.
TEST_F(JsonRpcDispatcher, AnswersTheExamplesOfTheStandard) {
    EXPECT_EQ(ask(R"({"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1})"),
              Json::parse(R"({"jsonrpc": "2.0", "id": 1, "result": 19})"));
    EXPECT_EQ(ask(R"({"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3})"),
              Json::parse(R"({"jsonrpc": "2.0", "id": 3, "result": 19})"));
    EXPECT_EQ(raw(R"({"jsonrpc": "2.0", "method": "subtract", "params": [1,2]})"), "");
    EXPECT_EQ(raw(R"({"jsonrpc": "2.0", "method": "foobar"})"), "");
    error(-32601, ask(R"({"jsonrpc": "2.0", "method": "foobar", "id": "1"})"), "1");
    error(-32700, ask(R"({"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz])"));
    error(-32600, ask(R"({"jsonrpc": "2.0", "method": 1, "params": "bar"})"));
    error(-32700,
          ask(R"([{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"}, {"jsonrpc": "2.0", "method")"));
    error(-32600, ask("[]"));
    const Json one = ask("[1]");
    ASSERT_EQ(one.size(), 1U);
    error(-32600, one.at(0));
    EXPECT_EQ(ask("[1,2,3]").size(), 3U);
    const Json batch = ask(R"([{"jsonrpc": "2.0", "method": "subtract", "params": [42,23], "id": "2"},
                               {"foo": "boo"},
                               {"jsonrpc": "2.0", "method": "get_data", "id": "9"}])");
    ASSERT_EQ(batch.size(), 3U);
    EXPECT_EQ(batch.at(0).at("result"), 19);
    error(-32600, batch.at(1));
    EXPECT_EQ(batch.at(2).at("result"), Json::array({"hello", 5}));
    EXPECT_EQ(
        raw(R"([{"jsonrpc": "2.0", "method": "get_data"}, {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}])"),
        "");
}

TEST_F(JsonRpcDispatcher, RefusesWhatIsNoRequest) {
    for (const char* text : {"", "{", "\"text\"", "nul", "\x80", "{}x"}) {
        const Json answer = ask(text);
        EXPECT_TRUE(answer.at("error").at("code") == -32700 || answer.at("error").at("code") == -32600) << text;
    }
    error(-32600, ask(R"({"method": "get_data", "id": 5})"), 5);
    error(-32600, ask(R"({"jsonrpc": "1.0", "method": "get_data", "id": 5})"), 5);
    error(-32600, ask(R"({"jsonrpc": "2.0", "method": "get_data", "id": {}})"));
    error(-32600, ask(R"({"jsonrpc": "2.0", "method": "get_data", "params": 7, "id": 5})"), 5);
    EXPECT_EQ(ask(R"({"jsonrpc": "2.0", "method": "get_data", "id": null})").at("id"), nullptr);
}

TEST_F(JsonRpcDispatcher, SaysWhichParameterIsWrong) {
    const auto reason = [&](const char* params) {
        const Json wrong =
            error(-32602, ask(std::string(R"({"jsonrpc":"2.0","id":1,"method":"block","params":)") + params + "}"), 1);
        return wrong.at("data").at("parameter").get<std::string>() + ": " +
               wrong.at("data").at("reason").get<std::string>();
    };
    EXPECT_EQ(reason("{}"), "block: is missing");
    EXPECT_EQ(reason(R"({"block": "nowhere"})"),
              R"(block: must be a height, a hash of 64 hexadecimal digits, "latest" or "final")");
    EXPECT_EQ(reason(R"({"block": -1})"),
              R"(block: must be a height, a hash of 64 hexadecimal digits, "latest" or "final")");
    EXPECT_EQ(reason(R"({"block": 1, "blok": 2})"), "blok: is not known; block takes block, states, id");
    EXPECT_EQ(reason(R"({"block": 1, "states": ["a", "c"]})"), R"(states[1]: must be one of "a", "b")");
    EXPECT_EQ(reason(R"({"block": 1, "states": "a"})"), "states: must be an array");
    EXPECT_EQ(reason(R"({"block": 1, "id": "12"})"), "id: must be 64 hexadecimal digits");
    EXPECT_EQ(reason("[1, [], \"\", 4]"), "params: block takes at most 3 of them: block, states, id");
    const Json none = error(-32602, ask(R"({"jsonrpc":"2.0","id":1,"method":"get_data","params":{"a":1}})"), 1);
    EXPECT_EQ(none.at("data").at("reason"), "is not known: get_data takes no parameters");
    EXPECT_EQ(ask(R"({"jsonrpc":"2.0","id":1,"method":"block","params":[7, null]})").at("result"), 7);
}

TEST_F(JsonRpcDispatcher, KeepsItsLimits) {
    EXPECT_EQ(error(-32600, ask("[1,2,3,4]")).at("data").at("limit"), 3);
    EXPECT_EQ(error(-32700, ask("[[[[[[[[[1]]]]]]]]]")).at("data").at("limit"), 8);
    std::string many = "{\"a\":[0";
    for (int i = 0; i < 100; ++i) many += ",0";
    EXPECT_EQ(error(-32600, ask(many + "]}")).at("data").at("limit"), 100);
    EXPECT_EQ(most_values(R"({"a,[{": ["\",", 1]})"), 4U);
    // The second answer is above the limit; the third call is not made.
    const std::string one = R"({"jsonrpc":"2.0","id":1,"method":"long"})";
    const Json batch = ask("[" + one + "," + one + "," + one + "]");
    EXPECT_TRUE(batch.at(0).contains("result"));
    EXPECT_TRUE(batch.at(1).contains("result"));
    error(-32005, batch.at(2), 1);
}

TEST_F(JsonRpcDispatcher, SaysWhatItCannotDo) {
    error(-32004, ask(R"({"jsonrpc":"2.0","id":1,"method":"past"})"), 1);
    error(-32004, ask(R"({"jsonrpc":"2.0","id":1,"method":"listen"})"), 1);
    error(-32003, ask(R"({"jsonrpc":"2.0","id":1,"method":"refused"})"), 1);
    const Json failed = error(-32603, ask(R"({"jsonrpc":"2.0","id":1,"method":"throws"})"), 1);
    EXPECT_EQ(failed.dump().find("secret"), std::string::npos);
}

// Whatever the document refers to is in it.
void expect_known(const Json& document, const Json& part) {
    if (part.is_object() && part.contains("$ref")) {
        const Json::json_pointer place(part.at("$ref").get<std::string>().substr(1));
        EXPECT_TRUE(document.contains(place)) << part;
    }
    if (part.is_structured()) {
        for (const Json& one : part) expect_known(document, one);
    }
}

TEST_F(JsonRpcDispatcher, IsDescribed) {
    const Json document = open_rpc(table_);
    EXPECT_EQ(document.at("methods").size(), table_.methods().size());
    expect_known(document, document);
    const Json& block = document.at("methods").at(2);
    EXPECT_EQ(block.at("params").at(0).at("required"), true);
    EXPECT_EQ(block.at("params").at(1).at("required"), false);
    EXPECT_EQ(document.at("methods").at(5).at("x-needs"), "an archive");
}

}  // namespace
}  // namespace dusk::rpc::jsonrpc
