#include "vm/compile_effort.hpp"

#include <gmock/gmock.h>

#include "modules.hpp"
#include "vm/test_machine.hpp"

namespace dusk::vm {
namespace {

using namespace compile_limits;

TEST(CompileEffort, OrdinaryCodeIsOrdinary) {
    for (const char* name : {"counter", "host", "init", "kv", "mem", "mem64", "ops", "script"}) {
        const auto effort = compile_effort(test_contract(name));
        ASSERT_TRUE(effort) << name;
        EXPECT_TRUE(effort->is_ordinary()) << name;
        EXPECT_GT(effort->functions, 0) << name;
    }
    for (const auto& sample : {straight_line(1'000'000), one_function(1'000'000), nested_blocks(1'000),
                               nested_loops(100), many_locals(1'000), locals_in_loops(50, 50)}) {
        const auto effort = compile_effort(sample.module);
        ASSERT_TRUE(effort) << sample.name;
        EXPECT_TRUE(effort->is_ordinary()) << sample.name;
    }
}

TEST(CompileEffort, ModulesThatAreMadeToTakeLongAreNot) {
    for (const auto& sample : {tiny_functions(100'000), jump_table(120'000), nested_loops(4'000), nested_loops(340'000),
                               locals_in_loops(500, 500), locals_in_loops(8'000, 6'000)}) {
        const auto effort = compile_effort(sample.module);
        EXPECT_TRUE(!effort || !effort->is_ordinary()) << sample.name;
    }
}

TEST(CompileEffort, Counts) {
    const auto loops = compile_effort(locals_in_loops(10, 7).module);
    ASSERT_TRUE(loops);
    EXPECT_EQ(loops->loop_depths, 7 * 8 / 2);
    EXPECT_EQ(loops->loop_locals, 10 * 7);
    EXPECT_EQ(loops->functions, 1);
    const auto table = compile_effort(jump_table(1'000).module);
    ASSERT_TRUE(table);
    EXPECT_EQ(table->branch_targets, 1'000);
}

TEST(CompileEffort, NothingIsKnownOfWhatCannotBeRead) {
    EXPECT_FALSE(compile_effort({}));
    Bytes bytecode = hostile_contract();
    ASSERT_TRUE(compile_effort(bytecode));
    bytecode.resize(bytecode.size() - 1);
    EXPECT_FALSE(compile_effort(bytecode));
}

}  // namespace
}  // namespace dusk::vm
