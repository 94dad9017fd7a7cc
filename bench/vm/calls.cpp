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
    row("loop of 1M iterations", "loop_1m_iterations_4_ops", contracts.mem, "spin", words({1'000'000}));
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

// Without the cache of compiled contracts: each is compiled.
void deploy_rows(Bench& bench) {
    for (const char* const name : {"counter", "mem", "kv", "script"}) {
        const Bytes code = test_contract(name);
        TestMachine test;
        test.options.keep_modules = false;
        std::unique_ptr<vm::Session> session;
        const std::string official = "deploy_" + std::string(name) + "_" + std::to_string(code.size()) + "_bytes";
        bench.run_each(
            "deploy: " + std::to_string(code.size()) + " bytes", official, 7,
            [&] {
                session.reset();
                test.open();  // forgets what was compiled
                session = test.machine->genesis_session(0xFA);
            },
            [&] { keep(session->deploy({}, code, Bytes(32, 7), Bytes(8), kGas)); });
    }
}

const Registered g_calls("vm", call_rows);
const Registered g_sessions("vm", session_rows);
const Registered g_deploys("vm", deploy_rows);

}  // namespace
}  // namespace dusk::bench
