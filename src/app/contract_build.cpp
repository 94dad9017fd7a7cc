#include <fmt/core.h>

#include <fstream>

#include "app/contract_commands.hpp"
#include "app/contract_interface.hpp"
#include "app/contract_project.hpp"

namespace dusk::app {

namespace fs = std::filesystem;

CommandResult build_contract(const BuildContract& command) {
    const auto project = open_project(command.folder, command.compiler);
    if (!project) return fail(project.error());
    std::error_code error;
    const fs::path out =
        command.out.empty() ? project->folder / (project->name + ".wasm") : fs::absolute(command.out, error);
    auto bytecode = compile_module(*project, ModuleKind::contract);
    if (!bytecode) return fail(bytecode.error());
    std::vector<std::string> warnings;
    if (command.with_interface) {
        const auto text = describe_contract(*project);
        if (text) {
            bytecode = with_interface(*bytecode, *text);
        } else if (text.error().code == "bad_interface") {
            warnings.push_back(text.error().message);
        } else {
            return fail(text.error());
        }
    }
    std::ofstream file(out, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytecode->data()), static_cast<std::streamsize>(bytecode->size()));
    file.close();
    if (!file) return fail(failure_of(FileError{.kind = FileError::Kind::unwritable, .path = out}));
    auto report = inspect_contract({.file = out});
    if (!report) return report;
    if (!report->json["deployable"].get<bool>()) {
        return fail(
            Failure{.exit = ExitCode::bad_input,
                    .code = "not_a_contract",
                    .message = fmt::format("{} cannot be deployed (dusk contract inspect tells why)", out.string())});
    }
    report->json["file"] = out.string();
    report->text = fmt::format("{}: {}", out.string(), report->text);
    report->warnings = std::move(warnings);
    return report;
}

}  // namespace dusk::app
