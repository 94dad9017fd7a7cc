// Modules put together by hand, whole and damaged.
#include "vm/wasm_module.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "vm/wasm_contract.hpp"

namespace dusk::vm {
namespace {

using testing::ElementsAre;

Bytes section(std::uint8_t id, const Bytes& content) {
    Bytes out{id, static_cast<std::uint8_t>(content.size())};
    append(out, content);
    return out;
}
Bytes module_of(const std::vector<Bytes>& sections) {
    Bytes out{0, 'a', 's', 'm', 1, 0, 0, 0};
    for (const Bytes& one : sections) append(out, one);
    return out;
}

const Bytes kTypes = section(1, {2, 0x60, 1, 0x7f, 1, 0x7f, 0x60, 0, 1, 0x7e});  // (i32) -> i32, () -> i64
const Bytes kImports = section(2, {1, 3, 'e', 'n', 'v', 5, 'l', 'i', 'm', 'i', 't', 0, 1});
const Bytes kFunctions = section(3, {1, 0});
const Bytes kMemory = section(5, {1, 1, 2, 16});
const Bytes kGlobals = section(6, {1, 0x7f, 0, 0x41, 0x80, 0x08, 0x0b});  // immutable i32 1024
const Bytes kExports =
    section(7, {3, 6, 'm', 'e', 'm', 'o', 'r', 'y', 2, 0, 1, 'A', 3, 0, 4, 'i', 'n', 'i', 't', 0, 1});
const Bytes kCode = section(10, {1, 4, 0, 0x20, 0, 0x0b});
const Bytes kData = section(11, {2, 0, 0x41, 0, 0x0b, 2, 7, 7, 1, 1, 9});

Bytes contract() { return module_of({kTypes, kImports, kFunctions, kMemory, kGlobals, kExports, kCode, kData}); }

WasmFault fault_of(const Bytes& bytes) {
    const auto parsed = parse_wasm_module(bytes);
    EXPECT_FALSE(parsed.has_value());
    return parsed ? WasmFault{255} : parsed.error().fault;
}
std::vector<ContractFault> findings_of(const std::vector<Bytes>& sections) {
    const auto parsed = parse_wasm_module(module_of(sections));
    EXPECT_TRUE(parsed.has_value()) << describe(parsed.error());
    std::vector<ContractFault> faults;
    for (const auto& finding : check_contract(*parsed).findings) faults.push_back(finding.fault);
    return faults;
}

TEST(WasmModule, SaysWhatIsInIt) {
    const auto parsed = parse_wasm_module(contract());
    ASSERT_TRUE(parsed.has_value()) << describe(parsed.error());
    EXPECT_EQ(parsed->sections.size(), 8U);
    EXPECT_EQ(parsed->sections.front().name, "type");
    EXPECT_EQ(parsed->imports.front().name, "limit");
    EXPECT_EQ(to_string(parsed->types.at(parsed->imports.front().type)), "() -> i64");
    EXPECT_THAT(parsed->functions, ElementsAre(1, 0));
    EXPECT_EQ(parsed->memories.front().minimum, 2U);
    EXPECT_EQ(parsed->memories.front().maximum, 16U);
    EXPECT_EQ(parsed->globals.front().constant, 1024);
    EXPECT_EQ(parsed->exports.at(2).name, "init");
    EXPECT_EQ(parsed->active_data, 1U);
    EXPECT_EQ(parsed->passive_data, 1U);
    EXPECT_EQ(parsed->data_bytes, 3U);
}

TEST(WasmModule, EveryCutIsRefused) {
    const Bytes whole = contract();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        // Between two sections a module may end, where no body is missing.
        const auto parsed = parse_wasm_module(ByteView(whole).first(size));
        if (parsed) {
            EXPECT_GE(size, 8U);
            EXPECT_LT(parsed->sections.size(), 8U);
        }
    }
    EXPECT_EQ(fault_of({}), WasmFault::not_wasm);
    EXPECT_EQ(fault_of({0, 'a', 's', 'm', 13, 0, 1, 0}), WasmFault::wrong_version);
}

TEST(WasmModule, NamesWhatIsWrong) {
    EXPECT_EQ(fault_of(module_of({section(1, {1, 0x61, 0, 0})})), WasmFault::bad_type);
    EXPECT_EQ(fault_of(module_of({section(1, {1, 0x60, 1, 0x11, 0})})), WasmFault::bad_type);
    EXPECT_EQ(fault_of(module_of({section(1, {0, 0})})), WasmFault::bad_section);
    EXPECT_EQ(fault_of(module_of({kMemory, kTypes})), WasmFault::bad_section);
    EXPECT_EQ(fault_of(module_of({kTypes, kTypes})), WasmFault::bad_section);
    EXPECT_EQ(fault_of(module_of({section(13, {})})), WasmFault::bad_section);
    EXPECT_EQ(fault_of(module_of({kTypes, section(3, {1, 2})})), WasmFault::bad_index);
    EXPECT_EQ(fault_of(module_of({kTypes, kFunctions})), WasmFault::count_mismatch);
    EXPECT_EQ(fault_of(module_of({section(7, {1, 1, 'm', 2, 0})})), WasmFault::bad_index);
    EXPECT_EQ(fault_of(module_of({section(7, {1, 1, 'm', 4, 0})})), WasmFault::bad_kind);
    EXPECT_EQ(fault_of(module_of({section(0, {1, 0xff})})), WasmFault::bad_name);
    EXPECT_EQ(fault_of(module_of({section(6, {1, 0x7f, 0, 0x6a, 0x0b})})), WasmFault::bad_expression);
    EXPECT_EQ(fault_of(module_of({section(8, {0})})), WasmFault::bad_index);
    EXPECT_EQ(fault_of(module_of({section(1, {0xff, 0xff, 0xff, 0xff, 0x0f})})), WasmFault::truncated);
    EXPECT_EQ(fault_of(module_of({section(1, {0xff, 0xff, 0xff, 0xff, 0x1f})})), WasmFault::bad_integer);
    EXPECT_EQ(fault_of(module_of({section(6, {1, 0x7f, 0, 0x41, 0xff, 0xff, 0xff, 0xff, 0x4f, 0x0b})})),
              WasmFault::bad_integer);
}

TEST(WasmModule, SignedNumbersKeepTheirSign) {
    const auto value = [](const Bytes& number, std::uint8_t type, std::uint8_t opcode) {
        Bytes content{1, type, 0, opcode};
        append(content, number);
        content.push_back(0x0b);
        const auto parsed = parse_wasm_module(module_of({section(6, content)}));
        EXPECT_TRUE(parsed.has_value());
        return parsed ? *parsed->globals.front().constant : 0;
    };
    EXPECT_EQ(value({0x7f}, 0x7f, 0x41), -1);
    EXPECT_EQ(value({0x3f}, 0x7f, 0x41), 63);
    EXPECT_EQ(value({0x80, 0x80, 0x80, 0x80, 0x78}, 0x7f, 0x41), INT32_MIN);
    EXPECT_EQ(value({0xff, 0xff, 0xff, 0xff, 0x07}, 0x7f, 0x41), INT32_MAX);
    EXPECT_EQ(value({0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f}, 0x7e, 0x42), INT64_MIN);
    EXPECT_EQ(value({0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00}, 0x7e, 0x42), INT64_MAX);
}

TEST(WasmContract, AcceptsAContract) {
    const auto parsed = parse_wasm_module(contract());
    ASSERT_TRUE(parsed.has_value());
    const ContractReport report = check_contract(*parsed);
    EXPECT_TRUE(report.findings.empty());
    EXPECT_THAT(report.functions, ElementsAre("init"));
    EXPECT_TRUE(report.has_init);
    EXPECT_EQ(report.argument_buffer, 1024U);
    EXPECT_EQ(deployment_gas(100), 5'000'000U);
    EXPECT_EQ(deployment_gas(50'001), 5'000'100U);
}

TEST(WasmContract, SaysWhyNot) {
    using Fault = ContractFault;
    const Bytes memory_only = section(7, {1, 6, 'm', 'e', 'm', 'o', 'r', 'y', 2, 0});
    const Bytes memory_and_a = section(7, {2, 6, 'm', 'e', 'm', 'o', 'r', 'y', 2, 0, 1, 'A', 3, 0});
    const auto global = [](Bytes content) { return section(6, content); };
    EXPECT_THAT(findings_of({}), ElementsAre(Fault::no_exported_memory, Fault::no_argument_buffer));
    EXPECT_THAT(findings_of({kMemory, memory_only}), ElementsAre(Fault::no_argument_buffer));
    EXPECT_THAT(findings_of({kMemory, kGlobals, section(7, {3, 1, 'm', 2, 0, 1, 'n', 2, 0, 1, 'A', 3, 0})}),
                ElementsAre(Fault::several_exported_memories));
    EXPECT_THAT(findings_of({kMemory, global({1, 0x7f, 1, 0x41, 0, 0x0b}), memory_and_a}),
                ElementsAre(Fault::no_argument_buffer));
    EXPECT_THAT(findings_of({kMemory, global({1, 0x7e, 0, 0x42, 0, 0x0b}), memory_and_a}),
                ElementsAre(Fault::no_argument_buffer));
    EXPECT_THAT(findings_of({kMemory, global({1, 0x7f, 0, 0x41, 0x7f, 0x0b}), memory_and_a}),
                ElementsAre(Fault::argument_buffer_place));
    EXPECT_THAT(findings_of({section(5, {1, 3, 1, 1}), kGlobals, memory_and_a}), ElementsAre(Fault::shared_memory));
    EXPECT_THAT(findings_of({section(5, {1, 4, 1}), global({1, 0x7e, 0, 0x42, 0, 0x0b}), memory_and_a}), ElementsAre());
    EXPECT_THAT(
        findings_of({kTypes, section(2, {1, 1, 'e', 4, 'n', 'o', 'p', 'e', 0, 0}), kMemory, kGlobals, memory_and_a}),
        ElementsAre(Fault::unknown_import));
    EXPECT_THAT(findings_of({kTypes, section(2, {1, 1, 'e', 5, 's', 'p', 'e', 'n', 't', 0, 0}), kMemory, kGlobals,
                             memory_and_a}),
                ElementsAre(Fault::import_signature));
    EXPECT_THAT(findings_of({kTypes, section(3, {1, 1}), kMemory, kGlobals,
                             section(7, {3, 1, 'm', 2, 0, 1, 'A', 3, 0, 1, 'f', 0, 0}), section(8, {0}), kCode}),
                ElementsAre(Fault::export_signature, Fault::start_function));
}

}  // namespace
}  // namespace dusk::vm
