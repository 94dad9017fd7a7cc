// Modules that are refused, and why; start functions; the argument buffer.
#include <gtest/gtest.h>

#include "vm/engine.hpp"
#include "vm/engine_test_world.hpp"

namespace dusk::vm {
namespace {

using engine_testing::compile;
using engine_testing::engine;
using engine_testing::Host;
using engine_testing::host_functions;
using engine_testing::TestMemory;

constexpr std::uint8_t kI32 = 0x7f;
constexpr std::uint8_t kI64 = 0x7e;

Bytes join(std::initializer_list<Bytes> parts) {
    Bytes all;
    for (const Bytes& part : parts) append(all, part);
    return all;
}

// Everything here is shorter than 128, so that a length is one byte.
Bytes counted(ByteView bytes) { return join({{static_cast<std::uint8_t>(bytes.size())}, to_vector(bytes)}); }
Bytes name(std::string_view text) { return counted(as_bytes(text)); }
Bytes section(std::uint8_t id, ByteView content) { return join({{id}, counted(content)}); }

Bytes signature(Bytes parameters, Bytes results) { return join({{0x60}, counted(parameters), counted(results)}); }

// A module with one function type, one import and a body that is exported, all of them optional.
struct Source {
    Bytes type = signature({kI32}, {kI32});
    std::string import{};
    Bytes import_kind{0x00, 0x00};  // function of the type
    bool has_body = false;
    Bytes body{0x41, 0x00};  // i32.const 0
    Bytes memory{0x00, 0x02};
    std::vector<std::string> memory_exports{"memory"};
    std::string exported_function{};  // index 0
    Bytes global{kI32, 0x00, 0x41, 0x80, 0x80, 0x04, 0x0b};
    std::string exported_global = "A";
    bool has_start = false;
    Bytes data_offset{};  // offset expression of one active data segment of 4 bytes

