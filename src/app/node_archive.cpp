#include "app/node_archive.hpp"

#include "chain/stake_events.hpp"
#include "execution/state_queries.hpp"
#include "storage/stakes_table.hpp"

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

std::optional<chronicle::FollowerPorts::StateContent> content_of(const vm::Machine& machine, ledger::ChainId chain_id,
                                                                 const ledger::BlockHeader& block) {
    const auto session = machine.session(block.state_root.bytes, static_cast<std::uint8_t>(chain_id), 0);
    if (!session) return {};
    const auto accounts = execution::StateQueries(**session).accounts();
    if (!accounts) return {};
    chronicle::FollowerPorts::StateContent out;
    out.accounts.reserve(accounts->size());
    for (const ledger::AccountEntry& account : *accounts) {
        out.accounts.push_back(crypto::RawG2::from_slice_unchecked(account.key).to_compressed());
    }
    (*session)->base()->for_each([&](const vm::ContractRecord& contract) {
        out.contracts.push_back({.contract = {contract.id}, .owner = contract.deployment->owner});
    });
    return out;
}

chain::StoreResult<std::optional<std::vector<chain::KeptStake>>> kept_stakes(const storage::RocksDbStore& database,
                                                                             ledger::Height height) {
    const auto view = database.read_view();
    return storage::StakesTable(*view).after(height);
}

// Of the state of a final block; false where it is not there any more, or the disk does not take them.
bool keep_stakes(const vm::Machine& machine, ledger::ChainId chain_id, storage::RocksDbStore& database,
                 const ledger::BlockHeader& block) {
    const auto session = machine.session(block.state_root.bytes, static_cast<std::uint8_t>(chain_id), 0);
    if (!session) return false;
    const auto stakes = execution::StateQueries(**session).stakes();
    if (!stakes) return false;
    const auto kept = chain::kept_stakes(chain::provisioners_of(*stakes));
    return storage::StakesTable(database).keep(block.height, kept).has_value();
}

}  // namespace

NodeArchive::NodeArchive(const node::NodeConfig& config, storage::RocksDbStore& database,
                         chronicle::FollowerPorts ports, const Log& log)
    : leaves_alone_(!config.archive_backfill),
      log_(log.logger("archive")),
      follower_(with_backfill(std::move(ports)), log.logger("archive")) {
    if (!config.archive_backfill) return;
    auto backfill =
        std::make_unique<BackfillThread>(config, database, [this] { follower_.look(); }, log.logger("archive"));
    {
        const std::lock_guard lock(mutex_);
        backfill_ = std::move(backfill);
    }
    follower_.look();  // which may have found out before there was anybody to be told
}

// The backfill first, which tells the follower what it has done.
NodeArchive::~NodeArchive() {
    std::unique_ptr<BackfillThread> backfill;
    {
        const std::lock_guard lock(mutex_);
        backfill = std::move(backfill_);
    }
}

chronicle::FollowerPorts NodeArchive::with_backfill(chronicle::FollowerPorts ports) {
    ports.tell_unknown = [this](const chronicle::Chronicle::Unknown& unknown) {
        if (leaves_alone_) return tell_left_alone(unknown);
        const std::lock_guard lock(mutex_);
        if (backfill_) backfill_->want(unknown);
    };
    return ports;
}

void NodeArchive::tell_left_alone(const chronicle::Chronicle::Unknown& unknown) {
    if (std::exchange(told_, unknown.last) == unknown.last) return;
    log_.info(
        "the archive is complete from this block on; those before it are left alone, since archive.backfill is off",
        {{"height", unknown.last.value + 1}});
}

rpc::ArchiveProgress NodeArchive::progress() const {
    const auto status = follower_.status();
    rpc::ArchiveProgress out{.height = status.height, .works = status.works};
    const std::lock_guard lock(mutex_);
    if (backfill_) out.backfill = backfill_->progress();
    return out;
}

std::string archive_database(const node::NodeConfig& config) {
    if (!config.archive_database.empty()) return config.archive_database;
    return (config.db_path / "archive.sqlite3").string();
}

chronicle::FollowerPorts follower_ports(const node::NodeConfig& config, const NodeFolder& folder) {
    return {
        .genesis = folder.genesis.header.hash,
        .open_database =
            [name = archive_database(config)] { return chronicle::open_database(name, chronicle::Access::write); },
        .view_chain = [&database = *folder.database] { return view_of(database); },
        .content_of = [machine = folder.machine, chain_id = config.network->chain_id](
                          const ledger::BlockHeader& block) { return content_of(*machine, chain_id, block); },
        .find_stakes = [&database = *folder.database](ledger::Height height) { return kept_stakes(database, height); },
        .keep_stakes =
            [machine = folder.machine, chain_id = config.network->chain_id, &database = *folder.database](
                const ledger::BlockHeader& block) { return keep_stakes(*machine, chain_id, database, block); }};
}

Result<std::unique_ptr<NodeArchive>, Failure> start_archive(const node::NodeConfig& config, const NodeFolder& folder,
                                                            const Log& log) {
    chronicle::FollowerPorts ports = follower_ports(config, folder);
    const auto database = ports.open_database();
    const auto tried = database ? chronicle::Chronicle::open(**database, ports.genesis)
                                : chronicle::Outcome<chronicle::Chronicle>(fail(database.error()));
    if (!tried && tried.error().kind != FailureKind::unreachable && tried.error().kind != FailureKind::in_use) {
        return file_failure("archive", "the database of the archive cannot be used: " + tried.error().text);
    }
    return std::make_unique<NodeArchive>(config, *folder.database, std::move(ports), log);
}

}  // namespace dusk::app
