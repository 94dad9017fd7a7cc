#include "app/contract_cli.hpp"

#include <memory>

#include "app/contract_commands.hpp"
#include "app/contract_run_cli.hpp"
#include "app/contract_tests.hpp"

namespace dusk::app {
namespace {

constexpr const char* kFooter =
    R"(A contract is a WebAssembly module. `new` writes a project that is complete with its SDK: C++ needs
clang-19 and lld-19, Rust needs cargo and the target wasm32-unknown-unknown, and neither needs anything
else. Deployment costs 100 gas per byte, 5 million at least.

Examples:
  dusk contract new my-token                   a C++ project in my-token/
  dusk contract new my-token --lang rust       the same in Rust
  dusk contract build my-token                 my-token/my-token.wasm
  dusk contract test my-token                  its tests in the VM, and the gas of each function
  dusk contract test my-token --filter owner   those with "owner" in their names; --trace shows all they do
  dusk contract inspect my-token/my-token.wasm what it exports and imports, and what stands against it
  dusk contract inspect other.wasm --json      the same for a program
  dusk contract deploy --help                  run it here: deploy, call, query, with a trace of calls and gas

Exit status:
  0 done                    4 no project, no tests, no module, or one that cannot be deployed
  1 the compiler, a test    5 a file is missing, unreadable, in the way or cannot be written
    or a call failed
  2 wrong usage)";

constexpr const char* kTestFooter =
    R"(A C++ project has its tests in tests/*_test.cpp, as DUSK_TEST(name); a Rust project in the crate, in
dusk_contract::tests! behind #[cfg(dusk_test)]. Every test begins with a chain without contracts: it deploys, sends
transactions, and sees results, events and gas. Contracts of tests/modules (NAME.wasm, in C++ projects also NAME.cpp)
can be deployed by name.

Of a test that fails the reason is shown, and every call with its arguments, gas and events. The gas of a call includes
that of the calls it made; calls that failed count apart.

Examples:
  dusk contract test                     the project in this folder
  dusk contract test my-token --trace    every call of every test
  dusk contract test my-token --json     for a program
  dusk contract test --module token=../token/token.wasm

Exit status:
  0 every test passed     2 wrong usage
  1 a test failed, or     4 no project, or no test
    did not compile       5 a file cannot be read)";

template <class Command, class Describe>
void add(CLI::App& group, Chosen& chosen, const std::string& name, const std::string& what, Describe describe,
         CommandResult (*run)(const Command&)) {
    CLI::App* app = group.add_subcommand(name, what);
    const auto command = std::make_shared<Command>();
    describe(*app, *command);
    app->add_flag("--json", chosen.json, "Print one JSON object, errors too");
    app->callback([&chosen, command, run] { chosen.command = [command, run] { return run(*command); }; });
}

}  // namespace

void add_contract_commands(CLI::App& dusk, Chosen& chosen) {
    CLI::App* contract = dusk.add_subcommand("contract", "Write, build, test, look at and run contracts");
    contract->require_subcommand(1);
    add<NewContract>(
        *contract, chosen, "new", "A new project, with its SDK",
        [](CLI::App& app, NewContract& command) {
            app.add_option("NAME", command.name, "Name of the contract, and of the folder")->required()->type_name("");
            app.add_option("--lang", command.language, "cpp or rust (cpp)")
                ->type_name("LANGUAGE")
                ->transform(CLI::CheckedTransformer(std::map<std::string, ContractLanguage>{
                    {"cpp", ContractLanguage::cpp}, {"rust", ContractLanguage::rust}}));
        },
        new_contract);
    add<BuildContract>(
        *contract, chosen, "build", "Compile a project and check the module",
        [](CLI::App& app, BuildContract& command) {
            app.add_option("FOLDER", command.folder, "The project (here)")->type_name("");
            app.add_option("--out", command.out, "The module to write (NAME.wasm in the project)")->type_name("FILE");
            app.add_option("--compiler", command.compiler, "Use this clang++ or cargo")->type_name("PROGRAM");
            app.add_flag("!--no-interface", command.with_interface,
                         "Leave out the types of functions and events, which tools show values by");
        },
        build_contract);
    add<TestContract>(
        *contract, chosen, "test", "Run the tests of a project in the VM, each on a chain of its own",
        [](CLI::App& app, TestContract& command) {
            app.add_option("FOLDER", command.folder, "The project (here)")->type_name("");
            app.add_option("--filter", command.filter, "Only tests with this in their names")->type_name("TEXT");
            app.add_option("--module", command.modules, "A contract that tests deploy by name; again for each")
                ->type_name("NAME=FILE")
                ->expected(1)
                ->take_all();
            app.add_flag("--trace", command.trace, "Show the calls of tests that pass as well");
            app.add_option("--compiler", command.compiler, "Use this clang++ or cargo")->type_name("PROGRAM");
            app.footer(kTestFooter);
        },
        test_contract);
    add<InspectContract>(
        *contract, chosen, "inspect", "What a module exports, imports and costs, and whether it can be a contract",
        [](CLI::App& app, InspectContract& command) {
            app.add_option("FILE", command.file, "The module")->required()->type_name("");
        },
        inspect_contract);
    contract->footer(kFooter);
    add_contract_run_commands(*contract, chosen);
}

}  // namespace dusk::app
