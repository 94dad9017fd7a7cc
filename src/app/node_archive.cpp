#include "app/node_archive.hpp"

#include "execution/state_queries.hpp"

namespace dusk::app {
namespace {

using chronicle::FailureKind;

// The chain at one moment, and what it reads from.
struct ChainView {
    std::unique_ptr<storage::KeyValue> values;
    std::unique_ptr<storage::ChainStore> blocks;
};

std::shared_ptr<chain::BlockStore> view_of(const storage::RocksDbStore& database) {
    const auto view = std::make_shared<ChainView>();
    view->values = database.read_view();
    auto blocks = storage::ChainStore::open(*view->values);
    if (!blocks) return nullptr;
    view->blocks = std::move(*blocks);
    return {view, view->blocks.get()};
}

std::optional<std::vector<chronicle::AccountBytes>> accounts_of(const vm::Machine& machine, ledger::ChainId chain_id,
                                                                const ledger::BlockHeader& block) {
    const auto session = machine.session(block.state_root.bytes, static_cast<std::uint8_t>(chain_id), 0);
    if (!session) return {};
    const auto accounts = execution::StateQueries(**session).accounts();
    if (!accounts) return {};
    std::vector<chronicle::AccountBytes> out;
    out.reserve(accounts->size());
    for (const ledger::AccountEntry& account : *accounts) {
        out.push_back(crypto::RawG2::from_slice_unchecked(account.key).to_compressed());
    }
    return out;
}

}  // namespace

std::string archive_database(const node::NodeConfig& config) {
    if (!config.archive_database.empty()) return config.archive_database;
    return (config.db_path / "archive.sqlite3").string();
}

Result<std::unique_ptr<chronicle::FollowerThread>, Failure> start_archive(const node::NodeConfig& config,
                                                                          const NodeFolder& folder, const Log& log) {
    const std::string name = archive_database(config);
    const ledger::BlockHash genesis = folder.genesis.header.hash;
    const auto open = [name] { return chronicle::open_database(name, chronicle::Access::write); };
    const auto database = open();
    const auto tried = database ? chronicle::Chronicle::open(**database, genesis)
                                : chronicle::Outcome<chronicle::Chronicle>(fail(database.error()));
    if (!tried && tried.error().kind != FailureKind::unreachable && tried.error().kind != FailureKind::in_use) {
        return file_failure("archive", "the database of the archive cannot be used: " + tried.error().text);
    }
    chronicle::FollowerPorts ports{
        .genesis = genesis,
        .open_database = open,
        .view_chain = [&database = *folder.database] { return view_of(database); },
        .accounts_of = [machine = folder.machine, chain_id = config.network->chain_id](
                           const ledger::BlockHeader& block) { return accounts_of(*machine, chain_id, block); }};
    return std::make_unique<chronicle::FollowerThread>(std::move(ports), log.logger("archive"));
}

}  // namespace dusk::app
