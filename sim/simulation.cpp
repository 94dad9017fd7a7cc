#include "sim/simulation.hpp"

#include <fmt/format.h>

#include "consensus/bls_signatures.hpp"

namespace dusk::sim {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr auto kBetweenChecks = seconds(5);
constexpr std::uint64_t kMostWakeupsAtOnce = 1000;
constexpr std::uint64_t kGenesisTime = 1'750'000'000;

ModelLedgerPtr genesis_ledger(const Plan& plan, const Workload& workload) {
    ModelLedger out;
    for (NodeIndex i = 0; i < plan.participants.size(); ++i) {
        const Participant& one = plan.participants[i];
        if (one.stake.value == 0) continue;
        const crypto::BlsPublicKey& key = sim_key(i).key;
        out.stakes[{key.to_bytes()}] = ModelStake{.key = key, .value = one.stake, .eligible_since = one.eligible_since};
    }
    workload.fund(out);
    return std::make_shared<const ModelLedger>(std::move(out));
}

// Honest provisioners change their stakes; those of the adversary stay as they are, so that it does not come to more
// than its share.
std::vector<std::size_t> who_changes_stakes(const Plan& plan) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < plan.participants.size(); ++i) {
        if (!plan.participants[i].byzantine) out.push_back(i);
    }
    return out;
}

Shared make_shared_parts(const Plan& plan, const Workload& workload) {
    Shared out;
    out.seed = plan.seed;
    out.genesis_ledger = genesis_ledger(plan, workload);
    out.genesis.header = ledger::genesis_header(out.genesis_ledger->root(), kGenesisTime);
    out.start = WallTime(seconds(kGenesisTime));
    if (plan.real_signatures) {
        out.signatures = std::make_unique<consensus::BlsSignatures>();
    } else {
        auto keyed = std::make_unique<KeyedSignatures>(plan.seed);
        out.keyed = keyed.get();
        out.signatures = std::move(keyed);
    }
    out.journals = plan.journals;
    out.settings.chain.consensus.minimum_block_time = plan.block_time;
    return out;
}

}  // namespace

void Statistics::add(const Statistics& other) {
    events += other.events;
    messages += other.messages;
    blocks += other.blocks;
    spent += other.spent;
    reverts += other.reverts;
    crashes += other.crashes;
    decoded += other.decoded;
    accused += other.accused;
    cannot_sign += other.cannot_sign;
    equivocations += other.equivocations;
    highest_iteration = std::max(highest_iteration, other.highest_iteration);
    time += other.time;
    recovery = std::max(recovery, other.recovery);
    fingerprint = scramble(fingerprint ^ other.fingerprint);
}

Simulation::Simulation(const Plan& plan, Trace* trace)
    : plan_(plan),
      trace_(trace),
      draws_(plan.seed, "simulation"),
      workload_(plan.seed, plan.participants.size(), who_changes_stakes(plan)),
      shared_(make_shared_parts(plan, workload_)),
      watch_(plan.participants.size(), shared_.genesis),
      audit_(shared_.genesis, shared_.genesis_ledger, *shared_.signatures, plan.block_time),
      network_(plan.participants.size(), plan.seed, plan.broadcasting,
               [this](SimTime at, NodeIndex from, NodeIndex to, const consensus::MessagePtr& message) {
                   if (plan_.passes && !plan_.passes(*this, from, to, *message)) return;
                   queue_.push({.at = at, .kind = Event::Kind::message, .node = to, .from = from, .message = message});
               }),
      adversary_(
          plan, {.sign = [this](NodeIndex node, ByteView message) { return nodes_[node]->signer().sign(message); },
                 .broadcast = [this](NodeIndex from,
                                     const consensus::MessagePtr& message) { network_.broadcast(from, message, now_); },
                 .send = [this](NodeIndex from, NodeIndex to, const consensus::MessagePtr& message,
                                std::chrono::nanoseconds later) { network_.send(from, to, message, now_ + later); }}) {
    network_.weather = plan.weather;
    for (NodeIndex i = 0; i < plan.participants.size(); ++i) {
        nodes_.push_back(std::make_unique<SimNode>(i, plan.participants[i], shared_));
    }
}

void Simulation::push(Event::Kind kind, SimTime at, NodeIndex node, std::uint64_t number) {
    queue_.push(
        {.at = at, .kind = kind, .node = node, .life = node == kNobody ? 0 : nodes_[node]->lives(), .number = number});
}

