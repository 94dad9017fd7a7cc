#include "sim/sim_node.hpp"

#include <algorithm>

namespace dusk::sim {
namespace {

constexpr std::uint16_t kPort = 9000;

}  // namespace

node::Peer address_of(NodeIndex node) {
    return {.ip = ByteArray<4>{10, 0, static_cast<std::uint8_t>(node >> 8), static_cast<std::uint8_t>(node & 255)},
            .port = kPort};
}

std::optional<NodeIndex> node_at(const node::Peer& address) {
    const auto* ip = std::get_if<ByteArray<4>>(&address.ip);
    if (ip == nullptr || (*ip)[0] != 10 || (*ip)[1] != 0 || address.port != kPort) return {};
    return NodeIndex{(*ip)[2]} << 8 | (*ip)[3];
}

ModelPoolState::Answer<bool> ModelPoolState::in_ledger(const ledger::TransactionId& id) {
    const auto is = blocks_.has_transaction(id);
    if (!is) return fail(is.error().text);
    return *is;
}

ModelPoolState::Answer<ledger::AccountData> ModelPoolState::account(const ledger::AccountKey& key) {
    const ModelLedgerPtr state = ledger();
    if (state == nullptr) return fail(std::string("there is no state"));
    const auto at = state->accounts.find({key.to_bytes()});
    if (at == state->accounts.end()) return ledger::AccountData{};
    return ledger::AccountData{at->second.nonce, at->second.balance};
}

ModelLedgerPtr ModelPoolState::ledger() const {
    const auto tip = blocks_.tip();
    if (!tip || !*tip) return {};
    const auto at = disk_.find((*tip)->state_root);
    return at == disk_.end() ? nullptr : at->second.ledger;
}

SimNode::SimNode(NodeIndex index, const Participant& participant, Shared& shared)
    : index_(index),
      participant_(participant),
      shared_(shared),
      signer_(sim_key(index), shared.keyed),
      clock_(shared.start, participant.clock_drift, MonotonicTime{}) {
    clock_.set_wrong_by(participant.clock_wrong_by);
    lose_database();
}

Result<void, std::string> SimNode::start() {
    ++lives_;
    life_ = std::make_unique<Life>(*this, std::uint64_t{index_} << 32 | lives_);
    auto blocks = storage::ChainStore::open(life_->store);
    if (!blocks) return fail("the store does not open: " + blocks.error().text);
    life_->blocks = *std::move(blocks);
    life_->pool_state.emplace(*life_->blocks, model_disk_);
    auto pool = storage::PoolTable::open(life_->store);
    if (!pool) return fail("the pool does not open: " + pool.error().text);
    life_->pool = *std::move(pool);
    if (const auto ready = make_signer(); !ready) return ready;
    node::CoreSettings settings = shared_.settings;
    settings.chain.own_address = address_of(index_);
    auto core = node::NodeCore::open(settings,
                                     {.blocks = life_->blocks.get(),
                                      .states = &life_->states,
                                      .signatures = shared_.signatures.get(),
                                      .signer = life_->signer.get(),
                                      .pool_state = &*life_->pool_state,
                                      .pool_store = life_->pool.get(),
                                      .random = &life_->random},
                                     shared_.genesis);
    if (!core) return fail("the chain does not open: " + core.error().text);
    life_->core = *std::move(core);
    return {};
}

Result<void, std::string> SimNode::make_signer() {
    if (participant_.follows_only) return {};
    if (!shared_.journals) {
        life_->signer = std::make_unique<SimSigner>(signer_, nullptr);
        return {};
    }
    auto journal = storage::SigningJournal::open(life_->journal, key());
    if (!journal) return fail("the signing journal does not open: " + journal.error().text);
    life_->signer = std::make_unique<SimSigner>(signer_, *std::move(journal));
    return {};
}

void SimNode::lose_database() {
    disk_ = std::make_unique<storage::MemoryStore>();
    model_disk_.clear();
    model_disk_.emplace(shared_.genesis.header.state_root, StoredLedger{shared_.genesis_ledger, {}});
}

void SimNode::end(std::size_t lost) {
    life_.reset();
    jobs.clear();
    wakes_at = SimTime::max();
    disk_will_fail = false;
    disk_->crash(std::min(lost, disk_->unsynced()));
    journal_.restart();
}

}  // namespace dusk::sim
