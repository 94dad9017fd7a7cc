#include "base/json_nesting.hpp"

#include <gtest/gtest.h>

namespace dusk {
namespace {

TEST(JsonNesting, CountsListsAndObjectsInEachOther) {
    EXPECT_EQ(json_nesting(""), 0U);
    EXPECT_EQ(json_nesting("17"), 0U);
    EXPECT_EQ(json_nesting("[]"), 1U);
    EXPECT_EQ(json_nesting(R"({"a": [1, [2]], "b": {}})"), 3U);
    EXPECT_EQ(json_nesting("[[],[],[]]"), 2U);
}

TEST(JsonNesting, TextsDoNotCount) {
    EXPECT_EQ(json_nesting(R"(["[[[", "\"[[", "\\", [0]])"), 2U);
    EXPECT_EQ(json_nesting("\"[[["), 0U);
    EXPECT_EQ(json_nesting("\"\\"), 0U);
}

TEST(JsonNesting, WhatIsNoJsonHasANumberToo) {
    EXPECT_EQ(json_nesting("]]}}[["), 2U);
    EXPECT_EQ(json_nesting("[}[}"), 1U);
}

}  // namespace
}  // namespace dusk
