#include "app/contract_run_cli.hpp"

#include <memory>

#include "app/contract_run.hpp"

namespace dusk::app {
namespace {

constexpr const char* kFooter =
    R"(Everything happens in a folder of this machine (--state): no network, no keys, no fees. A call is made as the
transfer contract makes it for a transaction that --sender signed.

Values:
  u64:5 i32:-1 (u8 to i64)  bool:true  string:hello  bytes:00ff  id:HEX
  key:KEY  account:KEY  account:ID     KEY: a public account, or a name such as alice for a test key
Several of them are the tuple that a function of several parameters takes. Anything else: --arg-hex, --arg-file.

Examples:
  dusk contract deploy my-token.wasm --init account:alice --id HEX
  dusk contract call HEX set --arg u64:5 --sender alice --trace
  dusk contract call HEX set --arg u64:5 --sender bob --record call.rec; dusk replay call.rec
  dusk contract query HEX read

Exit status:
  0 done                                       4 no such contract, or no module that can be deployed
  1 the contract failed, and nothing changed   5 a file or the state cannot be read or written
  2 wrong usage)";

void add_run_options(CLI::App& app, RunOptions& run) {
    app.add_option("--state", run.state, "The folder of the state, made where there is none (dusk-state)")
        ->type_name("DIR");
    app.add_option("--gas", run.gas, "Gas limit (1000000000)")->type_name("NUMBER");
    app.add_option("--sender", run.setting.sender, "Who signed the transaction (nobody, as in a shielded one)")
        ->type_name("KEY");
    app.add_option("--height", run.setting.block_height, "Block height that contracts see (0)")->type_name("NUMBER");
    app.add_flag("--trace", run.trace, "Show every call with its gas, and events, in order");
}

void add_values(CLI::App& app, ArgumentWords& words, const std::string& name) {
    app.add_option(name, words.values, "A value; again for each parameter")
        ->type_name("VALUE")
        ->expected(1)
        ->take_all();
    app.add_option(name + "-hex", words.hex, "The argument's bytes")->type_name("HEX");
    app.add_option(name + "-file", words.file, "A file with the argument's bytes")->type_name("FILE");
}

template <class Command>
void add(CLI::App& group, Chosen& chosen, const std::string& name, const std::string& what,
         const std::shared_ptr<Command>& command, void (*describe)(CLI::App&, Command&),
         CommandResult (*run)(const Command&)) {
    CLI::App* app = group.add_subcommand(name, what);
    describe(*app, *command);
    add_run_options(*app, command->run);
    app->add_flag("--json", chosen.json, "Print one JSON object, errors too");
    app->footer(kFooter);
    app->callback([&chosen, command, run] { chosen.command = [command, run] { return run(*command); }; });
}

void describe_call(CLI::App& app, CallContract& command) {
    app.add_option("ID", command.contract, "The contract, 64 hexadecimal digits")->required()->type_name("");
    app.add_option("FUNCTION", command.function, "The function")->required()->type_name("");
    add_values(app, command.argument, "--arg");
    app.add_option("--caller", command.caller, "A contract that calls, instead of a transaction")->type_name("ID");
    app.add_option("--record", command.record, "Write the call and its state for `dusk replay`, also when it fails")
        ->type_name("FILE");
    app.add_option("--as", command.as,
                   "Show the result as one of (default: as the contract says): " + std::string(kReadableTypes))
        ->type_name("TYPE");
}

}  // namespace

void add_contract_run_commands(CLI::App& contract, Chosen& chosen) {
    add<DeployContract>(
        contract, chosen, "deploy", "Put a contract on a state of your own", std::make_shared<DeployContract>(),
        [](CLI::App& app, DeployContract& command) {
            app.add_option("FILE", command.file, "The module")->required()->type_name("");
            app.add_option("--id", command.id, "Its id, 64 hexadecimal digits (BLAKE3 of the module)")
                ->type_name("HEX");
            app.add_option("--owner", command.owner, "Its owner: a KEY, or bytes behind 0x")->type_name("OWNER");
            add_values(app, command.init, "--init");
        },
        deploy_contract);
    add<CallContract>(contract, chosen, "call", "Call a function in the VM and keep what it does",
                      std::make_shared<CallContract>(), describe_call, call_contract);
    const auto query = std::make_shared<CallContract>();
    query->keeps = false;
    add<CallContract>(contract, chosen, "query", "The same, keeping nothing", query, describe_call, call_contract);
}

}  // namespace dusk::app
