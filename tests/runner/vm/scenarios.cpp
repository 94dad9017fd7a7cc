// The scripted sessions (every file of policy and steps) and validation.json: which modules may be deployed.
#include <fmt/core.h>

#include "vm/scenario.hpp"

namespace dusk::vectors {
namespace {

// Steps build on each other: after a failed one the rest says little, but runs.
void run_steps(const Node& root, Report& report) {
    root["name"].describe();
    root["about"].describe();
    root["policy"].describe();
    if (root.has("raw_forms")) root["raw_forms"].describe();
    Scenario scenario(report);
    for (const Node& step : root["steps"].items()) report.run(step, [&] { scenario.play(step); });
    if (scenario.excused() > 0) {
        fmt::print("  {}: {} results excused, where the reference has lost pages\n", root.path(), scenario.excused());
    }
}

void run_validation(const Node& root, Report& report) {
    root["name"].describe();
    root["about"].describe();
    const Bytes owner(32, 7);
    Scenario scenario(report);
    for (const Node& module : root["modules"].items()) {
        report.run(module, [&] {
            module["module"].describe();
            if (module.has("wat_error")) return module["wat_error"].describe();  // not even the text was a module
            scenario.open_genesis(0xFA);
            vm::Session& session = scenario.session(module);
            const auto deployed = session.deploy({}, module["wasm"].hex(), owner, {}, 10'000'000);
            const bool refused = module.has("err") && !module["err"].is_null();
            report.expect(deployed.has_value() != refused, module,
                          deployed ? "we accept it" : "we refuse it: " + describe(deployed.error()));
            if (refused && !deployed) scenario.compare_error(module["err"], deployed.error());
            if (deployed && module.has("contract")) report.expect_bytes(deployed->contract, module["contract"]);
            if (module.has("root") && !module["root"].is_null()) {
                const auto now = session.root();
                if (!now) module.complain(describe(now.error()));
                report.expect_bytes(*now, module["root"]);
            }
        });
    }
}

#define DUSK_STEPS(name)                                                 \
    const Registered g_##name {                                          \
        {                                                                \
            "vm", #name, {"about", "name", "policy", "steps"}, run_steps \
        }                                                                \
    }

DUSK_STEPS(calls);
DUSK_STEPS(counter);
DUSK_STEPS(dirty);
DUSK_STEPS(host);
DUSK_STEPS(init);
DUSK_STEPS(kv);
DUSK_STEPS(mem64);
DUSK_STEPS(memory);
DUSK_STEPS(ops_gas);
DUSK_STEPS(script);
DUSK_STEPS(store);
const Registered g_queries{{"vm", "host_queries", {"about", "name", "policy", "raw_forms", "steps"}, run_steps}};
const Registered g_validation{{"vm", "validation", {"about", "modules", "name"}, run_validation}};

}  // namespace
}  // namespace dusk::vectors
