// `dusk contract` from the outside.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "program.hpp"

namespace dusk::cli {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;

class Contract : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "dusk-contract-XXXXXX").string();
        folder = ::mkdtemp(name.data());
    }
    void TearDown() override { fs::remove_all(folder); }

    [[nodiscard]] Finished contract(std::vector<std::string> words) const {
        words.insert(words.begin(), "contract");
        return run({.arguments = std::move(words), .folder = folder});
    }
    [[nodiscard]] std::string read(const fs::path& name) const {
        std::ifstream file(folder / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    fs::path folder;
};

TEST_F(Contract, ANewProjectBuildsWithNothingButACompiler) {
    ASSERT_EQ(contract({"new", "my-token"}).exit, 0);
    EXPECT_THAT(read("my-token/src/contract.cpp"), HasSubstr("// my-token: "));
    EXPECT_TRUE(fs::exists(folder / "my-token/sdk/include/dusk/contract.hpp"));
    const Finished built = contract({"build", "my-token", "--json"});
    ASSERT_EQ(built.exit, 0) << built.out << built.err;
    EXPECT_THAT(built.json()["functions"], Contains("init"));
    EXPECT_TRUE(built.json()["deployable"].get<bool>());
    EXPECT_LT(built.json()["size"].get<int>(), 4000);
    EXPECT_EQ(built.json()["deployment_gas"], 5'000'000);
    const Finished seen = contract({"inspect", "my-token/my-token.wasm"});
    EXPECT_EQ(seen.exit, 0);
    EXPECT_THAT(seen.out, HasSubstr("Functions: init read set"));
    EXPECT_THAT(seen.out, HasSubstr("stands against deployment"));
}

TEST_F(Contract, ARustProjectIsComplete) {
    const Finished made = contract({"new", "vault", "--lang", "rust", "--json"});
    ASSERT_EQ(made.exit, 0);
    EXPECT_THAT(made.json()["files"], Contains("vault/sdk/src/lib.rs"));
    EXPECT_THAT(read("vault/Cargo.toml"), HasSubstr("name = \"vault\""));
}

TEST_F(Contract, NothingThatExistsIsWrittenOver) {
    fs::create_directory(folder / "taken");
    const Finished refused = contract({"new", "taken", "--json"});
    EXPECT_EQ(refused.exit, 5);
    EXPECT_EQ(refused.json()["error"]["code"], "file_exists");
    EXPECT_TRUE(fs::is_empty(folder / "taken"));
}

TEST_F(Contract, NamesAreNoPaths) {
    for (const char* name : {"../up", "a/b", "A", "1a", "-a", "a-", "", "a b"}) {
        EXPECT_EQ(contract({"new", "--", name}).exit, 2) << name;
    }
    EXPECT_EQ(contract({"new", "a", "--lang", "go"}).exit, 2);
}

TEST_F(Contract, WhatIsWrongIsNamed) {
    EXPECT_EQ(contract({"build", "--json"}).json()["error"]["code"], "not_a_project");
    EXPECT_EQ(contract({"inspect", "none.wasm"}).exit, 5);
    std::ofstream(folder / "text.wasm") << "no module";
    const Finished text = contract({"inspect", "text.wasm", "--json"});
    EXPECT_EQ(text.exit, 4);
    EXPECT_EQ(text.json()["error"]["code"], "not_a_module");

    ASSERT_EQ(contract({"new", "broken"}).exit, 0);
    EXPECT_EQ(contract({"build", "broken", "--compiler", "no-such-program", "--json"}).json()["error"]["code"],
              "no_compiler");
    std::ofstream(folder / "broken/src/contract.cpp") << "this is no C++";
    const Finished failed = contract({"build", "broken", "--json"});
    EXPECT_EQ(failed.exit, 1);
    EXPECT_EQ(failed.json()["error"]["code"], "build_failed");
    EXPECT_THAT(failed.err, HasSubstr("error:"));
}

TEST_F(Contract, AModuleThatIsNoContractIsExplained) {
    const unsigned char empty[] = {0, 'a', 's', 'm', 1, 0, 0, 0};
    std::ofstream(folder / "empty.wasm", std::ios::binary).write(reinterpret_cast<const char*>(empty), sizeof(empty));
    const Finished seen = contract({"inspect", "empty.wasm"});
    EXPECT_EQ(seen.exit, 0);
    EXPECT_THAT(seen.out, HasSubstr("no memory is exported"));
    EXPECT_THAT(seen.out, HasSubstr("A: no argument buffer"));
    EXPECT_FALSE(contract({"inspect", "empty.wasm", "--json"}).json()["deployable"].get<bool>());
}

}  // namespace
}  // namespace dusk::cli
