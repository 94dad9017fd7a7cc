// States that leave a store and come in: `dusk db export` and `import`.
#include <fmt/core.h>

#include <cerrno>

#include "app/db_commands.hpp"
#include "app/db_store.hpp"
#include "app/export_file.hpp"
#include "vm/store/state_export.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;

// The state that is meant, and its name.
Result<vm::StatePtr, Failure> state_of(const vm::Store& store, const std::string& name) {
    if (name.empty()) {
        if (auto main = store.main()) return main;
        const auto commits = store.commits();
        if (commits.size() == 1) return *store.state(commits.front());
        return fail(Failure{.exit = ExitCode::usage,
                            .code = "which_state",
                            .message = "nothing was finalized yet: say with --state which commit is meant "
                                       "(`dusk db stats` lists them)"});
    }
    const auto bytes = from_hex(name);
    if (!bytes || bytes->size() != std::tuple_size_v<vm::Hash>) {
        return fail(
            Failure{.exit = ExitCode::usage, .code = "bad_commit", .message = "a commit is 64 hexadecimal digits"});
    }
    const auto root = take<32>(*bytes);
    if (const auto main = store.main(); main && main->root() == root) return main;
    auto state = store.state(root);
    if (!state) return fail(failure_of(state.error()));
    return *state;
}

Outcome transferred(const vm::ExportReport& report, std::string_view what, const fs::path& file) {
    Outcome outcome;
    outcome.json = {{"root", hex_of(report.root)},
                    {"contracts", report.contracts},
                    {"pages", report.pages},
                    {"file", file.string()},
                    {"file_bytes", report.file_bytes}};
    outcome.text =
        fmt::format("{} {}\n  root       {}\n  contracts  {}\n  pages      {}\n  file       {}\n", what, file.string(),
                    hex_of(report.root), report.contracts, report.pages, size_text(report.file_bytes));
    return outcome;
}

}  // namespace

CommandResult export_db(const DbExport& command, Executor& executor) {
    if (const auto free = ExportFile::may_write(command.out, command.overwrite); !free) return fail(free.error());
    const auto store = open_store(command.folder, executor);
    if (!store) return fail(store.error());
    const auto state = state_of(**store, command.state);
    if (!state) return fail(state.error());
    ProgressLine progress;
    progress.stage("writing pages");
    ExportFile file(command.out);
    if (const auto opened = file.open(); !opened) return fail(failure_of(opened.error()));
    const auto report =
        vm::write_export(**store, **state, [&](ByteView bytes) { return file.write(bytes); }, shown_on(progress));
    if (!report) return fail(failure_of(report.error()));
    if (const auto placed = file.put_in_place(command.overwrite); !placed) return fail(placed.error());
    return transferred(*report, "Wrote", command.out);
}

CommandResult import_db(const DbImport& command, Executor& executor) {
    const auto file = vm::system_files().open(command.file, vm::FileSystem::Open::read);
    if (!file) {
        const auto kind = file.error() == ENOENT ? FileError::Kind::missing : FileError::Kind::unreadable;
        return fail(failure_of(FileError{.kind = kind, .path = command.file, .system_error = file.error()}));
    }
    auto store = vm::Store::open(command.folder, db_options(executor));
    if (!store) return fail(failure_of(store.error()));
    ProgressLine progress;
    progress.stage("reading pages");
    std::uint64_t at = 0;
    const auto size = (*file)->size();
    const auto source = [&](MutableByteView out) -> Result<std::size_t, vm::StoreFailure> {
        const auto got = (*file)->read_at(out, at);
        if (!got) return fail(vm::system_failure(command.file.string(), got.error()));
        at += *got;
        progress.update(at, size.value_or(0));
        return *got;
    };
    auto report = vm::import_state(**store, source);
    if (!report) {
        vm::StoreFailure failure = report.error();
        if (failure.file.empty()) failure.file = command.file.string();
        return fail(failure_of(failure));
    }
    return transferred(*report, "Imported", command.file);
}

}  // namespace dusk::app