void Simulation::prepare() {
    for (NodeIndex i = 0; i < nodes_.size(); ++i) {
        push(Event::Kind::start, SimTime(plan_.participants[i].starts_after), i);
    }
    for (std::size_t i = 0; i < plan_.faults.size(); ++i) push(Event::Kind::fault, plan_.faults[i].at, kNobody, i);
    for (const NodeIndex node : adversary_.nodes()) {
        if (const auto pause = adversary_.pause(node)) push(Event::Kind::attack, SimTime(*pause), node);
    }
    if (plan_.transactions > 0) push(Event::Kind::workload, SimTime(seconds(2)));
    push(Event::Kind::check, SimTime(kBetweenChecks));
    push(Event::Kind::heal, SimTime(plan_.faulty_for));
}

Statistics Simulation::run() {
    prepare();
    while (!done_ && !queue_.empty()) {
        Event event = queue_.pop();
        now_ = event.at;
        ++statistics_.events;
        mix(static_cast<std::uint64_t>(now_.time_since_epoch().count()) ^ event.node);
        dispatch(event);
        if (healed_ && !done_ && now_ > SimTime(plan_.faulty_for + kLivenessBound)) {
            throw Violation("no progress within the bound of liveness\n" + situation());
        }
    }
    statistics_.time = now_.time_since_epoch();
    statistics_.blocks = watch_.final_height();
    statistics_.reverts = watch_.reverts();
    count_final_blocks();
    if (plan_.expectation) {
        if (const auto wrong = plan_.expectation(*this)) throw Violation(*wrong);
    }
    return statistics_;
}

void Simulation::dispatch(Event& event) {
    switch (event.kind) {
        case Event::Kind::message:
            return deliver(event);
        case Event::Kind::wakeup: {
            SimNode& node = *nodes_[event.node];
            if (!node.runs() || event.life != node.lives() || event.at != node.wakes_at) return;
            node.wakes_at = SimTime::max();
            node.woken_at_once = node.woke_at == now_ ? node.woken_at_once + 1 : 0;
            node.woke_at = now_;
            if (node.woken_at_once > kMostWakeupsAtOnce) {
                throw Violation(fmt::format("node {} asks to be woken at once, again and again", event.node));
            }
            return drive(node, [](node::NodeCore& core, consensus::Now now) { core.on_time(now); });
        }
        case Event::Kind::job_done: {
            SimNode& node = *nodes_[event.node];
            if (node.runs() && event.life == node.lives()) finish_job(node, event.number);
            return;
        }
        case Event::Kind::start: {
            SimNode& node = *nodes_[event.node];
            if (!node.runs() && event.life == node.lives()) start(node);
            return;
        }
        case Event::Kind::fault:
            return begin_fault(plan_.faults[event.number]);
        case Event::Kind::fault_over:
            return end_fault(plan_.faults[event.number]);
        case Event::Kind::heal:
            return heal();
        case Event::Kind::workload:
            submit();
            return push(Event::Kind::workload, now_ + workload_.pause(plan_.transactions));
        case Event::Kind::attack: {
            if (nodes_[event.node]->runs()) adversary_.act(event.node);
            if (const auto pause = adversary_.pause(event.node)) {
                push(Event::Kind::attack, now_ + *pause, event.node);
            }
            return;
        }
        case Event::Kind::check:
            look_at_bounds();
            return push(Event::Kind::check, now_ + kBetweenChecks);
    }
}

// --- nodes ---

void Simulation::start(SimNode& node) {
    const bool first = node.lives() == 0;
    try {
        const auto started = node.start();
        if (!started) {
            throw Violation(fmt::format("node {} does not start by itself: {}", node.index(), started.error()));
        }
        if (!node.is_byzantine() && !first) {
            watch_.restarted(node.index(), node.blocks(), node.ended_between_inputs);
        }
        tell(node.index(), "starts at height {}", node.core().status().chain.tip.value);
    } catch (const Crashed& crash) {
        return end(node, milliseconds(500), 0, crash.where);
    }
    drive(node, [](node::NodeCore& core, consensus::Now now) { core.start(now); });
}

void Simulation::end(SimNode& node, std::chrono::nanoseconds away, std::size_t lost, std::string_view why) {
    tell(node.index(), "ends: {}", why);
    ++statistics_.crashes;
    node.crash_point().disarm();
    node.end(lost);
    push(Event::Kind::start, now_ + away, node.index());
}

