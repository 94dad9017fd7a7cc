// Answers that were given before, for routes whose answers follow from the chain and the transactions that wait: many
// clients ask the same between two blocks. All is forgotten whenever one of the two changes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "node/core_actions.hpp"
#include "rpc/http.hpp"

namespace dusk::rpc {

struct AnswerMemoryLimits {
    std::size_t question = 4 << 10;  // bytes of one that is kept
    std::size_t answer = 64 << 10;
    std::size_t all = 8 << 20;  // of both together; what does not fit begins anew
};

// For one thread.
class AnswerMemory {
  public:
    explicit AnswerMemory(const AnswerMemoryLimits& limits = {}) : limits_(limits) {}

    // What the answer depends on besides the chain. Nothing: this request is not kept, being too long or one whose
    // answer comes in parts.
    [[nodiscard]] std::optional<std::string> question(const HttpRequest& request) const;

    // Null: it was not asked since the last change.
    [[nodiscard]] const HttpResponse* find(std::string_view question) const;
    // `since`: changes() when the question came. An answer that is older than the last change is not kept, nor is one
    // that is made in parts or not 200.
    void keep(std::string question, std::uint64_t since, const HttpResponse& answer);

    [[nodiscard]] std::uint64_t changes() const { return changes_; }
    void on_action(const node::CoreAction& action);

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    AnswerMemoryLimits limits_;
    std::uint64_t changes_ = 0;
    std::size_t bytes_ = 0;
    std::unordered_map<std::string, HttpResponse, Hash, std::equal_to<>> answers_;
};

}  // namespace dusk::rpc
