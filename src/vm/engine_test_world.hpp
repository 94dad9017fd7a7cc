// What the tests of the engine share: memories, a host that keeps books, and the contracts of the vectors.
#pragma once

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "vm/engine.hpp"

namespace dusk::vm::engine_testing {

inline const Engine& engine() {
    static const Engine one = Engine::create().value();
    return one;
}

inline Bytes contract(const std::string& name) {
    std::ifstream file(std::string(DUSK_TEST_CONTRACTS) + "/" + name + ".wasm", std::ios::binary);
    EXPECT_TRUE(file) << name;
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline Module compile(ByteView bytecode) {
    auto module = engine().compile(bytecode);
    EXPECT_TRUE(module) << module.error().text;
    return *std::move(module);
}

// 4 GiB of zeros; the system gives pages as they are written.
struct TestMemory {
    static constexpr std::size_t kSize = std::size_t{1} << 32;

    explicit TestMemory(std::uint64_t maximum = kSize) {
        void* base = ::mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        EXPECT_NE(base, MAP_FAILED);
        linear = {static_cast<std::uint8_t*>(base), 0, maximum, true};
    }
    ~TestMemory() { ::munmap(linear.base, kSize); }
    TestMemory(const TestMemory&) = delete;
    TestMemory& operator=(const TestMemory&) = delete;

    LinearMemory linear;
};

// What the imports of an instance see and do.
struct Host {
    Instance* self = nullptr;
    LinearMemory* memory = nullptr;
    std::uint64_t gas_limit = 10'000'000;
    std::uint64_t charge = 0;     // by `self_id`
    std::uint32_t panic_size = 0;  // what `panic` was told
    Instance* callee = nullptr;    // of `c`
    std::uint64_t left = 0;        // by the last callee
    int levels = 1;                // that `c` goes down
    int depth = 0;
    int deepest = 0;
};

inline Host& host(void* context) { return *static_cast<Host*>(context); }

inline std::int32_t call_callee(void* context, std::uint64_t, std::uint64_t name, std::uint32_t name_size,
                                std::uint32_t, std::uint64_t gas, std::int32_t* result) {
    Host& world = host(context);
    *result = 0;
    if (world.depth == world.levels) return 0;
    const std::uint8_t* begin = world.memory->base + name;
    const std::string function(begin, begin + name_size);
    const std::uint64_t remaining = world.self->fuel();
    const std::uint64_t limit = gas != 0 ? gas : remaining / 10 * 9;
    world.deepest = std::max(world.deepest, ++world.depth);
    const auto answer = world.callee->call(function, 41 + name_size, limit);
    --world.depth;
    world.left = world.callee->fuel();
    world.self->set_fuel(remaining - (limit - world.left));
    *result = answer ? *answer : -1;
    return 0;
}

inline const HostFunctions& host_functions() {
    static const HostFunctions table{
        .caller = [](void*, std::int32_t* result) { return *result = 0; },
        .callstack = [](void*, std::int32_t* result) { return *result = 0; },
        .c = call_callee,
        .hq = [](void*, std::uint64_t, std::uint32_t, std::uint32_t, std::int32_t*) { return 1; },
        .hd = [](void*, std::uint64_t, std::uint32_t, std::int32_t* result) { return *result = 0; },
        .emit = [](void*, std::uint64_t, std::uint32_t, std::uint32_t) { return 0; },
        .feed = [](void*, std::uint32_t) { return 1; },
        .limit = [](void* context, std::int64_t* result) -> std::int32_t {
            *result = static_cast<std::int64_t>(host(context).gas_limit);
            return 0;
        },
        .spent = [](void* context, std::int64_t* result) -> std::int32_t {
            *result = static_cast<std::int64_t>(host(context).gas_limit - host(context).self->fuel());
            return 0;
        },
        .panic = [](void* context, std::uint32_t size) -> std::int32_t {
            host(context).panic_size = size;
            return 1;
        },
        .owner = [](void*, std::uint64_t, std::int32_t* result) { return *result = 0; },
        .self_id = [](void* context) -> std::int32_t {
            Instance& self = *host(context).self;
            self.set_fuel(self.fuel() - std::min(self.fuel(), host(context).charge));
            return 0;
        },
    };
    return table;
}

// A contract with a memory, a host and an instance.
struct World {
    explicit World(Module code, std::uint64_t maximum = TestMemory::kSize) : module(std::move(code)), memory(maximum) {
        instantiate();
    }
    explicit World(ByteView bytecode, std::uint64_t maximum = TestMemory::kSize)
        : World(compile(bytecode), maximum) {}

    void instantiate() {
        auto made = Instance::create(module, memory.linear, host_functions(), &host);
        ASSERT_TRUE(made) << describe(made.error());
        instance = *std::move(made);
        memory.linear.needs_data = false;
        host.self = &*instance;
        host.memory = &memory.linear;
    }

    Module module;
    TestMemory memory;
    Host host;
    std::optional<Instance> instance;
};

}  // namespace dusk::vm::engine_testing
