#include "app/contract_interface.hpp"

#include <gmock/gmock.h>

#include "base/archive.hpp"
#include "base/archive_layout.hpp"
#include "base/hex.hpp"
#include "vm/wasm_module.hpp"

namespace dusk::app {
namespace {

using testing::HasSubstr;

constexpr std::string_view kToken =
    "interface 1\n"
    "struct Moved 424 8 from:account@0 to:account@208 amount:u64@416\n"
    "enum Stage 4\n"
    "fn init Moved ()\n"
    "fn transfer (account@0,u64@208;216,8) ()\n"
    "fn stage () Stage\n"
    "fn names [string] option<[u8;4]>\n"
    "fn tried result<u64,error> [i16]\n"
    "fn large u128 i128\n"
    "event transfer Moved\n";

Interface parsed(std::string_view text) {
    auto contract = Interface::parse(text);
    EXPECT_TRUE(contract) << (contract ? "" : describe(contract.error()));
    return contract ? *std::move(contract) : Interface{};
}

Result<ReadValue, ValueFault> argument(const Interface& contract, std::string_view function, ByteView archive,
                                       const KnownNames& names = {}) {
    return read_value(contract, contract.function(function)->argument, archive, names);
}
Result<ReadValue, ValueFault> result(const Interface& contract, std::string_view function, ByteView archive) {
    return read_value(contract, contract.function(function)->result, archive);
}

TEST(Interface, IsWrittenAsItWasRead) {
    const Interface contract = parsed(kToken);
    EXPECT_EQ(contract.text(), kToken);
    EXPECT_EQ(parsed(contract.text()).text(), kToken);
}

TEST(Interface, SignaturesAreForPeople) {
    const Interface contract = parsed(kToken);
    EXPECT_EQ(contract.signature(*contract.function("transfer")), "transfer(account, u64)");
    EXPECT_EQ(contract.signature(*contract.function("init")), "init(Moved)");
    EXPECT_EQ(contract.signature(*contract.function("stage")), "stage() -> Stage");
    EXPECT_EQ(contract.signature(*contract.function("names")), "names([string]) -> option<[u8;4]>");
    EXPECT_EQ(contract.function("nothing"), nullptr);
    EXPECT_EQ(contract.event("nothing"), nullptr);
}

TEST(Interface, ValuesOfArchives) {
    const Interface contract = parsed(kToken);
    const auto names = argument(contract, "names", archive_write(std::vector<std::string>{"oat", "a longer name"}));
    ASSERT_TRUE(names);
    EXPECT_EQ(names->text, "[\"oat\", \"a longer name\"]");
    EXPECT_EQ(names->json[1], "a longer name");
    const auto some = result(contract, "names", archive_write(std::optional<ByteArray<4>>(ByteArray<4>{1, 2, 3, 4})));
    ASSERT_TRUE(some);
    EXPECT_EQ(some->text, "01020304");
    EXPECT_EQ(result(contract, "names", archive_write(std::optional<ByteArray<4>>()))->text, "none");
    EXPECT_EQ(result(contract, "tried", archive_write(std::vector<std::int16_t>{-1, 2}))->text, "[-1, 2]");
    EXPECT_EQ(result(contract, "stage", Bytes{3})->text, "Stage(3)");
    EXPECT_EQ(argument(contract, "stage", {})->text, "()");
    const Bytes ones(16, 0xff);
    EXPECT_EQ(argument(contract, "large", ones)->text, "340282366920938463463374607431768211455");
    EXPECT_EQ(result(contract, "large", ones)->text, "-1");
}

TEST(Interface, KeysAndContractsHaveNames) {
    const Interface contract = parsed(kToken);
    Bytes archive(216);
    std::fill_n(archive.begin() + 8, 193, std::uint8_t{7});
    archive[208] = 5;
    KnownNames names;
    Bytes key(200);
    std::fill_n(key.begin(), 193, std::uint8_t{7});
    names.keys.emplace_back(key, "alice");
    EXPECT_EQ(argument(contract, "transfer", archive, names)->text, "(alice, 5)");
    EXPECT_EQ(argument(contract, "transfer", archive)->text, "(key 07070707…, 5)");
    archive[0] = 1;
    std::ranges::fill(archive.begin() + 1, archive.begin() + 208, std::uint8_t{0});
    archive[1] = 1;
    names.contracts.emplace_back(vm::ContractId{1}, "bank");
    EXPECT_EQ(argument(contract, "transfer", archive, names)->text, "(bank, 5)");
}

TEST(Interface, WhatIsNoArchiveIsNotShown) {
    const Interface contract = parsed(kToken);
    EXPECT_EQ(argument(contract, "transfer", Bytes(215)).error(), ValueFault::malformed);
    Bytes tag(216);
    tag[0] = 2;
    EXPECT_EQ(argument(contract, "transfer", tag).error(), ValueFault::malformed);
    EXPECT_EQ(result(contract, "stage", Bytes{4}).error(), ValueFault::malformed);
    const Interface unknown = parsed("interface 1\nfn f [?] ()\nfn g [()] ()\n");
    EXPECT_EQ(argument(unknown, "f", Bytes(8)).error(), ValueFault::unreadable);
    EXPECT_EQ(argument(unknown, "g", Bytes(8)).error(), ValueFault::unreadable);
}

TEST(Interface, NobodyWaitsForValues) {
    // A struct that claims to hold itself, and lists of nothing.
    const Interface self = parsed("interface 1\nstruct A 8 8 a:A@0 b:A@0\nfn f A ()\n");
    EXPECT_FALSE(argument(self, "f", Bytes(8)));
    std::string text = "interface 1\nstruct Z 0 1 a:()@0\n";
    for (char name = 'a'; name < 'g'; ++name) {
        text += std::string("struct X") + name + " 0 1";
        const std::string inner = name == 'a' ? "Z" : std::string("X") + static_cast<char>(name - 1);
        for (int i = 0; i < 100; ++i) text += " f:" + inner + "@0";
        text += '\n';
    }
    const Interface wide = parsed(text + "fn f Xf ()\n");
    EXPECT_EQ(argument(wide, "f", {}).error(), ValueFault::too_many);
}

TEST(Interface, WhatIsWrongIsNamed) {
    const auto fault = [](std::string_view text) {
        const auto contract = Interface::parse(text);
        EXPECT_FALSE(contract) << text;
        return contract ? InterfaceFault{} : contract.error().fault;
    };
    const auto line = [&](std::string_view text) { return fault("interface 1\n" + std::string(text)); };
    EXPECT_EQ(fault(""), InterfaceFault::version);
    EXPECT_EQ(fault("interface 2\n"), InterfaceFault::version);
    EXPECT_EQ(fault(std::string(65537, ' ')), InterfaceFault::too_long);
    EXPECT_EQ(line("contract X\n"), InterfaceFault::bad_line);
    EXPECT_EQ(line("fn f u8\n"), InterfaceFault::bad_line);
    EXPECT_EQ(line("fn f u8 u8 u8\n"), InterfaceFault::bad_line);
    EXPECT_EQ(line("fn f [u8 u8\n"), InterfaceFault::bad_type);
    EXPECT_EQ(line("fn f (u8@0;1) u8\n"), InterfaceFault::bad_type);
    EXPECT_EQ(line("fn f Nobody u8\n"), InterfaceFault::unknown_type);
    EXPECT_EQ(line("fn f u8 u8\nfn f u8 u8\n"), InterfaceFault::duplicate_name);
    EXPECT_EQ(line("enum u8 3\n"), InterfaceFault::duplicate_name);
    EXPECT_EQ(line("event e u8\nevent e u8\n"), InterfaceFault::duplicate_name);
    EXPECT_EQ(line("struct S 8 3 a:u8@0\n"), InterfaceFault::bad_layout);
    EXPECT_EQ(line("struct S 8 8 a:u64@1\n"), InterfaceFault::bad_layout);
    EXPECT_EQ(line("struct S 8 8 a:u64@8\n"), InterfaceFault::bad_layout);
    EXPECT_EQ(line("fn f " + std::string(40, '[') + "u8" + std::string(40, ']') + " ()\n"), InterfaceFault::too_deep);
    EXPECT_THAT(describe(Interface::parse("interface 1\nfn f u8 u8\nnonsense\n").error()), HasSubstr("line 3"));
}

TEST(Interface, StandsInTheModule) {
    const Bytes empty{0, 'a', 's', 'm', 1, 0, 0, 0};
    EXPECT_FALSE(interface_of_module(empty));
    const Bytes module = with_interface(empty, kToken);
    ASSERT_TRUE(vm::parse_wasm_module(module));
    const auto contract = interface_of_module(module);
    ASSERT_TRUE(contract);
    EXPECT_EQ(contract->text(), kToken);
    EXPECT_FALSE(interface_of_module(with_interface(empty, "interface 9\n")));
}

}  // namespace
}  // namespace dusk::app
