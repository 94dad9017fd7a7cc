// host_queries.json: what a contract that only passes host queries on gets for an argument [name
// length][name][archive], and what it pays.
#include "vm/queries/host_queries.hpp"

#include <fmt/core.h>

#include "report.hpp"

namespace dusk::vectors {
namespace {

// Where the contract of these cases has its argument buffer: at a multiple of 65536.
constexpr std::size_t kAlignment = 65536;

struct Asked {
    std::string name;
    Bytes archive;
};

Asked asked(const Node& argument) {
    const Bytes bytes = argument.hex();
    if (bytes.empty() || bytes.size() < 1U + bytes[0]) argument.complain("is no name and archive");
    const auto name = bytes.begin() + 1;
    return {std::string(name, name + bytes[0]), Bytes(name + bytes[0], bytes.end())};
}

class Runs {
  public:
    void call(const Node& step, Report& report) {
        for (const auto& [key, field] : step.fields()) {
            if (key != "arg" && key != "gas_limit" && key != "gas_spent" && key != "ok" && key != "err") {
                field.describe();
            }
        }
        const Asked question = asked(step["arg"]);
        const auto query = queries_.prepare(question.name, question.archive, kAlignment);
        if (!step.has("err")) {
            if (!query) step["arg"].complain("names no query");
            expect_answer(step, *query, report);
            return;
        }
        const Node kind = step["err"]["kind"];
        const std::uint64_t limit = step["gas_limit"].u64();
        const std::string outcome = !query                 ? "MissingHostQuery"
                                    : query->price > limit ? "OutOfGas"
                                    : query->run()         ? "answered"
                                                           : "HostPanic";
        report.expect(outcome == kind.text(), kind, outcome);
    }

  private:
    void expect_answer(const Node& step, const vm::PreparedQuery& query, Report& report) {
        for (int i = 0; i < 2; ++i) {  // the second time perhaps from what is remembered
            const auto answer = query.run();
            report.expect(answer.has_value(), step["ok"], "an error");
            if (answer) report.expect_bytes(*answer, step["ok"]);
        }
        // The contract itself spends the same on each.
        const std::uint64_t spent = step["gas_spent"].u64();
        const bool plausible = query.price <= spent && spent <= step["gas_limit"].u64();
        if (plausible && !overhead_) overhead_ = spent - query.price;
        report.expect(plausible && spent - query.price == *overhead_, step["gas_spent"],
                      fmt::format("the price is {}", query.price));
    }

    vm::HostQueries queries_;
    std::optional<std::uint64_t> overhead_;
};

void run(const Node& root, Report& report) {
    for (const std::string_view key : {"name", "about", "policy", "raw_forms"}) root[key].describe();
    Runs runs;
    for (const Node& step : root["steps"].items()) {
        if (step["op"].text() == "call") {
            report.run(step, [&] { runs.call(step, report); });
        } else {
            step.describe();
        }
    }
}

const Registered registered{{"vm", "host_queries", {"name", "about", "policy", "raw_forms", "steps"}, run}};

}  // namespace
}  // namespace dusk::vectors