template <class Input>
void Simulation::drive(SimNode& node, Input&& input) {
    if (!node.runs()) return;
    try {
        std::forward<Input>(input)(node.core(), node.now(now_));
        carry_out(node, node.core().take_actions());
    } catch (const Crashed& crash) {
        node.ended_between_inputs = false;
        return end(node, node.away_after_crash, draws_.below(4), crash.where);
    }
    if (node.runs()) wake_later(node);
}

void Simulation::carry_out(SimNode& node, std::vector<node::CoreAction> actions) {
    for (node::CoreAction& action : actions) {
        node.crash_point().pass("between two actions");
        std::visit([&](auto& one) { act(node, one); }, action);
        if (!node.runs()) return;
    }
}

void Simulation::wake_later(SimNode& node) {
    const SimTime at = std::max(now_, node.when(node.core().wakeup()));
    if (at == SimTime::max() || at >= node.wakes_at) return;
    node.wakes_at = at;
    push(Event::Kind::wakeup, at, node.index());
}

void Simulation::deliver(Event& event) {
    SimNode& node = *nodes_[event.node];
    if (!node.runs()) return;
    ++statistics_.messages;
    consensus::MessagePtr message = std::move(event.message);
    if (draws_.chance(plan_.decoded)) {
        auto decoded = ledger::decode<ledger::Message>(ledger::encode(*message));
        if (!decoded) throw Violation("a message does not decode from its own encoding");
        auto copy = std::make_shared<const ledger::Message>(*std::move(decoded));
        network_.is_copy(message, copy);
        message = std::move(copy);
        ++statistics_.decoded;
    }
    if (trace_ != nullptr) tell(event.node, "gets from {}: {}", event.from, describe(*message));
    drive(node,
          [&](node::NodeCore& core, consensus::Now now) { core.on_message(address_of(event.from), message, now); });
}

void Simulation::submit() {
    auto& node = *nodes_[draws_.below(nodes_.size())];
    if (!node.runs()) return;
    const ModelLedgerPtr ledger = node.ledger();
    if (ledger == nullptr) return;
    auto transaction = workload_.next(*ledger);
    drive(node, [&](node::NodeCore& core, consensus::Now now) { (void)core.submit(std::move(transaction), now); });
}

// --- jobs ---

void Simulation::begin_job(SimNode& node, SimNode::Job job, std::chrono::nanoseconds least,
                           std::chrono::nanoseconds most) {
    auto takes = draws_.between(least, most);
    if (node.job_time.count() > 0) takes += draws_.between(std::chrono::nanoseconds(0), node.job_time);
    const std::uint64_t number = ++jobs_;
    node.jobs.emplace(number, std::move(job));
    push(Event::Kind::job_done, now_ + takes, node.index(), number);
}

void Simulation::act(SimNode& node, node::BuildJob& action) {
    begin_job(node, std::move(action), milliseconds(20), milliseconds(300));
}
void Simulation::act(SimNode& node, node::JudgeJob& action) {
    begin_job(node, std::move(action), milliseconds(10), milliseconds(200));
}
void Simulation::act(SimNode& node, node::CheckJob& action) {
    begin_job(node, std::move(action), milliseconds(2), milliseconds(30));
}

void Simulation::finish_job(SimNode& node, std::uint64_t number) {
    const auto at = node.jobs.find(number);
    if (at == node.jobs.end()) return;
    const SimNode::Job job = std::move(at->second);
    node.jobs.erase(at);
    drive(node, [&](node::NodeCore& core, consensus::Now now) {
        if (const auto* build = std::get_if<node::BuildJob>(&job)) {
            const auto time = std::chrono::floor<seconds>(now.wall).time_since_epoch().count();
            core.on_candidate_built(node.states().build(*build, static_cast<std::uint64_t>(time)), now);
        } else if (const auto* judge = std::get_if<node::JudgeJob>(&job)) {
            core.on_candidate_judged(judge->block->header.hash, node.states().judge(*judge), now);
        } else {
            const auto& check = std::get<node::CheckJob>(job);
            core.on_proofs_checked(check.id, ModelStates::check(check), now);
        }
    });
}

// --- what nodes ask for ---

void Simulation::act(SimNode& node, chain::Broadcast& action) {
    if (network_.is_new(action.message, now_)) {
        if (trace_ != nullptr) tell(node.index(), "broadcasts {}", describe(*action.message));
        adversary_.saw(action.message);
    }
    if (node.is_byzantine()) return adversary_.on_broadcast(node.index(), action.message);
    watch_.sent(node.index(), node.key(), *action.message);
    network_.broadcast(node.index(), action.message, now_);
}

