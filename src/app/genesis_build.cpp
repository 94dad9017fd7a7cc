#include <fmt/core.h>

#include "app/db_store.hpp"
#include "app/genesis_commands.hpp"
#include "app/genesis_file.hpp"
#include "ledger/block_header.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;

// A folder with nothing in it, made where there is none. Unless `keep` is called it is as before in the end.
class FreshFolder {
  public:
    explicit FreshFolder(const fs::path& path) : path_(path) {}
    FreshFolder(const FreshFolder&) = delete;
    FreshFolder& operator=(const FreshFolder&) = delete;
    ~FreshFolder() {
        if (!ready_) return;
        std::error_code ignored;
        if (made_) {
            fs::remove_all(path_, ignored);
        } else {
            for (const auto& entry : fs::directory_iterator(path_, ignored)) fs::remove_all(entry.path(), ignored);
        }
    }

    Result<void, Failure> make() {
        std::error_code error;
        made_ = fs::create_directories(path_, error);
        const bool empty = !error && fs::is_empty(path_, error);
        if (error) {
            return fail(failure_of(
                FileError{.kind = FileError::Kind::unwritable, .path = path_, .system_error = error.value()}));
        }
        if (!empty) {
            return fail(Failure{.exit = ExitCode::file,
                                .code = "file_exists",
                                .message = fmt::format("the folder {} is not empty", path_.string())});
        }
        ready_ = true;
        return {};
    }
    void keep() { ready_ = false; }

  private:
    fs::path path_;
    bool made_ = false;
    bool ready_ = false;
};

}  // namespace

CommandResult build_genesis(const GenesisBuild& command, Executor& executor) {
    const auto network = find_network(command.network);
    if (!network) return fail(network.error());
    const auto genesis = read_genesis_file(command.file);
    if (!genesis) return fail(genesis.error());
    FreshFolder folder(command.folder);
    if (const auto made = folder.make(); !made) return fail(made.error());
    const auto root = make_genesis_store(command.folder, **network, genesis->snapshot, db_options(executor));
    if (!root) return fail(root.error());
    folder.keep();

    const auto header = ledger::genesis_header(*root, command.timestamp);
    Outcome outcome;
    outcome.json = {{"root", hex_of(root->bytes)},
                    {"network", command.network},
                    {"folder", command.folder.string()},
                    {"genesis_block", {{"hash", hex_of(header.hash.bytes)}, {"timestamp", command.timestamp}}}};
    outcome.text = fmt::format("First state of {} in {}\n  root           {}\n  genesis block  {} (at the time {})\n",
                               command.network, command.folder.string(), hex_of(root->bytes), hex_of(header.hash.bytes),
                               command.timestamp);
    warn_of_unknown_keys(*genesis, outcome);
    return outcome;
}

}  // namespace dusk::app
