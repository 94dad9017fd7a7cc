#include "rpc/answer_memory.hpp"

#include <variant>

#include "rpc/lower_case.hpp"

namespace dusk::rpc {
namespace {

// Headers by which answers differ; GraphQL takes variables from some.
bool decides(std::string_view name) {
    return name == "accept" || name == "content-type" || name.starts_with("rusk-gqlvar-");
}

// Everything but what is sent to others and work that begins.
bool is_change(const node::CoreAction& action) {
    return !std::holds_alternative<chain::Broadcast>(action) && !std::holds_alternative<chain::SendTo>(action) &&
           !std::holds_alternative<chain::SendToAlive>(action) && !std::holds_alternative<chain::Flood>(action) &&
           !std::holds_alternative<node::BuildJob>(action) && !std::holds_alternative<node::JudgeJob>(action) &&
           !std::holds_alternative<node::CheckJob>(action);
}

}  // namespace

std::optional<std::string> AnswerMemory::question(const HttpRequest& request) const {
    std::string out = request.method + ' ' + request.path + '?' + request.query + '\n';
    for (const auto& [name, value] : request.headers) {
        const std::string known = lower_case(name);
        if (known == "rusk-feeder") return {};
        if (decides(known)) out.append(known).append(": ").append(value) += '\n';
    }
    if (out.size() + request.body.size() > limits_.question) return {};
    out += '\n';
    out.append(request.body.begin(), request.body.end());
    return out;
}

const HttpResponse* AnswerMemory::find(std::string_view question) const {
    const auto found = answers_.find(question);
    return found == answers_.end() ? nullptr : &found->second;
}

void AnswerMemory::keep(std::string question, std::uint64_t since, const HttpResponse& answer) {
    if (since != changes_ || answer.status != 200 || answer.source || answer.body.size() > limits_.answer) return;
    const std::size_t size = question.size() + answer.body.size();
    if (bytes_ + size > limits_.all) {
        answers_.clear();
        bytes_ = 0;
    }
    if (answers_.try_emplace(std::move(question), answer).second) bytes_ += size;
}

void AnswerMemory::on_action(const node::CoreAction& action) {
    if (!is_change(action)) return;
    ++changes_;
    answers_.clear();
    bytes_ = 0;
}

}  // namespace dusk::rpc
