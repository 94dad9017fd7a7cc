#include "app/db_commands.hpp"

#include <fmt/core.h>

#include <cerrno>

#include "app/free_name.hpp"
#include "app/progress_line.hpp"
#include "base/hex.hpp"
#include "vm/store/state_export.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

Failure failure_of(const vm::StoreFailure& failure) {
    using enum vm::StoreError;
    const auto [exit, code] = [&]() -> std::pair<ExitCode, std::string_view> {
        switch (failure.kind) {
            case io:
                return {ExitCode::file, "file"};
            case no_space:
                return {ExitCode::file, "no_space"};
            case locked:
                return {ExitCode::file, "locked"};
            case not_a_store:
                return {ExitCode::bad_input, "not_a_store"};
            case unknown_version:
                return {ExitCode::bad_input, "unsupported_version"};
            case damaged_log:
            case damaged_page:
            case damaged_bytecode:
            case unknown_bytecode:
                return {ExitCode::bad_input, "damaged"};
            case unknown_commit:
                return {ExitCode::bad_input, "unknown_commit"};
            case bad_export:
                return {ExitCode::bad_input, "not_an_export"};
            case wrong_root:
                return {ExitCode::bad_input, "wrong_root"};
            case bad_change:
            case failed_before:
                break;
        }
        return {ExitCode::failure, "failure"};
    }();
    std::string message = describe(failure);
    if (failure.kind == locked) message += ": stop the node first";
    if (failure.kind == damaged_log) message += " (`dusk db repair` keeps what is whole)";
    return {.exit = exit, .code = std::string(code), .message = std::move(message)};
}

Failure no_store(const fs::path& folder) {
    return {.exit = ExitCode::file,
            .code = "file_missing",
            .message = fmt::format("there is no state store in {}", folder.string())};
}

// Only `import` makes a store where there is none.
bool is_store(const fs::path& folder) {
    std::error_code error;
    return fs::exists(folder / "log", error) || fs::exists(folder / "pages.0", error);
}

vm::StoreOptions options(Executor& executor) {
    return {.durability = vm::Durability::power_loss, .executor = &executor, .files = nullptr};
}

Result<std::unique_ptr<vm::Store>, Failure> open_store(const fs::path& folder, Executor& executor) {
    if (!is_store(folder)) return fail(no_store(folder));
    auto store = vm::Store::open(folder, options(executor));
    if (!store) return fail(failure_of(store.error()));
    return {std::move(*store)};
}

vm::StoreProgress shown_on(ProgressLine& progress) {
    return [&progress](std::uint64_t done, std::uint64_t total) { progress.update(done, total); };
}

std::string hex_of(const vm::Hash& hash) { return to_hex(ByteView(hash)); }

Json list_of(const std::vector<vm::Hash>& hashes) {
    Json list = Json::array();
    for (const vm::Hash& hash : hashes) list.push_back(hex_of(hash));
    return list;
}

std::string size_of(std::uint64_t bytes) {
    return bytes < (1U << 20) ? fmt::format("{:.1f} KiB", static_cast<double>(bytes) / (1U << 10))
                              : fmt::format("{:.1f} MiB", static_cast<double>(bytes) / (1U << 20));
}

void warn_of_cut(Outcome& outcome, std::uint64_t bytes) {
    if (bytes == 0) return;
    outcome.warnings.push_back(
        fmt::format("{} bytes behind the last record of the log were cut off: a write that did not come to its end",
                    bytes));
}

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

// A new file beside its final name.
class ExportFile {
  public:
    explicit ExportFile(const fs::path& path) : path_(path), temporary_(path.string() + ".new") {}
    ExportFile(const ExportFile&) = delete;
    ExportFile& operator=(const ExportFile&) = delete;
    ~ExportFile() {
        if (file_ && !placed_) (void)vm::system_files().remove(temporary_);
    }