    [[nodiscard]] Bytes assemble() const {
        Bytes exports;
        std::uint8_t count = 0;
        for (const auto& memory_name : memory_exports) {
            append(exports, join({name(memory_name), {0x02, 0x00}}));
            ++count;
        }
        if (!exported_function.empty()) {
            append(exports, join({name(exported_function), {0x00, 0x00}}));
            ++count;
        }
        append(exports, join({name(exported_global), {0x03, 0x00}}));
        ++count;
        Bytes all{0x00, 'a', 's', 'm', 0x01, 0x00, 0x00, 0x00};
        append(all, section(1, join({{0x01}, type})));
        if (!import.empty()) append(all, section(2, join({{0x01}, name("env"), name(import), import_kind})));
        if (has_body) append(all, section(3, Bytes{0x01, 0x00}));
        append(all, section(5, join({{0x01}, memory})));
        append(all, section(6, join({{0x01}, global})));
        append(all, section(7, join({{count}, exports})));
        if (has_start) append(all, section(8, Bytes{0x00}));
        if (has_body) append(all, section(10, join({{0x01}, counted(join({{0x00}, body, {0x0b}}))})));
        if (!data_offset.empty()) append(all, section(11, join({{0x01, 0x00}, data_offset, {0x0b}, name("data")})));
        return all;
    }
};

ModuleError check_error(const Source& source) {
    const auto checked = compile(source.assemble()).check();
    EXPECT_FALSE(checked);
    EXPECT_TRUE(checked || !checked.error().text.empty());
    return checked ? ModuleError::engine : checked.error().error;
}

CallResult<std::optional<std::uint64_t>> argument_buffer(const Source& source, std::uint64_t maximum) {
    TestMemory memory(maximum);
    Host host;
    const auto instance = Instance::create(compile(source.assemble()), memory.linear, host_functions(), &host);
    if (!instance) return fail(instance.error());
    return instance->argument_buffer();
}

TEST(Module, RefusesWhatIsNoModule) {
    EXPECT_EQ(engine().compile({}).error().error, ModuleError::invalid);
    EXPECT_EQ(engine().compile(as_bytes("(module)")).error().error, ModuleError::invalid);
    Bytes code = Source{}.assemble();
    EXPECT_TRUE(engine().compile(code));
    for (std::size_t size = 9; size < code.size(); ++size) {
        const auto cut = engine().compile(ByteView(code).first(size));
        if (!cut) EXPECT_EQ(cut.error().error, ModuleError::invalid) << size;
    }
    const Source atomic{.has_body = true, .body = {0x41, 0x00, 0xfe, 0x10, 0x02, 0x00}};  // i32.atomic.load
    const auto refused = engine().compile(atomic.assemble());
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().text.find("threads"), std::string::npos) << refused.error().text;
}

TEST(Module, ExportsOneMemory) {
    EXPECT_EQ(check_error({.memory_exports = {}}), ModuleError::memories);
    EXPECT_EQ(check_error({.memory_exports = {"memory", "again"}}), ModuleError::memories);
    EXPECT_TRUE(compile(Source{.memory_exports = {"other"}}.assemble()).check());
    EXPECT_EQ(compile(Source{.memory_exports = {"a", "b"}}.assemble()).exported_memories(), 2);
}

TEST(Module, ExportsFunctionsOfOneSignature) {
    EXPECT_TRUE(compile(Source{.has_body = true, .exported_function = "f"}.assemble()).check());
    for (const Bytes& type : {signature({}, {kI32}), signature({kI32, kI32}, {kI32}), signature({kI64}, {kI32})}) {
        EXPECT_EQ(check_error({.type = type, .has_body = true, .exported_function = "f"}),
                  ModuleError::invalid_function);
    }
    EXPECT_TRUE(compile(Source{.type = signature({}, {kI32}), .has_body = true}.assemble()).check());
}

TEST(Module, ImportsKnownNamesWithTheirTypes) {
    EXPECT_TRUE(compile(Source{.type = signature({}, {kI32}), .import = "caller"}.assemble()).check());
    EXPECT_EQ(check_error({.import = "owner_of"}), ModuleError::invalid_function);
    EXPECT_EQ(check_error({.import = "hdebug"}), ModuleError::invalid_function);
    EXPECT_EQ(check_error({.import = "caller"}), ModuleError::link);
    EXPECT_EQ(check_error({.type = signature({}, {kI64}), .import = "caller"}), ModuleError::link);
    EXPECT_EQ(check_error({.import = "feed", .import_kind = {0x01, 0x70, 0x00, 0x01}}), ModuleError::link);
    EXPECT_EQ(check_error({.import = "table", .import_kind = {0x01, 0x70, 0x00, 0x01}}), ModuleError::invalid_function);
}

TEST(Module, AddressesOfImportsHaveTheWidthOfTheMemory) {
    const auto owner = [](std::uint8_t address, bool is_64) {
        const Bytes global = is_64 ? Bytes{kI64, 0x00, 0x42, 0x00, 0x0b} : Bytes{kI32, 0x00, 0x41, 0x00, 0x0b};
        return Source{.type = signature({address}, {kI32}),
                      .import = "owner",
                      .memory = {static_cast<std::uint8_t>(is_64 ? 0x04 : 0x00), 0x02},
                      .global = global};
    };
    EXPECT_TRUE(compile(owner(kI32, false).assemble()).check());
    EXPECT_TRUE(compile(owner(kI64, true).assemble()).check());
    EXPECT_EQ(check_error(owner(kI64, false)), ModuleError::link);
    EXPECT_EQ(check_error(owner(kI32, true)), ModuleError::link);
}

TEST(Module, StartFunctionsFail) {
    const Bytes nothing = signature({}, {});
    const auto own = argument_buffer({.type = nothing, .has_body = true, .body = {0x01}, .has_start = true}, 1ULL << 32);
    ASSERT_FALSE(own);
    EXPECT_EQ(own.error().kind, CallErrorKind::runtime);
    EXPECT_EQ(own.error().trap, Trap::out_of_fuel);
    const auto import = argument_buffer({.type = nothing, .import = "self_id", .has_start = true}, 1ULL << 32);
    ASSERT_FALSE(import);
    EXPECT_EQ(import.error().kind, CallErrorKind::runtime);
    EXPECT_EQ(import.error().trap, Trap::none);
}

TEST(Module, ActiveDataFitsTheMemory) {
    const Bytes last{0x41, 0xfc, 0xff, 0x07};  // i32.const 131068
    const Bytes beyond{0x41, 0xfd, 0xff, 0x07};
    EXPECT_TRUE(argument_buffer({.data_offset = last}, 1ULL << 32));
    const auto refused = argument_buffer({.data_offset = beyond}, 1ULL << 32);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, CallErrorKind::runtime);
    EXPECT_EQ(refused.error().trap, Trap::memory_out_of_bounds);
}

TEST(Module, ArgumentBufferIsAnImmutableGlobal) {
    constexpr std::uint64_t k32 = 1ULL << 32;
    constexpr std::uint64_t k64 = 1ULL << 42;
    EXPECT_EQ(argument_buffer({}, k32).value(), 65536);
    EXPECT_EQ(argument_buffer({.global = {kI32, 0x00, 0x41, 0x7f, 0x0b}}, k32).value(), ~std::uint64_t{0});
    EXPECT_EQ(argument_buffer({.exported_global = "B"}, k32).value(), std::nullopt);
    EXPECT_EQ(argument_buffer({.global = {kI32, 0x01, 0x41, 0x00, 0x0b}}, k32).value(), std::nullopt);
    EXPECT_EQ(argument_buffer({.global = {kI64, 0x00, 0x42, 0x00, 0x0b}}, k32).value(), std::nullopt);
    const Bytes memory{0x04, 0x02};
    EXPECT_EQ(argument_buffer({.memory = memory, .global = {kI64, 0x00, 0x42, 0x7e, 0x0b}}, k64).value(),
              ~std::uint64_t{1});
    EXPECT_EQ(argument_buffer({.memory = memory}, k64).value(), std::nullopt);
}

TEST(Module, MemoriesFitWhatIsProvided) {
    const Bytes of_65537_pages{0x04, 0x81, 0x80, 0x04};
    const Bytes global{kI64, 0x00, 0x42, 0x00, 0x0b};
    const auto refused = argument_buffer({.memory = of_65537_pages, .global = global}, 1ULL << 32);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, CallErrorKind::runtime);
}

}  // namespace
}  // namespace dusk::vm
