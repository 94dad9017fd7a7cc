#include "app/archive_backfill.hpp"

#include <fmt/format.h>

#include "app/archive_replay.hpp"
#include "app/backfill_thread.hpp"
#include "app/node_archive.hpp"
#include "app/progress_line.hpp"
#include "app/stopped_chain.hpp"
#include "chronicle/refill.hpp"
#include "storage/stakes_table.hpp"

namespace dusk::app {
namespace {

using Clock = std::chrono::steady_clock;
using chronicle::Chronicle;

constexpr std::chrono::milliseconds kShowEvery{200};

Failure failure_of(const chronicle::Failure& failure) {
    return {.exit = ExitCode::file, .code = "archive", .message = failure.text};
}

std::string time_text(std::uint64_t seconds) {
    if (seconds < 120) return fmt::format("{} s", seconds);
    if (seconds < 7200) return fmt::format("{} min", seconds / 60);
    return fmt::format("{} h {} min", seconds / 3600, seconds / 60 % 60);
}

class Run {
  public:
    static Result<std::unique_ptr<Run>, Failure> open(const node::NodeConfig& config) {
        if (!config.archive) {
            return fail(Failure{.exit = ExitCode::usage,
                                .code = "no_archive",
                                .message = "archive.enabled is not true in this configuration"});
        }
        auto lock = node::FolderLock::take(config.db_path);
        if (!lock) return file_failure("in_use", lock.error());
        auto database = storage::RocksDbStore::open(config.db_path / "chain");
        if (!database) return fail(app::failure_of(database.error()));
        auto blocks = storage::ChainStore::open(**database);
        if (!blocks) return fail(app::failure_of(blocks.error()));
        const auto genesis = header_at(**blocks, {0});
        if (!genesis) return fail(genesis.error());
        auto tables = chronicle::open_database(archive_database(config), chronicle::Access::write);
        if (!tables) return fail(failure_of(tables.error()));
        auto chronicle = Chronicle::open(**tables, genesis->hash);
        if (!chronicle) return fail(failure_of(chronicle.error()));
        return std::unique_ptr<Run>(new Run(config, std::move(*lock), *std::move(database), *std::move(blocks),
                                            *std::move(tables), *std::move(chronicle)));
    }

    Result<void, Failure> enter_blocks() {
        progress_.stage("entering blocks");
        while (true) {
            const auto step = chronicle::follow(*blocks_, chronicle_, {}, [this](ledger::Height height) {
                return storage::StakesTable(*database_).after(height);
            });
            if (!step) return fail(failure_of(step.error()));
            progress_.update(step->height.value, step->tip.value);
            if (step->added == 0 || !step->is_behind()) return {};
        }
    }
    Result<std::optional<Chronicle::Unknown>, Failure> unknown() {
        const auto found = chronicle_.unknown();
        if (!found) return fail(failure_of(found.error()));
        return *found;
    }
    Result<void, Failure> begin_with(const std::filesystem::path& path) {
        auto snapshot = SnapshotFile::open(path);
        if (!snapshot) return fail(snapshot.error());
        progress_.stage("reading the state of the snapshot");
        return ArchiveReplay::begin_with(*snapshot, config_, *blocks_, [this](std::uint64_t done, std::uint64_t total) {
            progress_.update(done, total);
        });
    }
    // How many were executed.
    Result<std::uint64_t, Failure> replay(ledger::Height target) {
        auto opened = ArchiveReplay::open(config_, *database_);
        if (!opened) return fail(opened.error());
        ArchiveReplay& replay = **opened;
        const ledger::Height first = replay.height();
        const auto begin = Clock::now();
        auto kept = begin;
        auto shown = begin - kShowEvery;
        while (replay.height() < target) {
            if (const auto done = replay.step(); !done) return fail(done.error());
            const auto now = Clock::now();
            if (now - kept >= ArchiveReplay::kKeepEvery) {
                if (const auto done = replay.keep(); !done) return fail(done.error());
                kept = now;
            }
            if (now - shown < kShowEvery) continue;
            shown = now;
            const auto progress = progress_of(first, replay.height(), target, now - begin);
            const std::string left = progress.seconds_left ? ", " + time_text(*progress.seconds_left) + " left" : "";
            progress_.stage(fmt::format("executing block {} of {}{}", replay.height().value, target.value, left));
        }
        if (const auto done = replay.keep(); !done) return fail(done.error());
        const std::uint64_t count = replay.height().value - std::min(first, replay.height()).value;
        opened->reset();
        ArchiveReplay::remove(config_);
        return count;
    }
    Result<void, Failure> enter_again(const Chronicle::Unknown& unknown) {
        const auto again = chronicle::forget_where_more_is_known(*blocks_, chronicle_, unknown);
        if (!again) return fail(failure_of(again.error()));
        return enter_blocks();
    }

  private:
    Run(node::NodeConfig config, node::FolderLock lock, std::unique_ptr<storage::RocksDbStore> database,
        std::unique_ptr<storage::ChainStore> blocks, std::unique_ptr<chronicle::Database> tables, Chronicle chronicle)
        : config_(std::move(config)),
          lock_(std::move(lock)),
          database_(std::move(database)),
          blocks_(std::move(blocks)),
          tables_(std::move(tables)),
          chronicle_(std::move(chronicle)) {}

    node::NodeConfig config_;
    node::FolderLock lock_;
    std::unique_ptr<storage::RocksDbStore> database_;
    std::unique_ptr<storage::ChainStore> blocks_;
    std::unique_ptr<chronicle::Database> tables_;
    Chronicle chronicle_;
    ProgressLine progress_;
};

}  // namespace

CommandResult backfill_archive(const ArchiveBackfill& command, Executor& /*executor*/) {
    const auto parsed = load_node_config(command.node);
    if (!parsed) return fail(parsed.error());
    auto run = Run::open(parsed->config);
    if (!run) return fail(run.error());
    if (const auto entered = (*run)->enter_blocks(); !entered) return fail(entered.error());
    const auto unknown = (*run)->unknown();
    if (!unknown) return fail(unknown.error());
    Outcome out{.text = "Nothing is missing: the archive knows what every block reported\n",
                .json = {{"executed", 0}, {"missing", 0}},
                .warnings = parsed->warnings};
    if (!*unknown) return out;
    if (!command.snapshot.empty()) {
        if (const auto begun = (*run)->begin_with(command.snapshot); !begun) return fail(begun.error());
    }
    const auto count = (*run)->replay((*unknown)->last);
    if (!count) return fail(count.error());
    if (const auto entered = (*run)->enter_again(**unknown); !entered) return fail(entered.error());
    const auto left = (*run)->unknown();
    if (!left) return fail(left.error());
    out.json = {{"executed", *count}, {"first", (*unknown)->first.value}, {"last", (*unknown)->last.value}};
    out.text = fmt::format("Executed {} blocks; the archive was written again\n", *count);
    out.json["missing"] = 0;
    if (*left) {
        out.json["missing"] = (*left)->last.value - (*left)->first.value + 1;
        out.text += fmt::format("Blocks {} to {} came before the state that was begun with, and stay unknown\n",
                                (*left)->first.value, (*left)->last.value);
    }
    return out;
}

}  // namespace dusk::app
