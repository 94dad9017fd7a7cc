#include "vm/compile_apart.hpp"

#include <gmock/gmock.h>

#include "modules.hpp"
#include "vm/imports.hpp"
#include "vm/test_machine.hpp"

namespace dusk::vm {
namespace {

using compile_limits::nested_loops;
using std::chrono::seconds;

TEST(CompileApart, GivesTheSameModule) {
    const auto engine = Engine::create();
    ASSERT_TRUE(engine);
    const Bytes bytecode = test_contract("counter");
    const auto apart = compile_apart(*engine, bytecode, {});
    ASSERT_TRUE(apart) << apart.error().text;
    EXPECT_EQ(*apart->serialize(), *engine->compile(bytecode)->serialize());
    EXPECT_TRUE(apart->check());
}

TEST(CompileApart, TellsInvalidModulesFromLimits) {
    const auto engine = Engine::create();
    ASSERT_TRUE(engine);
    const auto invalid = compile_apart(*engine, Bytes(100, 1), {});
    ASSERT_FALSE(invalid);
    EXPECT_EQ(invalid.error().kind, CompileFailure::Kind::invalid);
    EXPECT_FALSE(invalid.error().text.empty());

    const auto slow = compile_apart(*engine, nested_loops(30'000).module, {.cpu_time = seconds(1)});
    ASSERT_FALSE(slow);
    EXPECT_EQ(slow.error().kind, CompileFailure::Kind::limit);
    const auto large =
        compile_apart(*engine, compile_limits::one_function(1'000'000).module, {.memory_bytes = 100U << 20});
    ASSERT_FALSE(large);
    EXPECT_EQ(large.error().kind, CompileFailure::Kind::limit);

    const auto nobody = compile_apart(*engine, test_contract("counter"), {.program = "/nonexistent"});
    ASSERT_FALSE(nobody);
    EXPECT_EQ(nobody.error().kind, CompileFailure::Kind::system);
}

class CompileLimitsOfAMachine : public MachineTest {};

TEST_F(CompileLimitsOfAMachine, ALimitIsNoVerdict) {
    MachineOptions options;
    options.store.durability = Durability::process;
    options.limits.compiling.cpu_time = seconds(1);
    const auto machine = Machine::open(folder_, options);
    ASSERT_TRUE(machine);
    auto session = (*machine)->genesis_session(0xFA);
    const Hash before = *session->root();
    // Beyond what is compiled in this process, but within the limits: valid, and no contract.
    const auto compiled = session->deploy(ContractId{1}, nested_loops(1'500).module, {}, {}, 1'000'000);
    ASSERT_FALSE(compiled);
    EXPECT_EQ(compiled.error().kind, CallErrorKind::persistence);
    EXPECT_EQ(*session->root(), before);

    const auto slow = session->deploy(ContractId{2}, nested_loops(30'000).module, {}, {}, 1'000'000);
    ASSERT_FALSE(slow);
    EXPECT_EQ(slow.error().kind, CallErrorKind::compile_limit);
    EXPECT_FALSE(session->commit());  // a state without it may be the wrong one
    session = (*machine)->genesis_session(0xFA);
    EXPECT_TRUE(session->deploy(ContractId{2}, test_contract("counter"), {}, {}, 1'000'000));
}

}  // namespace
}  // namespace dusk::vm
