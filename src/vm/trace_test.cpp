// What an observer is told, with the gas that the recorded runs of the reference have (tests/vectors/vm: calls).
#include "vm/trace.hpp"

#include <gmock/gmock.h>

#include "base/hex.hpp"
#include "vm/test_machine.hpp"

namespace dusk::vm {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::uint64_t kGas = 10'000'000;

ContractId id_of(std::uint8_t byte) {
    ContractId id{};
    id.fill(byte);
    return id;
}

// What it was told, one line each.
class Recorder : public CallObserver {
  public:
    std::vector<std::string> lines;

    void on_call(const ContractId& contract, std::string_view function, ByteView argument,
                 std::uint64_t gas_limit) override {
        lines.push_back(to_hex(ByteView(contract).first(1)) + "." + std::string(function) + " " +
                        std::to_string(argument.size()) + " of " + std::to_string(gas_limit));
    }
    void on_return(ByteView result, std::uint64_t spent) override {
        lines.push_back("return " + std::to_string(result.size()) + " spent " + std::to_string(spent));
    }
    void on_failure(const CallError& error, std::uint64_t /*spent*/) override { lines.push_back(describe(error)); }
    void on_event(const EventView& event) override {
        lines.push_back("event " + std::string(event.topic) + " " + to_hex(event.data));
    }
};

// The argument of the functions of `host` that call: id, gas (0: what is passed on), the name, and what follows it.
Bytes request(const ContractId& id, std::string_view function, std::string_view argument = {}) {
    Bytes out(id.begin(), id.end());
    out.resize(out.size() + 8);
    out.push_back(static_cast<std::uint8_t>(function.size()));
    append(out, as_bytes(function));
    append(out, as_bytes(argument));
    return out;
}

class Trace : public MachineTest {
  protected:
    Trace() : session_(open()->genesis_session(0xFA)) {
        EXPECT_TRUE(session_->deploy(id_of(0x11), test_contract("host"), {}, {}, kGas));
        EXPECT_TRUE(session_->deploy(id_of(0x22), test_contract("host"), {}, {}, kGas));
        EXPECT_TRUE(session_->deploy(id_of(0x33), test_contract("counter"), {}, {}, kGas));
        session_->set_observer(&recorder_);
    }
    std::unique_ptr<Session> session_;
    Recorder recorder_;
};

TEST_F(Trace, ACallWithinACall) {
    ASSERT_TRUE(session_->call(id_of(0x11), "call", request(id_of(0x33), "increment"), kGas));
    EXPECT_THAT(recorder_.lines, ElementsAre("11.call 50 of 10000000", "33.increment 0 of 9299955", "return 0 spent 39",
                                             testing::EndsWith("spent 116")));
}

TEST_F(Trace, EventsOfCallsThatFailLater) {
    // emit(topic "e") in a callee that panics afterwards; the caller goes on.
    const Bytes inner = request(id_of(0x11), "emit",
                                std::string_view("\x02"
                                                 "evlost",
                                                 7));
    const std::string text(inner.begin(), inner.end());
    (void)session_->call(id_of(0x11), "call_then_emit", request(id_of(0x22), "call_then_panic", text), kGas);
    const auto& lines = recorder_.lines;
    ASSERT_GE(lines.size(), 6U);
    EXPECT_THAT(lines[0], testing::StartsWith("11.call_then_emit"));
    EXPECT_THAT(lines[1], testing::StartsWith("22.call_then_panic"));
    EXPECT_THAT(lines[2], testing::StartsWith("11.emit"));
    EXPECT_EQ(lines[3], "event ev 6c6f7374");
    EXPECT_THAT(lines[4], testing::StartsWith("return"));
    EXPECT_THAT(lines[5], testing::StartsWith("panic"));
}

TEST_F(Trace, CallsThatDoNotBegin) {
    ASSERT_TRUE(session_->call(id_of(0x11), "call", request(id_of(0x99), "x"), kGas));
    EXPECT_THAT(recorder_.lines, ElementsAre(testing::_, testing::StartsWith("99.x"), "contract does not exist",
                                             testing::StartsWith("return")));
    recorder_.lines.clear();
    EXPECT_FALSE(session_->call(id_of(0x99), "x", {}, kGas));
    EXPECT_THAT(recorder_.lines, ElementsAre("99.x 0 of 10000000", "contract does not exist"));
    recorder_.lines.clear();
    session_->set_call_hook([](auto&&...) { return std::optional<std::string>("refused"); });
    ASSERT_TRUE(session_->call(id_of(0x11), "call", request(id_of(0x33), "increment"), kGas));
    EXPECT_EQ(recorder_.lines.at(2), "panic: refused");
}

TEST_F(Trace, NobodyIsToldWithoutAnObserver) {
    session_->set_observer(nullptr);
    ASSERT_TRUE(session_->call(id_of(0x33), "increment", {}, kGas));
    EXPECT_THAT(recorder_.lines, IsEmpty());
}

TEST_F(Trace, TheOuterCallerIsSeenAndCounts) {
    const auto callers = [this] {
        const auto receipt = session_->call(id_of(0x11), "caller", {}, kGas);
        EXPECT_TRUE(receipt) << describe(receipt.error());
        return receipt ? receipt->data : Bytes{};
    };
    const Bytes before = callers();
    session_->set_outer_caller(id_of(0x55));
    const Bytes after = callers();
    const ContractId outer = id_of(0x55);
    EXPECT_EQ(std::ranges::search(before, outer).size(), 0U);
    EXPECT_EQ(std::ranges::search(after, outer).size(), outer.size());
}

}  // namespace
}  // namespace dusk::vm
