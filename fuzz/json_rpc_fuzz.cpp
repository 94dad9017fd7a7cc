// Texts that clients send over JSON-RPC: whatever they are, the answer is one of the standard, and there is none where
// nobody wants one.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "base/json_nesting.hpp"
#include "require.hpp"
#include "rpc/jsonrpc/dispatcher.hpp"

namespace {

using namespace dusk;
using namespace dusk::rpc::jsonrpc;
using node::RequestClass;

constexpr std::size_t kMostCalls = 8;

// A method for each shared type, which says back what it was given.
MethodTable make_table() {
    const auto echo = at_once([](const Params& params) {
        // What was checked can be read.
        (void)params.bytes("value");
        (void)params.optional_number("value");
        (void)params.account("value");
        return Answer<Json>(Json(params.value("value")));
    });
    MethodTable out;
    const auto add = [&](const std::string& name, Json type) {
        out.add({.name = name,
                 .meaning = "",
                 .params = {{"value", std::move(type), true, ""}, {"flag", schema::boolean(), false, ""}},
                 .result = schema::any(),
                 .handler = echo});
    };
    for (const auto& [name, type] : schema::shared_types().items()) add(name, schema::ref(name));
    add("any", schema::any());
    add("names", schema::list_of(schema::one_of_names({"ids", "full"})));
    add("or_null", schema::or_null(schema::ref("U64")));
    return out;
}

std::string answer(const std::string& text) {
    static const MethodTable kTable = make_table();
    boost::asio::io_context loop(1);
    Dispatcher dispatcher(
        kTable, {.request = {.batch = kMostCalls, .nesting = 16, .values = 1000}, .answer = 4096}, false,
        [](RequestClass, const boost::asio::ip::address&) { return Answer<Dispatcher::Place>(nullptr); }, loop);
    std::string out;
    boost::asio::co_spawn(
        loop, [&]() -> boost::asio::awaitable<void> { out = co_await dispatcher.answer(text, {}); },
        [](const std::exception_ptr& thrown) { fuzz::require(thrown == nullptr); });
    loop.run();
    return out;
}

void check(const RequestJson& one) {
    fuzz::require(one.is_object() && one.at("jsonrpc") == "2.0" && one.contains("id"));
    fuzz::require(one.contains("result") != one.contains("error"));
    if (one.contains("error"))
        fuzz::require(one["error"].at("code").is_number_integer() && one["error"].at("message").is_string());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const std::string answered = answer(text);
    if (answered.empty()) return 0;
    const RequestJson json = RequestJson::parse(answered, nullptr, false);
    fuzz::require(!json.is_discarded());
    if (!json.is_array()) {
        check(json);
    } else {
        fuzz::require(!json.empty() && json.size() <= kMostCalls);
        for (const RequestJson& one : json) check(one);
    }
    // The bound of the values is one.
    const RequestJson asked = json_nesting(text) <= 16 ? RequestJson::parse(text, nullptr, false) : RequestJson();
    if (!asked.is_discarded()) fuzz::require(most_values(text) >= asked.flatten().size());
    return 0;
}
