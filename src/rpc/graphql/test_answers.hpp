// For tests: what an answer to a GraphQL query says.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace dusk::rpc::graphql {

// The data, where there must be no errors.
inline nlohmann::json data_of(const nlohmann::json& answer) {
    EXPECT_FALSE(answer.contains("errors")) << answer;
    return answer["data"];
}
// The first error, or "none".
inline std::string error_of(const nlohmann::json& answer) {
    return answer.contains("errors") ? answer["errors"][0]["message"].get<std::string>() : "none";
}

}  // namespace dusk::rpc::graphql
