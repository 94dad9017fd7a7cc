#include "rpc/drivers/driver_module.hpp"

#include <gmock/gmock.h>

#include "rpc/drivers/sample_driver.hpp"
#include "vm/wasm_module.hpp"

namespace dusk::rpc {
namespace {

using testing::HasSubstr;

std::string refusal(const Bytes& driver) {
    const auto form = contract_form(driver);
    return form ? "" : form.error();
}

Bytes module_of(const std::vector<Bytes>& sections) {
    Bytes out{0, 'a', 's', 'm', 1, 0, 0, 0};
    for (const Bytes& section : sections) append(out, section);
    return out;
}

TEST(DriverModule, ExportsAreThoseOfContracts) {
    const auto form = contract_form(sample_driver());
    ASSERT_TRUE(form) << form.error();
    const auto module = vm::parse_wasm_module(*form);
    ASSERT_TRUE(module) << describe(module.error());
    std::vector<std::string> names;
    for (const auto& one : module->exports) {
        names.push_back(one.name);
        if (one.kind != vm::ExternalKind::function) continue;
        EXPECT_EQ(to_string(module->types.at(module->functions.at(one.index))), "(i32) -> i32") << one.name;
    }
    EXPECT_THAT(names, testing::UnorderedElementsAre("memory", "alloc", "init", "encode_input_fn", "decode_input_fn",
                                                     "decode_output_fn", "decode_event", "get_schema", "get_version",
                                                     "get_last_error"));
}

TEST(DriverModule, WhatIsNoDriver) {
    EXPECT_THAT(refusal({}), testing::Not(""));
    EXPECT_THAT(refusal({1, 2, 3, 4, 5, 6, 7, 8, 9}), testing::Not(""));
    EXPECT_THAT(refusal(module_of({})), HasSubstr("exports no memory"));
    EXPECT_THAT(refusal(module_of({{5, 3, 1, 0, 1}, {7, 10, 1, 6, 'm', 'e', 'm', 'o', 'r', 'y', 2, 0}})),
                HasSubstr("alloc"));
    EXPECT_THAT(refusal(module_of({{1, 4, 1, 0x60, 0, 0}, {2, 7, 1, 1, 'a', 1, 'b', 0, 0}})), HasSubstr("imports"));
    EXPECT_NE(refusal(module_of({{1, 4, 1, 0x60, 0, 0}, {1, 4, 1, 0x60, 0, 0}})), "");
    EXPECT_NE(refusal(module_of({{1, 0xff, 0xff, 0xff, 0xff, 0x0f}})), "");
}

TEST(DriverModule, CutOffAnywhere) {
    const Bytes whole = sample_driver();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        (void)contract_form(ByteView(whole).first(size));
    }
}

}  // namespace
}  // namespace dusk::rpc
