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
    Trace() : machine_(open()), session_(machine_->genesis_session(0xFA)) {
        EXPECT_TRUE(session_->deploy(id_of(0x11), test_contract("host"), {}, {}, kGas));
        EXPECT_TRUE(session_->deploy(id_of(0x22), test_contract("host"), {}, {}, kGas));
        EXPECT_TRUE(session_->deploy(id_of(0x33), test_contract("counter"), {}, {}, kGas));
        session_->set_observer(&recorder_);
    }
    std::shared_ptr<Machine> machine_;
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

// Looks at gas and memory at every turn.
class Onlooker : public CallObserver {
  public:
    explicit Onlooker(const Session& session) : session_(session) {}
    std::vector<std::string> imports;
    std::vector<std::uint64_t> gas;  // left at imports and ends of calls
    std::size_t looks = 0;

    void on_call(const ContractId& /*contract*/, std::string_view /*function*/, ByteView /*argument*/,
                 std::uint64_t /*gas_limit*/) override {
        look();
    }
    void on_return(ByteView /*result*/, std::uint64_t /*spent*/) override { look(); }
    void on_failure(const CallError& /*error*/, std::uint64_t /*spent*/) override { look(); }
    void on_event(const EventView& /*event*/) override { look(); }
    void on_import(const ContractId& contract, std::string_view import, std::string_view text) override {
        imports.push_back(to_hex(ByteView(contract).first(1)) + "." + std::string(import) +
                          (text.empty() ? "" : " " + std::string(text)));
        look();
    }

  private:
    void look() {
        if (const auto left = session_.gas_left()) gas.push_back(*left);
        // Pages that were never touched, pages with leaves, and one that spans two.
        for (const std::uint64_t at : {std::uint64_t{0}, std::uint64_t{65536} - 8, std::uint64_t{1} << 31}) {
            for (const int id : {0x11, 0x22, 0x33}) {
                if (session_.peek(id_of(static_cast<std::uint8_t>(id)), at, 64)) ++looks;
            }
        }
    }
    const Session& session_;
};

TEST_F(Trace, ImportsAreToldBeforeTheyWork) {
    Onlooker onlooker(*session_);
    session_->set_observer(&onlooker);
    const auto receipt = session_->call(id_of(0x11), "spent", {}, kGas);
    ASSERT_TRUE(receipt);
    EXPECT_THAT(onlooker.imports, ElementsAre("11.spent"));
    ASSERT_EQ(onlooker.gas.size(), 2U);
    EXPECT_GT(onlooker.gas[0], onlooker.gas[1]);
    EXPECT_EQ(onlooker.gas[1], kGas - receipt->gas_spent);
    onlooker.imports.clear();
    Bytes panic = to_vector(as_bytes("no"));
    EXPECT_FALSE(session_->call(id_of(0x11), "panic", panic, kGas));
    EXPECT_THAT(onlooker.imports, ElementsAre("11.panic"));
    EXPECT_FALSE(session_->gas_left());
}

TEST_F(Trace, LookingLeavesNoTraceInTheState) {
    const auto play = [this](CallObserver* observer) {
        auto session = machine_->genesis_session(0xFA);
        EXPECT_TRUE(session->deploy(id_of(0x11), test_contract("host"), {}, {}, kGas));
        EXPECT_TRUE(session->deploy(id_of(0x22), test_contract("host"), {}, {}, kGas));
        EXPECT_TRUE(session->deploy(id_of(0x33), test_contract("counter"), {}, {}, kGas));
        const Hash base = *session->commit();
        session = *machine_->session(base, 0xFA, 1);
        std::optional<Onlooker> onlooker;
        if (observer == nullptr) {
            onlooker.emplace(*session);
            observer = &*onlooker;
        }
        session->set_observer(observer);
        EXPECT_TRUE(session->call(id_of(0x11), "call", request(id_of(0x33), "increment"), kGas));
        EXPECT_TRUE(session->call(id_of(0x11), "call", request(id_of(0x22), "call_then_panic"), kGas));
        if (onlooker) EXPECT_GT(onlooker->looks, 10U);
        return *session->root();
    };
    EXPECT_EQ(play(nullptr), play(&recorder_));
}

TEST_F(Trace, MemoryIsReadAsItIs) {
    const Bytes argument(40, 0xab);
    ASSERT_TRUE(session_->call(id_of(0x33), "increment", argument, kGas));
    const auto memory = session_->peek(id_of(0x33), 0, *session_->memory_length(id_of(0x33)));
    ASSERT_TRUE(memory);
    EXPECT_EQ(std::ranges::search(*memory, argument).size(), argument.size());
    constexpr std::uint64_t kEnd = std::uint64_t{1} << 32;  // of 32-bit addresses
    EXPECT_EQ(session_->peek(id_of(0x33), kEnd - 4, 100)->size(), 4U);
    EXPECT_TRUE(session_->peek(id_of(0x33), kEnd, 100)->empty());
    EXPECT_FALSE(session_->peek(id_of(0x99), 0, 1));
}

}  // namespace
}  // namespace dusk::vm