void Simulation::act(SimNode& node, chain::SendTo& action) {
    const auto to = node_at(action.peer);
    if (!to || *to >= nodes_.size()) return;
    if (trace_ != nullptr) tell(node.index(), "sends to {}: {}", *to, describe(*action.message));
    network_.send(node.index(), *to, action.message, now_);
}

void Simulation::act(SimNode& node, chain::SendToAlive& action) {
    if (trace_ != nullptr) tell(node.index(), "sends to {} peers: {}", action.peers, describe(*action.message));
    for (const NodeIndex to : network_.some_peers(node.index(), action.peers)) {
        network_.send(node.index(), to, action.message, now_);
    }
}

void Simulation::act(SimNode& node, chain::Flood& action) {
    if (trace_ != nullptr) tell(node.index(), "asks {} peers: {}", action.peers, describe(*action.message));
    for (const NodeIndex to : network_.some_peers(node.index(), action.peers)) {
        network_.send(node.index(), to, action.message, now_);
    }
}

void Simulation::act(SimNode& node, chain::BlockAccepted& action) {
    if (trace_ != nullptr) tell(node.index(), "accepts block {}", describe(*action.block, action.label));
    mix(load_le<std::uint64_t>(action.block->header.hash.bytes.data()));
    if (node.is_byzantine()) return;
    watch_.accepted(node.index(), *action.block, action.label);
    audit_.look_at(*action.block);
}

void Simulation::act(SimNode& node, chain::BlocksReverted& action) {
    for (const auto& block : action.blocks) {
        tell(node.index(), "reverts block {} at {}", short_name(block->header.hash.bytes), block->header.height.value);
        if (!node.is_byzantine()) watch_.reverted(node.index(), *block);
    }
}

void Simulation::act(SimNode& node, chain::FinalityChanged& action) {
    tell(node.index(), "holds {} final at {}", short_name(action.hash.bytes), action.height.value);
    if (!node.is_byzantine()) watch_.finalised(node.index(), action.height, action.hash);
    if (healed_) look_for_progress();
}

void Simulation::act(SimNode& /*node*/, node::TransactionAdded& /*action*/) {}

void Simulation::act(SimNode& /*node*/, node::TransactionDeferred& /*action*/) {}

void Simulation::act(SimNode& node, node::TransactionDropped& action) {
    tell(node.index(), "drops transaction {}: {} {}", short_name(action.id.bytes), to_string(action.reason),
         action.text);
}

void Simulation::act(SimNode& node, node::PoolNotKept& action) {
    tell(node.index(), "does not keep its pool: {}", action.text);
    if (!node.disk().stopped()) throw Violation(fmt::format("node {} does not keep its pool", node.index()));
}

void Simulation::act(SimNode& node, chain::Misbehaved& action) {
    const auto who = node_at(action.peer);
    if (!who || *who >= nodes_.size()) return;
    tell(node.index(), "accuses {}: {} {}", *who, to_string(action.misdeed), action.text);
    if (node.is_byzantine() || nodes_[*who]->is_byzantine()) return;
    ++statistics_.accused;
    // What is promised may be lost on its way.
    if (action.misdeed != chain::Misdeed::empty_promise) {
        throw Violation(fmt::format("node {} accuses honest node {} of {}: {}", node.index(), *who,
                                    to_string(action.misdeed), action.text));
    }
}

void Simulation::act(SimNode& node, chain::Stalled& action) {
    tell(node.index(), "is stalled at {} for {} s", action.height.value, action.for_time.count());
}

void Simulation::act(SimNode& node, chain::Broken& action) {
    tell(node.index(), "is broken: {}", action.text);
    if (!node.disk().stopped()) {
        throw Violation(fmt::format("node {} broke on a disk that works: {}", node.index(), action.text));
    }
    node.ended_between_inputs = false;
    end(node, node.away_after_crash, 0, "its disk failed");
}

void Simulation::act(SimNode& node, consensus::CannotSign& action) {
    tell(node.index(), "cannot sign in {}/{}: {}", action.slot.header.round, action.slot.header.iteration,
         to_string(action.error));
    ++statistics_.cannot_sign;
}

void Simulation::act(SimNode& node, consensus::EquivocationSeen& action) {
    ++statistics_.equivocations;
    for (const auto& other : nodes_) {
        if (!other->is_byzantine() && other->key() == action.fault.culprit()) {
            throw Violation(
                fmt::format("node {} has proof that honest node {} signed two things", node.index(), other->index()));
        }
    }
}

}  // namespace dusk::sim