    Result<void, vm::StoreFailure> open() {
        auto file = vm::system_files().open(temporary_, vm::FileSystem::Open::replace);
        if (!file) return fail(vm::system_failure(temporary_, file.error()));
        file_ = std::move(*file);
        return {};
    }
    Result<void, vm::StoreFailure> write(ByteView bytes) {
        const auto written = file_->write_at({&bytes, 1}, size_);
        if (!written) return fail(vm::system_failure(temporary_, written.error()));
        size_ += bytes.size();
        return {};
    }
    Result<void, Failure> put_in_place(Overwrite overwrite) {
        if (const auto synced = file_->sync(); !synced) {
            return fail(failure_of(vm::system_failure(temporary_, synced.error())));
        }
        if (overwrite == Overwrite::allow) {
            if (const auto named = vm::system_files().rename(temporary_, path_); !named) {
                return fail(failure_of(vm::system_failure(path_.string(), named.error())));
            }
        } else {
            const Naming naming = give_free_name(temporary_.c_str(), path_.c_str());
            const auto kind = naming == Naming::taken ? FileError::Kind::exists : FileError::Kind::unwritable;
            if (naming != Naming::done) return fail(app::failure_of(FileError{.kind = kind, .path = path_}));
        }
        placed_ = true;
        return {};
    }

  private:
    fs::path path_;
    std::string temporary_;
    std::unique_ptr<vm::File> file_;
    std::uint64_t size_ = 0;
    bool placed_ = false;
};

Outcome transferred(const vm::ExportReport& report, std::string_view what, const fs::path& file) {
    Outcome outcome;
    outcome.json = {{"root", hex_of(report.root)},
                    {"contracts", report.contracts},
                    {"pages", report.pages},
                    {"file", file.string()},
                    {"file_bytes", report.file_bytes}};
    outcome.text = fmt::format("{} {}\n  root       {}\n  contracts  {}\n  pages      {}\n  file       {}\n", what,
                               file.string(), hex_of(report.root), report.contracts, report.pages,
                               size_of(report.file_bytes));
    return outcome;
}

}  // namespace

CommandResult check_db(const DbFolder& command, Executor& executor) {
    ProgressLine progress;
    progress.stage("reading the log");
    const auto store = open_store(command.folder, executor);
    if (!store) return fail(store.error());
    progress.stage("reading pages");
    const vm::CheckReport report = check_store(**store, shown_on(progress));
    if (!report.findings.empty()) {
        std::string message =
            fmt::format("{} of the store's parts are damaged (`dusk db repair` keeps what is whole)", report.findings.size());
        for (const vm::StoreFinding& finding : report.findings) message += "\n  " + describe(finding);
        return fail(Failure{.exit = ExitCode::bad_input, .code = "damaged", .message = std::move(message)});
    }
    Outcome outcome;
    outcome.json = {{"sound", true},
                    {"states", report.commits},
                    {"contracts", report.contracts},
                    {"pages", report.pages},
                    {"bytecodes", report.bytecodes}};
    outcome.text = fmt::format("Everything is as it was written\n  states     {}\n  contracts  {}\n  pages      {}\n"
                               "  bytecodes  {}\n",
                               report.commits, report.contracts, report.pages, report.bytecodes);
    warn_of_cut(outcome, (*store)->stats().cut_bytes);
    return outcome;
}

CommandResult repair_db(const DbFolder& command, Executor& executor) {
    if (!is_store(command.folder)) return fail(no_store(command.folder));
    ProgressLine progress;
    progress.stage("reading pages");
    const auto report = vm::repair_store(command.folder, options(executor), shown_on(progress));
    if (!report) return fail(failure_of(report.error()));
    Outcome outcome;
    Json damage = Json::array();
    for (const vm::StoreFinding& finding : report->damage) damage.push_back(describe(finding));
    outcome.json = {{"damaged_places", report->log.places.size()},
                    {"lost_records", report->log.lost_records},
                    {"damage", damage},
                    {"dropped", list_of(report->dropped)},
                    {"dropped_main_state", report->dropped_main},
                    {"kept", list_of(report->kept)}};
    const bool sound = report->log.places.empty() && report->log.lost_records == 0 && report->damage.empty();
    outcome.text = sound ? "Nothing was damaged\n" : "What was damaged is left out now\n";
    for (const std::uint64_t place : report->log.places) {
        outcome.text += fmt::format("  the log was damaged at byte {}\n", place);
    }
    if (report->log.lost_records != 0) {
        outcome.text += fmt::format("  {} records need what was damaged, and are lost\n", report->log.lost_records);
    }
    for (const vm::StoreFinding& finding : report->damage) outcome.text += fmt::format("  {}\n", describe(finding));
    for (const vm::Hash& hash : report->dropped) outcome.text += fmt::format("  dropped  {}\n", hex_of(hash));
    if (report->dropped_main) outcome.text += "  dropped  the main state\n";
    for (const vm::Hash& hash : report->kept) outcome.text += fmt::format("  kept     {}\n", hex_of(hash));
    if (!report->log.places.empty()) {
        outcome.warnings.emplace_back(
            "commits that were deleted or finalized behind the damage may be back: delete those that you do not need");
    }
    warn_of_cut(outcome, report->cut_bytes);
    return outcome;
}

