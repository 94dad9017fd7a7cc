#include "vm/engine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <limits>

#include "base/hex.hpp"
#include "vm/engine_test_world.hpp"

namespace dusk::vm {
namespace {

using engine_testing::compile;
using engine_testing::contract;
using engine_testing::engine;
using engine_testing::host_functions;
using engine_testing::TestMemory;
using engine_testing::World;

constexpr std::uint64_t kPlenty = 10'000'000;
constexpr std::uint32_t kBuffer = 65536;  // where the test contracts have their argument buffer

TEST(Engine, GasIsOnePerOperatorAndFourPerStoredByte) {
    World world(contract("counter"));
    const auto spent = [&](std::string_view function) {
        EXPECT_TRUE(world.instance->call(function, 0, kPlenty)) << function;
        return kPlenty - world.instance->fuel();
    };
    constexpr std::uint64_t kEntry = 1;
    EXPECT_EQ(spent("noop"), kEntry + 1);
    EXPECT_EQ(spent("echo"), kEntry + 1);
    EXPECT_EQ(spent("read_value"), kEntry + 4 + 32);
    EXPECT_EQ(spent("increment"), kEntry + 6 + 32);
    EXPECT_EQ(spent("add"), kEntry + 7 + 32);
}

TEST(Engine, StraightCodeMayOverrunButNeverEntersWithoutFuel) {
    World world(contract("counter"));
    for (const std::uint64_t fuel : {0, 1}) {
        const auto result = world.instance->call("increment", 0, fuel);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, CallFault::Kind::trap);
        EXPECT_EQ(result.error().trap, Trap::out_of_fuel);
        EXPECT_EQ(world.instance->fuel(), 0);
    }
    EXPECT_EQ(world.instance->call("increment", 0, 2), 0);
    EXPECT_EQ(world.instance->fuel(), 0);
    constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
    EXPECT_EQ(world.instance->call("increment", 0, kMost), 0);
    EXPECT_EQ(world.instance->fuel(), kMost - 39);
}

TEST(Engine, TrapsHaveNames) {
    World world(contract("mem"));
    const auto trap = [&](std::string_view function, std::initializer_list<std::uint32_t> words) {
        std::size_t at = kBuffer;
        for (const std::uint32_t word : words) store_le(world.memory.linear.base + std::exchange(at, at + 4), word);
        const auto result = world.instance->call(function, 0, 1'000'000'000);
        return result ? Trap::none : result.error().trap;
    };
    constexpr std::uint32_t kEnd = 2 * 65536;
    EXPECT_EQ(trap("unreachable", {}), Trap::unreachable_code_reached);
    EXPECT_EQ(trap("div", {0}), Trap::integer_division_by_zero);
    EXPECT_EQ(trap("div", {1}), Trap::none);
    EXPECT_EQ(trap("trunc", {0, 0x7ff80000}), Trap::bad_conversion_to_integer);
    EXPECT_EQ(trap("trunc", {0, 0x44150000}), Trap::integer_overflow);
    EXPECT_EQ(trap("recurse", {1'000'000}), Trap::stack_overflow);
    EXPECT_EQ(trap("fill", {kEnd - 4, 7, 5}), Trap::memory_out_of_bounds);
    EXPECT_EQ(trap("fill", {kEnd, 7, 0}), Trap::none);
    EXPECT_EQ(trap("fill", {kEnd + 1, 7, 0}), Trap::memory_out_of_bounds);
    EXPECT_EQ(trap("drop_then_init", {}), Trap::memory_out_of_bounds);
    EXPECT_EQ(trap("peek", {0xffff'fffc}), Trap::none);
    EXPECT_EQ(trap("peek", {0xffff'fffd}), Trap::memory_out_of_bounds);  // the reference's process ends here
    EXPECT_EQ(trap("ci", {1}), Trap::none);
    EXPECT_EQ(trap("ci", {2}), Trap::indirect_call_to_null);  // and here
    EXPECT_EQ(trap("ci", {4}), Trap::table_out_of_bounds);
}

TEST(Engine, AccessBeyondTheLengthSucceedsAndGrowingIgnoresTheDeclaredMaximum) {
    World world(contract("mem"));
    LinearMemory& memory = world.memory.linear;
    const auto word = [&] { return load_le<std::uint32_t>(memory.base + kBuffer); };
    store_le(memory.base + kBuffer, std::uint32_t{5 * 65536});
    store_le(memory.base + kBuffer + 4, std::uint32_t{0xdeadbeef});
    ASSERT_TRUE(world.instance->call("poke", 8, kPlenty));
    ASSERT_TRUE(world.instance->call("peek", 4, kPlenty));
    EXPECT_EQ(word(), 0xdeadbeef);
    EXPECT_EQ(memory.length, 2 * 65536);

    store_le(memory.base + kBuffer, std::uint32_t{6});
    ASSERT_TRUE(world.instance->call("grow", 4, kPlenty));
    EXPECT_EQ(word(), 2);
    EXPECT_EQ(memory.length, 8 * 65536);
    store_le(memory.base + kBuffer, std::uint32_t{65536 - 7});
    ASSERT_TRUE(world.instance->call("grow", 4, kPlenty));
    EXPECT_EQ(word(), 0xffff'ffff);
    EXPECT_EQ(memory.length, 8 * 65536);

    memory.length = 3 * 65536;  // a revert; the instance goes on with the length it knows
    ASSERT_TRUE(world.instance->call("size", 0, kPlenty));
    EXPECT_EQ(word(), 8);
    store_le(memory.base + kBuffer, std::uint32_t{0});
    ASSERT_TRUE(world.instance->call("grow", 4, kPlenty));
    EXPECT_EQ(word(), 3);
    ASSERT_TRUE(world.instance->call("size", 0, kPlenty));
    EXPECT_EQ(word(), 3);
}

TEST(Engine, ActiveDataIsWrittenOnlyWhenNeeded) {
    const Module module = compile(contract("counter"));
    TestMemory memory;
    ASSERT_TRUE(Instance::create(module, memory.linear, host_functions(), nullptr));
    EXPECT_EQ(load_le<std::uint64_t>(memory.linear.base), 0xfc);
    EXPECT_EQ(memory.linear.length, 2 * 65536);

    memory.linear.needs_data = false;
    memory.linear.length = 5 * 65536;
    store_le(memory.linear.base, std::uint64_t{7});
    auto again = Instance::create(module, memory.linear, host_functions(), nullptr);
    ASSERT_TRUE(again);
    EXPECT_EQ(load_le<std::uint64_t>(memory.linear.base), 7);
    EXPECT_EQ(memory.linear.length, 5 * 65536);
}

TEST(Engine, PassiveSegmentsAndGlobalsLiveInTheInstance) {
    World world(contract("mem"));
    const auto next = [&] {
        EXPECT_TRUE(world.instance->call("global_inc", 0, kPlenty));
        return load_le<std::uint32_t>(world.memory.linear.base + kBuffer);
    };
    EXPECT_EQ(next(), 8);
    EXPECT_EQ(next(), 9);
    EXPECT_FALSE(world.instance->call("drop_then_init", 0, kPlenty));
    EXPECT_FALSE(world.instance->call("init_seg", 0, kPlenty));
    world.instantiate();
    EXPECT_EQ(next(), 8);
    EXPECT_TRUE(world.instance->call("init_seg", 0, kPlenty));
}

TEST(Engine, RenewedInstancesAreAsNew) {
    constexpr int kRounds = 200;  // several stores
    World world(contract("mem"));
    LinearMemory& memory = world.memory.linear;
    const auto next = [&] {
        EXPECT_TRUE(world.instance->call("global_inc", 0, kPlenty));
        return load_le<std::uint32_t>(memory.base + kBuffer);
    };
    const auto buffer = world.instance->argument_buffer();
    memory.length = 5 * 65536;
    store_le(memory.base, std::uint64_t{7});
    int allowed = 0;
    for (int i = 0; i < kRounds; ++i) {
        if (world.instance->can_renew()) {
            ASSERT_TRUE(world.instance->renew(world.module, memory)) << i;
            ++allowed;
        } else {
            world.instantiate();
        }
        EXPECT_EQ(world.instance->fuel(), 0) << i;
        EXPECT_EQ(world.instance->argument_buffer(), buffer) << i;
        EXPECT_EQ(memory.length, 5 * 65536) << i;
        EXPECT_EQ(load_le<std::uint64_t>(memory.base), 7) << i;
        EXPECT_TRUE(world.instance->call("init_seg", 0, kPlenty)) << i;
        store_le(memory.base, std::uint64_t{7});
        EXPECT_EQ(next(), 8) << i;
        EXPECT_EQ(next(), 9) << i;
        EXPECT_FALSE(world.instance->call("drop_then_init", 0, kPlenty)) << i;
        EXPECT_FALSE(world.instance->call("init_seg", 0, kPlenty)) << i;
    }
    EXPECT_GT(allowed, kRounds / 2);
    EXPECT_LT(allowed, kRounds);
}

// Grows its table by the argument and gives the length.
const Bytes kGrowing = from_hex(
                           "0061736d01000000010601"
                           "60017f017f"
                           "03020100"
                           "040401700001"
                           "0503010001"
                           "0606017f0041000b"
                           "071203066d656d6f7279020001410300016600000a0f010d00"
                           "d0702000fc0f001afc10000b")
                           .value();

TEST(Engine, RenewedInstancesHaveTablesOfTheirOwn) {
    constexpr std::int32_t kMany = 30'000;
    constexpr std::int32_t kMost = (1 << 22) - 1;  // with the one it begins with
    World world(kGrowing);
    EXPECT_EQ(world.instance->call("f", kMany, kPlenty), kMany + 1);
    for (int i = 0; i < 2; ++i) {
        ASSERT_TRUE(world.instance->can_renew()) << i;
        ASSERT_TRUE(world.instance->renew(world.module, world.memory.linear)) << i;
        EXPECT_EQ(world.instance->call("f", 0, kPlenty), 1) << i;
    }
    EXPECT_EQ(world.instance->call("f", kMost, kPlenty), kMost + 1);  // of this instance alone
    EXPECT_FALSE(world.instance->can_renew());

    world.instantiate();
    EXPECT_TRUE(world.instance->can_renew());
    const auto result = world.instance->call("f", kMost + 1, kPlenty);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, CallFault::Kind::engine);
}

TEST(Engine, FunctionsAreFoundByName) {
    World world(contract("counter"));
    for (const std::string_view name : {"nope", "A", "memory", "", "\xff"}) {
        world.instance->set_fuel(17);
        const auto result = world.instance->call(name, 0, kPlenty);
        ASSERT_FALSE(result) << name;
        EXPECT_EQ(result.error().kind, CallFault::Kind::no_such_function);
        EXPECT_EQ(world.instance->fuel(), 17);
        EXPECT_FALSE(world.module.exports_function(name));
    }
    EXPECT_TRUE(world.module.exports_function("noop"));
    EXPECT_EQ(world.instance->call("negative", 0, kPlenty), -5);
    EXPECT_EQ(world.instance->call("echo", 0xffff'ffff, kPlenty), -1);
}

TEST(Engine, ImportsReadAndSetTheFuelOfTheirCaller) {
    World world(contract("host"));
    ASSERT_EQ(world.instance->call("spent", 0, kPlenty), 8);
    const auto spent = load_le<std::uint64_t>(world.memory.linear.base + kBuffer);
    EXPECT_EQ(spent, 3);  // entry, the address, the call: flushed before the import runs
    EXPECT_EQ(kPlenty - world.instance->fuel(), spent + 32 + 1);

    world.host.charge = 1000;
    ASSERT_EQ(world.instance->call("self_id", 0, kPlenty), 32);
    EXPECT_EQ(kPlenty - world.instance->fuel(), 3 + 1000);
    world.host.charge = kPlenty;
    EXPECT_EQ(world.instance->call("self_id", 0, kPlenty), 32);  // nothing is checked on the way out
    EXPECT_EQ(world.instance->fuel(), 0);
}

TEST(Engine, ImportsEndTheCall) {
    World world(contract("host"));
    const auto result = world.instance->call("panic", 5, kPlenty);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, CallFault::Kind::import);
    EXPECT_EQ(world.host.panic_size, 5);
    EXPECT_EQ(kPlenty - world.instance->fuel(), 3);
    EXPECT_TRUE(world.instance->call("limit", 0, kPlenty));
}

// "call" of the contract `host`: id, gas, length and name of the function.
void put_call(World& world, std::uint64_t gas, std::string_view function) {
    std::uint8_t* buffer = world.memory.linear.base + kBuffer;
    std::memset(buffer, 0, 32);
    store_le(buffer + 32, gas);
    buffer[40] = static_cast<std::uint8_t>(function.size());
    std::memcpy(buffer + 41, function.data(), function.size());
}

TEST(Engine, InstancesAreReentered) {
    World world(contract("host"));
    world.host.callee = &*world.instance;
    put_call(world, 5000, "limit");
    ASSERT_TRUE(world.instance->call("call", 41 + 5, kPlenty));
    EXPECT_EQ(load_le<std::int32_t>(world.memory.linear.base + kBuffer), 8);
    EXPECT_EQ(world.host.left, 5000 - (1 + 2 + 32 + 1));
    EXPECT_EQ(world.host.deepest, 1);

    // A nested call that traps, within one that goes on.
    put_call(world, 5000, "panic");
    ASSERT_TRUE(world.instance->call("call", 41 + 5, kPlenty));
    EXPECT_EQ(load_le<std::int32_t>(world.memory.linear.base + kBuffer), -1);

    // 40 levels; each finds the arguments of the next in the buffer again.
    world.host.levels = 40;
    put_call(world, 0, "call");
    ASSERT_TRUE(world.instance->call("call", 41 + 4, kPlenty));
    EXPECT_EQ(world.host.deepest, 40);
    EXPECT_TRUE(world.instance->call("limit", 0, kPlenty));
}

TEST(Engine, InstancesCallOthers) {
    World callee(contract("counter"));
    World world(contract("host"));
    world.host.callee = &*callee.instance;
    put_call(world, 5000, "increment");
    ASSERT_TRUE(world.instance->call("call", 41 + 9, kPlenty));
    EXPECT_EQ(load_le<std::uint64_t>(callee.memory.linear.base), 0xfd);
    EXPECT_EQ(callee.instance->fuel(), 5000 - 39);
    put_call(world, 1, "increment");
    ASSERT_TRUE(world.instance->call("call", 41 + 9, kPlenty));
    EXPECT_EQ(load_le<std::int32_t>(world.memory.linear.base + kBuffer), -1);
    EXPECT_EQ(load_le<std::uint64_t>(callee.memory.linear.base), 0xfd);
}

TEST(Engine, MemoriesOf64Bits) {
    World world(contract("mem64"), std::uint64_t{1} << 42);
    EXPECT_TRUE(world.module.is_64());
    EXPECT_TRUE(world.instance->argument_buffer().has_value());
}

TEST(Engine, ModulesAreSerialised) {
    const Module module = compile(contract("counter"));
    Bytes code = module.serialize().value();
    World world(engine().deserialize(code).value());
    EXPECT_EQ(world.instance->call("noop", 0, kPlenty), 0);
    EXPECT_EQ(engine().fingerprint(), Engine::create().value().fingerprint());
    EXPECT_NE(engine().fingerprint(), "");

    EXPECT_EQ(engine().deserialize({}).error(), ModuleError::incompatible);
    const std::string_view engine_name = "dusk-bridge";
    const auto version = std::search(code.begin(), code.end(), engine_name.begin(), engine_name.end());
    ASSERT_NE(version, code.end());
    *version = 'D';
    EXPECT_EQ(engine().deserialize(code).error(), ModuleError::incompatible);
    code.resize(code.size() / 2);
    EXPECT_EQ(engine().deserialize(code).error(), ModuleError::incompatible);
}

}  // namespace
}  // namespace dusk::vm
