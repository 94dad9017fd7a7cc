#include "rpc/answer_memory.hpp"

#include <gtest/gtest.h>

namespace dusk::rpc {
namespace {

HttpRequest asked(std::string_view body, HttpHeaders headers = {}) {
    return {.method = "POST", .path = "/graphql", .headers = std::move(headers), .body = to_vector(as_bytes(body))};
}

HttpResponse answered(std::string_view text) { return HttpResponse::json(200, text); }

class AnswerMemoryTest : public ::testing::Test {
  protected:
    void keep(const HttpRequest& request, const HttpResponse& answer) {
        memory_.keep(*memory_.question(request), memory_.changes(), answer);
    }
    const HttpResponse* find(const HttpRequest& request) { return memory_.find(*memory_.question(request)); }

    AnswerMemory memory_;
};

TEST_F(AnswerMemoryTest, TheSameQuestionHasTheSameAnswer) {
    keep(asked("a"), answered("1"));
    keep(asked("b"), answered("2"));
    ASSERT_NE(find(asked("a")), nullptr);
    EXPECT_EQ(find(asked("a"))->body, answered("1").body);
    EXPECT_EQ(find(asked("a"))->headers, answered("1").headers);
    EXPECT_EQ(find(asked("b"))->body, answered("2").body);
    EXPECT_EQ(find(asked("c")), nullptr);
}

TEST_F(AnswerMemoryTest, WhatDecidesAnAnswerIsPartOfTheQuestion) {
    const HttpRequest first = asked("a", {{"Accept", "x"}});
    keep(first, answered("1"));
    EXPECT_NE(find(asked("a", {{"ACCEPT", "x"}, {"User-Agent", "somebody"}})), nullptr);
    EXPECT_EQ(find(asked("a")), nullptr);
    EXPECT_EQ(find(asked("a", {{"Accept", "y"}})), nullptr);
    EXPECT_EQ(find(asked("a", {{"Accept", "x"}, {"Content-Type", "application/octet-stream"}})), nullptr);
    EXPECT_EQ(find(asked("a", {{"Accept", "x"}, {"Rusk-gqlvar-height", "3"}})), nullptr);
    HttpRequest other = first;
    other.query = "query=a";
    EXPECT_EQ(find(other), nullptr);
    other = first;
    other.path = "/on/graphql/query";
    EXPECT_EQ(find(other), nullptr);
    other = first;
    other.method = "GET";
    EXPECT_EQ(find(other), nullptr);
}

TEST_F(AnswerMemoryTest, AChangeForgetsAll) {
    keep(asked("a"), answered("1"));
    memory_.on_action(chain::Broadcast{});
    memory_.on_action(node::CheckJob{});
    EXPECT_NE(find(asked("a")), nullptr);
    for (const node::CoreAction& change :
         {node::CoreAction(chain::BlockAccepted{}), node::CoreAction(chain::BlocksReverted{}),
          node::CoreAction(chain::FinalityChanged{}), node::CoreAction(node::TransactionAdded{}),
          node::CoreAction(node::TransactionDropped{})}) {
        keep(asked("a"), answered("1"));
        memory_.on_action(change);
        EXPECT_EQ(find(asked("a")), nullptr) << change.index();
    }
}

TEST_F(AnswerMemoryTest, AnAnswerThatAChangeOvertookIsNotKept) {
    const auto since = memory_.changes();
    memory_.on_action(chain::BlockAccepted{});
    memory_.keep(*memory_.question(asked("a")), since, answered("1"));
    EXPECT_EQ(find(asked("a")), nullptr);
}

TEST_F(AnswerMemoryTest, SomeAnswersAreNotKept) {
    keep(asked("a"), HttpResponse::error(500, "no"));
    EXPECT_EQ(find(asked("a")), nullptr);
    keep(asked("a"), answered(std::string((64 << 10) + 1, 'x')));
    EXPECT_EQ(find(asked("a")), nullptr);
    EXPECT_FALSE(memory_.question(asked("a", {{"Rusk-Feeder", "1"}})));
    EXPECT_FALSE(memory_.question(asked(std::string(5000, 'a'))));
}

TEST(AnswerMemoryBoundTest, WhatDoesNotFitBeginsAnew) {
    AnswerMemory memory({.question = 100, .answer = 1000, .all = 2500});
    for (const char* body : {"a", "b", "c"}) {
        memory.keep(*memory.question(asked(body)), memory.changes(), answered(std::string(1000, 'x')));
    }
    EXPECT_EQ(memory.find(*memory.question(asked("a"))), nullptr);
    EXPECT_EQ(memory.find(*memory.question(asked("b"))), nullptr);
    EXPECT_NE(memory.find(*memory.question(asked("c"))), nullptr);
}

}  // namespace
}  // namespace dusk::rpc
