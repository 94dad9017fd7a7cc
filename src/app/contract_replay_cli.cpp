#include "app/contract_replay_cli.hpp"

#include <memory>

#include "app/call_debugger.hpp"
#include "app/contract_replay.hpp"

namespace dusk::app {
namespace {

constexpr const char* kFooter =
    R"(`dusk contract call … --record FILE` (or query) writes a call with the state it was made on. Replaying it needs
nothing else, and changes nothing. It stops before the first call and asks; commands come from the terminal, from
--commands, or from the standard input, and when there are no more the call runs to its end. In the end result, gas,
events and root are compared with the recording.

It sees what crosses the border of a contract: calls, their ends, events, functions of the host. Single instructions
cannot be seen.

Commands:
)";

constexpr const char* kExamples = R"(
Examples:
  dusk contract call HEX transfer --arg account:bob --arg u64:5 --sender alice --record call.rec
  dusk replay call.rec                         stop at every step
  echo "break failure
  continue
  stack" | dusk replay call.rec                what led to a failure
  dusk replay call.rec --json < /dev/null      check only

Exit status:
  0 the same as recorded   2 wrong usage
  1 something differs      4 no recording, or not the state it needs
                           5 a file or the state cannot be read)";

}  // namespace

void add_replay_command(CLI::App& dusk, Chosen& chosen) {
    CLI::App* app = dusk.add_subcommand("replay", "Run a recorded contract call again, step by step");
    const auto command = std::make_shared<ReplayCall>();
    app->add_option("FILE", command->file, "The recording")->required()->type_name("");
    app->add_option("--state", command->state, "The folder of the state, where the recording has none")
        ->type_name("DIR");
    app->add_option("--commands", command->commands, "Commands, one a line (the standard input)")->type_name("FILE");
    app->add_flag("--json", chosen.json, "Print one JSON object, errors too");
    app->footer(std::string(kFooter) + std::string(CallDebugger::help()) + kExamples);
    app->callback([&chosen, command] {
        command->json = chosen.json;
        chosen.command = [command] { return replay_call(*command); };
    });
}

}  // namespace dusk::app
