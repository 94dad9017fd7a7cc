#include "app/scratch_machine.hpp"

#include <cerrno>
#include <cstdlib>

namespace dusk::app {

namespace fs = std::filesystem;

Result<ScratchFolder, Failure> ScratchFolder::make() {
    std::error_code error;
    const fs::path base = fs::temp_directory_path(error);
    std::string name = (base / "dusk-contract-XXXXXX").string();
    if (error || ::mkdtemp(name.data()) == nullptr) {
        return fail(failure_of(FileError{
            .kind = FileError::Kind::unwritable, .path = base, .system_error = error ? error.value() : errno}));
    }
    return ScratchFolder(name);
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
}

Result<std::shared_ptr<vm::Machine>, Failure> scratch_machine(const ScratchFolder& folder) {
    vm::MachineOptions options;
    options.store.durability = vm::Durability::process;
    options.keep_modules = false;
    auto machine = vm::Machine::open(folder.path() / "state", options);
    if (!machine) return fail(Failure{.exit = ExitCode::file, .code = "state", .message = machine.error().text});
    return *std::move(machine);
}

}  // namespace dusk::app
