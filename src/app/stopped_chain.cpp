#include "app/stopped_chain.hpp"

#include <fmt/core.h>

namespace dusk::app {

namespace fs = std::filesystem;

Result<StoppedChain, Failure> open_stopped_chain(const fs::path& folder) {
    const auto missing = [&](std::string_view what) {
        return fail(
            Failure{.exit = ExitCode::file,
                    .code = "file_missing",
                    .message = fmt::format("there is no {} in {}: name the folder of a node, which chain.db_path "
                                           "says",
                                           what, folder.string())});
    };
    std::error_code error;
    if (!fs::exists(folder / "chain" / "CURRENT", error)) return missing("chain");
    auto lock = node::FolderLock::take(folder);
    if (!lock) return fail(Failure{.exit = ExitCode::file, .code = "in_use", .message = lock.error()});
    StoppedChain out{.lock = std::move(*lock)};
    auto database = storage::RocksDbStore::open(folder / "chain", {.read_only = true});
    if (!database) return fail(failure_of(database.error()));
    out.database = std::move(*database);
    auto blocks = storage::ChainStore::open(*out.database);
    if (!blocks) return fail(failure_of(blocks.error()));
    out.blocks = std::move(*blocks);
    const auto tip = out.blocks->tip();
    if (!tip) return fail(failure_of(tip.error()));
    if (!*tip) return missing("block");
    out.tip = **tip;
    return out;
}

Result<ledger::BlockHeader, Failure> header_at(storage::ChainStore& blocks, ledger::Height height) {
    const auto at = blocks.at(height);
    if (!at) return fail(failure_of(at.error()));
    const auto header = *at ? blocks.header((*at)->hash) : chain::StoreResult<std::optional<ledger::BlockHeader>>{};
    if (!header) return fail(failure_of(header.error()));
    if (*header) return **header;
    return fail(Failure{.exit = ExitCode::file,
                        .code = "storage",
                        .message = fmt::format("block {} is missing in the chain's database", height.value)});
}

Result<ledger::BlockHeader, Failure> last_final_header(storage::ChainStore& blocks) {
    const auto height = blocks.last_final();
    if (!height) return fail(failure_of(height.error()));
    return header_at(blocks, height->value_or(ledger::Height{0}));
}

}  // namespace dusk::app
