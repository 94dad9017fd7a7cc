// `dusk contract call --record` and `dusk replay` from the outside.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "program.hpp"

namespace dusk::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Replay : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "dusk-replay-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        for (const char* contract : {"counter", "host"}) {
            const std::string file = std::string(contract) + ".wasm";
            fs::copy_file(fs::path(DUSK_TEST_CONTRACTS) / file, folder / file);
        }
        ASSERT_EQ(dusk("contract deploy counter.wasm --id " + counter).exit, 0);
        ASSERT_EQ(dusk("contract deploy host.wasm --id " + host).exit, 0);
    }
    void TearDown() override { fs::remove_all(folder); }

    // `dusk WORDS…`, one blank between two words, with this on the standard input.
    [[nodiscard]] Finished dusk(const std::string& words, const std::string& input = {}) const {
        Start start{.arguments = {}, .input = input, .folder = folder};
        std::istringstream stream(words);
        for (std::string word; stream >> word;) start.arguments.push_back(word);
        return run(start);
    }
    void record(const std::string& words, int exit = 0) const {
        const Finished done = dusk("contract " + words + " --record call.rec");
        ASSERT_EQ(done.exit, exit) << done.err;
    }

    fs::path folder;
    const std::string host = std::string(64, '1');
    const std::string counter = std::string(64, '3');
    // The argument of `call` of host: the contract, no limit, `increment`.
    const std::string nested =
        host + " call --gas 10000000 --arg-hex " + counter + "000000000000000009696e6372656d656e74";
};

TEST_F(Replay, TheSameCallGivesTheSame) {
    record("call " + nested);
    // The state goes on; the recording keeps its own.
    ASSERT_EQ(dusk("contract call " + counter + " increment").exit, 0);
    const Finished done = dusk("replay call.rec");
    EXPECT_EQ(done.exit, 0) << done.err;
    EXPECT_THAT(done.out, HasSubstr("11111111….call("));
    EXPECT_THAT(done.out, HasSubstr("  33333333….increment(), 9299955 gas at most\n"));
    EXPECT_THAT(done.out, HasSubstr("Gas      116 of 10000000"));
    EXPECT_THAT(done.out, HasSubstr("The same result, gas, events and root"));
    fs::remove_all(folder / "dusk-state");
    const auto json = dusk("replay call.rec --json").json();
    EXPECT_TRUE(json["same"].get<bool>());
    EXPECT_EQ(json["gas_spent"], 116);
    EXPECT_EQ(json["trace"][1]["function"], "increment");
}

TEST_F(Replay, StopsWhereItIsTold) {
    record("call " + nested);
    const Finished done =
        dusk("replay call.rec", "break increment\ncontinue\nargs\nstack\ngas\nmemory A 4\nfinish\ngas\n");
    EXPECT_EQ(done.exit, 0) << done.err;
    EXPECT_THAT(done.out, HasSubstr("1  call of increment"));
    EXPECT_THAT(done.out, HasSubstr("33333333… (" + counter + ")\nincrement()"));
    EXPECT_THAT(done.out, HasSubstr("0  33333333….increment()\n1  11111111….call("));
    EXPECT_THAT(done.out, HasSubstr("limit 9299955, all of it left"));
    EXPECT_THAT(done.out, HasSubstr("limit 9299955, 9299916 left"));
}

TEST_F(Replay, MemoryIsThatOfTheMoment) {
    record("call " + counter + " increment");
    std::ofstream(folder / "commands")
        << "memory 0 32\nfinish\nmemory 0 32\nmemory 0 0\nmemory 99999999999 1\nnonsense\nhelp\n";
    const Finished done = dusk("replay call.rec --commands commands");
    // Looking leaves no trace: the root is that of the recording.
    EXPECT_EQ(done.exit, 0) << done.err << done.out;
    EXPECT_THAT(done.out, HasSubstr("memory ADDR LEN: "));
    EXPECT_THAT(done.out, HasSubstr("there is no command \"nonsense\""));
    EXPECT_THAT(done.out, HasSubstr("finish (f)"));
}

TEST_F(Replay, FailuresAndQueriesAreRecordedToo) {
    record("call " + counter + " increment --gas 1", 1);
    const Finished failed = dusk("replay call.rec", "break failure\nc\nstack\n");
    EXPECT_EQ(failed.exit, 0) << failed.err;
    EXPECT_THAT(failed.out, HasSubstr("failed after 1 gas: out of gas"));
    record("query " + counter + " increment");
    EXPECT_EQ(dusk("replay call.rec").exit, 0);
}

TEST_F(Replay, WhatIsWrongIsNamed) {
    record("call " + counter + " increment");
    const auto code = [&](const std::string& words) {
        return dusk("replay " + words + " --json").json()["error"]["code"].get<std::string>();
    };
    EXPECT_EQ(code("none.rec"), "file_missing");
    EXPECT_EQ(code("counter.wasm"), "not_a_recording");
    EXPECT_EQ(code("call.rec --commands none"), "file_unreadable");
    EXPECT_EQ(code("call.rec --state other"), "wrong_state");
    std::fstream file(folder / "call.rec", std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(60);
    file.put('x');
    file.close();
    EXPECT_EQ(code("call.rec"), "not_a_recording");
}

}  // namespace
}  // namespace dusk::cli
