// Calls, sessions and deployments.
#include "harness.hpp"
#include "test_machine.hpp"

namespace dusk::bench {
namespace {

void call_rows(Bench& bench) {
    const TestMachine test;
    const auto session = test.machine->genesis_session(0xFA);
    const TestContracts contracts(*session);
    const auto row = [&](std::string_view name, std::string_view official, const vm::ContractId& contract,
                         std::string_view function, const Bytes& argument) {
        bench.run(name, official, 1, 11, [&] { must_call(*session, contract, function, argument); });
    };
    row("call: trivial", "call_trivial", contracts.counter, "noop", {});
    row("call: writes", "call_write", contracts.counter, "increment", {});
    row("call: of another contract", "call_inter_contract", contracts.host, "call",
        inner_call(contracts.counter, "noop"));
    row("call: of itself", "call_self_reentrant", contracts.host, "call", inner_call(contracts.host, "limit"));
    row("call: map in a Rust contract", "kv_call", contracts.kv, "get", words({1}));
    // One call a sample, as the reference is measured: half a millisecond needs no repeats, and what they gather of
    // the machine's interrupts is more than the difference of the two.
    bench.run_each(
        "loop of 1M iterations", "loop_1m_iterations_4_ops", 31, [] {},
        [&] { must_call(*session, contracts.mem, "spin", words({1'000'000})); });
}

void session_rows(Bench& bench) {
    TestMachine test;
    auto session = test.machine->genesis_session(0xFA);
    const TestContracts contracts(*session);
    const vm::Hash base = *session->commit();
    bench.run("session: open", "session_open", 1, 11, [&] { keep(test.session(base)); });
    bench.run_each(
        "session: first call", "first_call_in_session", 101, [&] { session = test.session(base); },
        [&] { must_call(*session, contracts.counter, "noop", {}); });
    session.reset();
    bench.run_each(
        "state: reopen from disk", "vm_open_from_disk", 11, [&] { test.machine.reset(); }, [&] { test.open(); });
}

// The same code with another name section each time, so that it is compiled each time.
Bytes renamed(Bytes code) {
    static std::uint32_t number = 0;
    constexpr std::uint8_t kCustomSection = 0;
    constexpr std::uint8_t kNameSize = 4;
    ByteArray<kNameSize> name{};
    store_le(name.data(), ++number | 0x01010101U);
    for (std::uint8_t& byte : name) byte = static_cast<std::uint8_t>('a' + byte % 16);  // has to be text
    code.insert(code.end(), {kCustomSection, kNameSize + 1 + 4, kNameSize});
    code.insert(code.end(), name.begin(), name.end());
    Bytes value(4);
    store_le(value.data(), number);
    code.insert(code.end(), value.begin(), value.end());
    return code;
}

void deploy_rows(Bench& bench) {
    TestMachine test;
    test.options.keep_modules = false;
    test.open();
    for (const char* const name : {"counter", "mem", "kv", "script"}) {
        const Bytes code = test_contract(name);
        Bytes fresh;
        std::unique_ptr<vm::Session> session;
        const std::string official = "deploy_" + std::string(name) + "_" + std::to_string(code.size()) + "_bytes";
        bench.run_each(
            "deploy: " + std::to_string(code.size()) + " bytes", official, 11,
            [&] {
                session = test.machine->genesis_session(0xFA);
                fresh = renamed(code);
            },
            [&] {
                if (!session->deploy({}, fresh, Bytes(32, 7), Bytes(8), kGas)) {
                    throw std::runtime_error("not deployed");
                }
            });
    }
}

const Registered g_calls("vm", call_rows);
const Registered g_sessions("vm", session_rows);
const Registered g_deploys("vm", deploy_rows);

}  // namespace
}  // namespace dusk::bench