CommandResult db_stats(const DbFolder& command, Executor& executor) {
    const auto store = open_store(command.folder, executor);
    if (!store) return fail(store.error());
    const vm::StoreStats stats = (*store)->stats();
    const auto main = (*store)->main();
    Outcome outcome;
    outcome.json = {{"main", main ? Json(hex_of(main->root())) : Json(nullptr)},
                    {"commits", list_of((*store)->commits())},
                    {"contracts", stats.contracts},
                    {"pages", stats.pages},
                    {"page_slots", stats.page_slots},
                    {"page_bytes", stats.page_slots * vm::kPageSize},
                    {"log_bytes", stats.log_bytes}};
    outcome.text = fmt::format("State store {}\n  main       {}\n", command.folder.string(),
                               main ? hex_of(main->root()) : "nothing was finalized yet");
    for (const vm::Hash& commit : (*store)->commits()) outcome.text += fmt::format("  commit     {}\n", hex_of(commit));
    outcome.text += fmt::format("  contracts  {}\n  pages      {} ({} of disk, {} of it free)\n  log        {}\n",
                                stats.contracts, stats.pages, size_of(stats.page_slots * vm::kPageSize),
                                size_of((stats.page_slots - stats.pages) * vm::kPageSize), size_of(stats.log_bytes));
    warn_of_cut(outcome, stats.cut_bytes);
    return outcome;
}

CommandResult compact_db(const DbFolder& command, Executor& executor) {
    if (!is_store(command.folder)) return fail(no_store(command.folder));
    ProgressLine progress;
    progress.stage("moving pages");
    const auto report = vm::compact_store(command.folder, options(executor), shown_on(progress));
    if (!report) return fail(failure_of(report.error()));
    Outcome outcome;
    outcome.json = {{"bytes_before", report->bytes_before},
                    {"bytes_after", report->bytes_after},
                    {"moved_pages", report->moved_pages},
                    {"removed_bytecodes", report->removed_bytecodes}};
    outcome.text = fmt::format("{} before, {} now\n  {} pages moved, {} bytecodes that no contract has removed\n",
                               size_of(report->bytes_before), size_of(report->bytes_after), report->moved_pages,
                               report->removed_bytecodes);
    return outcome;
}

CommandResult export_db(const DbExport& command, Executor& executor) {
    std::error_code ignored;
    if (command.overwrite == Overwrite::refuse && fs::exists(fs::symlink_status(command.out, ignored))) {
        return fail(app::failure_of(FileError{.kind = FileError::Kind::exists, .path = command.out}));
    }
    const auto store = open_store(command.folder, executor);
    if (!store) return fail(store.error());
    const auto state = state_of(**store, command.state);
    if (!state) return fail(state.error());
    ProgressLine progress;
    progress.stage("writing pages");
    ExportFile file(command.out);
    if (const auto opened = file.open(); !opened) return fail(failure_of(opened.error()));
    const auto report = vm::write_export(
        **store, **state, [&](ByteView bytes) { return file.write(bytes); }, shown_on(progress));
    if (!report) return fail(failure_of(report.error()));
    if (const auto placed = file.put_in_place(command.overwrite); !placed) return fail(placed.error());
    return transferred(*report, "Wrote", command.out);
}

CommandResult import_db(const DbImport& command, Executor& executor) {
    const auto file = vm::system_files().open(command.file, vm::FileSystem::Open::read);
    if (!file) {
        const auto kind = file.error() == ENOENT ? FileError::Kind::missing : FileError::Kind::unreadable;
        return fail(app::failure_of(FileError{.kind = kind, .path = command.file, .system_error = file.error()}));
    }
    auto store = vm::Store::open(command.folder, options(executor));
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
