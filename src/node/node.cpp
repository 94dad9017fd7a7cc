#include "node/node.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/asio/post.hpp>

#include "base/allowance.hpp"
#include "base/hex.hpp"
#include "chain/chain.hpp"
#include "consensus/foreign_messages.hpp"
#include "crypto/os_random.hpp"
#include "node/block_work.hpp"
#include "node/fork_watch.hpp"
#include "node/job_thread.hpp"
#include "node/jobs.hpp"
#include "node/own_signatures.hpp"
#include "node/timer_point.hpp"

namespace dusk::node {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kMostEarly = 1000;
constexpr std::size_t kMostEarlyBytes = std::size_t{64} << 20;
constexpr std::size_t kMostTrials = 64;  // transactions that are looked at without being taken
// Lines of the log about misdeeds, a second and at once: whoever commits them writes under any name.
constexpr std::uint64_t kComplaints = 1;
constexpr std::uint64_t kMostComplaints = 20;
constexpr std::chrono::milliseconds kLookForPeers{20};
constexpr std::string_view kNotJoined =
    "this node has not joined its network yet: it looks for peers, a few seconds after its start";
constexpr std::string_view kStopping = "this node is stopping";

std::string short_hex(const ledger::BlockHash& hash) { return to_hex(ByteView(hash.bytes).first(8)); }

}  // namespace

struct Node::Parts {
    Parts(asio::io_context& l, const NodeSettings& s, const NodePorts& p, const Log& log)
        : loop(l),
          settings(s),
          ports(p),
          chain_log(log.logger("chain")),
          consensus_log(log.logger("consensus")),
          network_log(log.logger("network")),
          pool_log(log.logger("mempool")),
          timer(l),
          start_timer(l),
          execution(l),
          checking(l) {}

    [[nodiscard]] Now now() const {
        return {.wall = ports.clock->wall_time(), .steady = ports.clock->monotonic_time()};
    }

    [[nodiscard]] std::chrono::nanoseconds since(MonotonicTime begin) const {
        return ports.clock->monotonic_time() - begin;
    }

    // Why it takes nothing while it does not run.
    [[nodiscard]] std::string absence() const { return std::string(started ? kStopping : kNotJoined); }

    // --- inputs ---
    void receive(std::span<const Received> messages, Standing sender) {
        if (stopped) return;
        if (!started) return keep_early(messages, sender);
        // Votes come in swarms, and are verified together.
        for (auto rest = messages; !rest.empty() && !stopped;) {
            const auto end = std::ranges::find_if_not(rest, [](const Received& one) { return is_vote(*one.message); });
            const auto some = rest.first(std::max<std::size_t>(1, static_cast<std::size_t>(end - rest.begin())));
            handle(some);
            rest = rest.subspan(some.size());
        }
    }
    void keep_early(std::span<const Received> messages, Standing sender) {
        for (const Received& one : messages) {
            early_bytes += ledger::encode(*one.message).size();
            if (early.size() >= kMostEarly || early_bytes > kMostEarlyBytes) return;
            early.push_back({one, sender});
        }
    }
    static bool is_vote(const ledger::Message& message) {
        return std::holds_alternative<ledger::ValidationMessage>(message.payload) ||
               std::holds_alternative<ledger::RatificationMessage>(message.payload);
    }
    void handle(std::span<const Received> messages) {
        core->verify_votes(messages);
        for (const auto& [from, message] : messages) {
            watch_for_forks(*message);
            if (ports.signer != nullptr && shows_other_signer(*message, *ports.signer, *ports.signatures)) {
                consensus_log.error("another node signs with this key: stop one of them, or its stake is at risk",
                                    {{"round", message->routing_header().round}, {"peer", from.to_text()}});
            }
            const ledger::BlockHash tip = core->chain().chain().tip().hash;
            const std::uint64_t found_bad = ports.signatures->found_bad();
            give([&](NodeCore& c, Now at) { c.on_message(from, message, at); });
            if (stopped) return;
            // With a new tip others are looked at, which came before.
            const bool has_bad = ports.signatures->found_bad() != found_bad && core->chain().chain().tip().hash == tip;
            if (is_forged(*message) || (has_bad && is_vote(*message))) {
                complain(from, "a vote or candidate that is not signed, or a result that nobody voted for", {}, true);
            }
        }
    }
    // As far as somebody looked.
    [[nodiscard]] bool is_forged(const ledger::Message& message) const {
        const auto claim = consensus::what_is_signed(message.payload);
        return claim && ports.signatures->knows_bad(*claim);
    }
    // A doubtful peer's messages come after those of others, for a while.
    void complain(const Peer& peer, std::string_view how, std::string_view text, bool is_doubtful) {
        if (is_doubtful && !transport->doubt(peer)) return;
        if (!complaints.take(1, ports.clock->monotonic_time())) return;
        network_log.warn("a peer breaks the rules", {{"peer", peer.to_text()}, {"how", how}, {"text", text}});
    }
    void start_when_ready(MonotonicTime deadline) {
        if (stopped) return;
        const std::size_t peers = transport->alive_peers().size();
        if (peers < settings.start_peers && ports.clock->monotonic_time() < deadline) {
            start_timer.expires_after(kLookForPeers);
            start_timer.async_wait([this, deadline](const auto& error) {
                if (!error) start_when_ready(deadline);
            });
            return;
        }
        network_log.info("starting", {{"peers", peers}});
        started = true;
        give([](NodeCore& c, Now at) { c.start(at); });
        for (const auto& [one, sender] : std::exchange(early, {})) receive({&one, 1}, sender);
    }
    void watch_for_forks(const ledger::Message& message) {
        const ledger::BlockHeader& tip = core->chain().chain().tip();
        const auto finding = forks.on_message(message, tip, ports.clock->monotonic_time());
        if (!finding) return;
        network_log.warn(tip.height.value == 0
                             ? "what others send is of a chain with another first block: compare the genesis file and "
                               "chain.genesis_timestamp with theirs"
                             : "what others send does not build on our last block: the chains have parted",
                         {{"height", tip.height.value},
                          {"ours", short_hex(tip.hash)},
                          {"theirs", short_hex(finding->other)},
                          {"messages", finding->messages}});
    }
    // Calls the core, and does what it asks for then.
    template <class Input>
    void give(Input&& input) {
        if (stopped) return;
        const Now at = now();
        input_begin = at.steady;
        input(*core, at);
        act();
    }
    void act() {
        for (CoreAction& action : core->take_actions()) {
            std::visit([this](auto& one) { carry_out(one); }, action);
            if (observer) observer(action);
            if (stopped) return;
        }
        publish_signers();
        set_timer();
    }
    // All that have a stake after the tip. Whoever can vote in the rounds that are looked at is among them: a stake
    // counts an epoch after it was made, at the earliest. While a node is behind, it keeps votes for the rounds after
    // its own tip alone, and those of signers that it knows: others it would not keep if they were decoded. And its own
    // key, which another node may sign with.
    void publish_signers() {
        auto now_known = core->chain().chain().head().stakes->snapshot();
        if (now_known == published) return;
        std::vector<ledger::KeyBytes> keys;
        keys.reserve(now_known->size() + 1);
        for (const auto& [key, provisioner] : *now_known) keys.push_back(key);
        if (ports.signer != nullptr) keys.push_back({ports.signer->key().to_bytes()});
        transport->set_known_signers(std::make_shared<const KnownSigners>(std::move(keys)));
        published = std::move(now_known);
    }
    void set_timer() {
        const MonotonicTime wakeup = core->wakeup();
        if (wakeup == timer_set_to) return;
        timer_set_to = wakeup;
        // A clock cannot wait for the end of time.
        timer.expires_at(timer_point(std::min(wakeup, ports.clock->monotonic_time() + std::chrono::hours(1))));
        timer.async_wait([this](const auto& error) {
            if (error || stopped) return;
            timer_set_to = {};
            give([](NodeCore& c, Now at) { c.on_time(at); });
        });
    }

    // --- what the core asks for ---
    void carry_out(const chain::Broadcast& action) { transport->broadcast(action.message); }
    void carry_out(const chain::SendTo& action) { transport->send(action.peer, action.message); }
    void carry_out(const chain::SendToAlive& action) { transport->send_to_some(action.peers, action.message); }
    void carry_out(const chain::Flood& action) { transport->send_to_some(action.peers, action.message); }
    void carry_out(BuildJob& job) {
        execution.add([this, shared = std::make_shared<BuildJob>(std::move(job))] {
            const MonotonicTime begin = ports.clock->monotonic_time();
            auto built = build_candidate(*shared, *ports.states, settings.candidate, *ports.clock);
            if (built.block) {
                tell_block_work({.kind = BlockWork::Kind::build, .block = *built.block, .took = since(begin)});
            }
            return [this, result = std::make_shared<BuiltCandidate>(std::move(built))] {
                if (!result->block) consensus_log.warn("no candidate could be made", {{"reason", result->failure}});
                give([&](NodeCore& c, Now at) { c.on_candidate_built(std::move(*result), at); });
            };
        });
    }
    void carry_out(JudgeJob& job) {
        execution.add([this, shared = std::make_shared<JudgeJob>(std::move(job))] {
            const MonotonicTime begin = ports.clock->monotonic_time();
            const consensus::Verdict verdict = judge_candidate(*shared, *ports.states);
            tell_block_work({.kind = BlockWork::Kind::judge,
                             .block = *shared->block,
                             .took = since(begin),
                             .is_good = verdict == consensus::Verdict::valid});
            return [this, hash = shared->block->header.hash, verdict] {
                if (verdict != consensus::Verdict::valid) {
                    consensus_log.warn("a candidate does not hold", {{"hash", short_hex(hash)}});
                }
                give([&](NodeCore& c, Now at) { c.on_candidate_judged(hash, verdict, at); });
            };
        });
    }
    void carry_out(CheckJob& job) {
        checking.add([this, shared = std::make_shared<CheckJob>(std::move(job))] {
            auto findings = check_proofs(*shared, *ports.checks, check_random, *ports.executor);
            return [this, id = shared->id, result = std::make_shared<std::vector<ProofFinding>>(std::move(findings))] {
                proofs_checked += result->size();
                give([&](NodeCore& c, Now at) { c.on_proofs_checked(id, *result, at); });
            };
        });
    }

    // --- what happened ---
    void carry_out(const chain::BlockAccepted& accepted) {
        const ledger::BlockHeader& header = accepted.block->header;
        std::uint64_t gas = 0;
        for (const auto& spent : accepted.spent) gas += spent.gas_spent.value;
        tell_block_work({.kind = BlockWork::Kind::accept, .block = *accepted.block, .took = since(input_begin)});
        ++blocks_accepted;
        transactions_spent += accepted.spent.size();
        gas_spent += gas;
        chain_log.info("block accepted", {{"height", header.height.value},
                                          {"hash", short_hex(header.hash)},
                                          {"iteration", std::uint64_t{header.iteration}},
                                          {"transactions", accepted.spent.size()},
                                          {"gas", gas}});
    }
    void carry_out(const chain::BlocksReverted& reverted) {
        for (const auto& block : reverted.blocks) {
            chain_log.warn("block taken back",
                           {{"height", block->header.height.value}, {"hash", short_hex(block->header.hash)}});
        }
    }
    void carry_out(const chain::FinalityChanged& final) {
        chain_log.debug("final", {{"height", final.height.value}, {"hash", short_hex(final.hash)}});
    }
    void carry_out(const TransactionAdded& added) {
        pool_log.debug("transaction added", {{"id", to_hex(ByteView(added.id.bytes))}});
    }
    void carry_out(const TransactionDeferred& deferred) {
        pool_log.debug("transaction waits for a nonce", {{"id", to_hex(ByteView(deferred.id.bytes))}});
    }
    void carry_out(const PoolNotKept& failed) {
        pool_log.error("the mempool is not kept: what is in it is lost with a restart", {{"reason", failed.text}});
    }
    void carry_out(const TransactionDropped& dropped) {
        pool_log.debug(
            "transaction dropped",
            {{"id", to_hex(ByteView(dropped.id.bytes))}, {"why", to_string(dropped.reason)}, {"text", dropped.text}});
    }
    void carry_out(const chain::Misbehaved& misbehaved) {
        // A network that loses messages breaks promises too.
        const bool is_doubtful = misbehaved.misdeed != chain::Misdeed::empty_promise;
        complain(misbehaved.peer, to_string(misbehaved.misdeed), misbehaved.text, is_doubtful);
    }
    void carry_out(const chain::Stalled& stalled) {
        chain_log.warn("the chain does not move: look at the peers and at the clock",
                       {{"height", stalled.height.value},
                        {"seconds", stalled.for_time.count()},
                        {"peers_ahead", stalled.peers_ahead},
                        {"peers", transport->alive_peers().size()}});
    }
    void carry_out(const chain::Broken& broken) {
        chain_log.error("the node has to stop; nothing is lost, start it again when the cause is mended",
                        {{"reason", broken.text}});
        failure = broken.text;
        asio::post(loop, [this] {
            if (on_failure) on_failure();
        });
    }
    void carry_out(const consensus::CannotSign& refused) {
        if (refused.error == consensus::SigningError::waiting) {
            consensus_log.info("not voting yet", {{"reason", to_string(refused.error)}});
        } else {
            consensus_log.error("nothing was signed",
                                {{"reason", to_string(refused.error)}, {"round", refused.slot.header.round}});
        }
    }
    void carry_out(const consensus::EquivocationSeen& seen) {
        consensus_log.warn("a provisioner signed two things for one step",
                           {{"fault", to_hex(ByteView(seen.fault.id().bytes))}});
    }

    asio::io_context& loop;
    NodeSettings settings;
    NodePorts ports;
    Logger chain_log, consensus_log, network_log, pool_log;
    asio::steady_timer timer;
    asio::steady_timer start_timer;
    MonotonicTime timer_set_to{};
    MonotonicTime input_begin{};  // of the input that the core is at
    std::unique_ptr<NodeCore> core{};
    std::unique_ptr<Transport> transport{};
    crypto::OsRandom check_random{};
    Observer observer{};
    std::function<void()> on_failure{};
    std::string failure{};
    std::size_t trials = 0;                              // of `preverify`, under way
    bool stopped = true;                                 // until there is a transport
    bool started = false;                                // the core
    std::vector<std::pair<Received, Standing>> early{};  // what came before
    std::size_t early_bytes = 0;
    Allowance complaints{kComplaints, kMostComplaints, MonotonicTime{}};
    ForkWatch forks{};
    std::shared_ptr<const consensus::Provisioners::Map> published{};  // the stakes that the network knows of
    std::uint64_t blocks_accepted = 0, transactions_spent = 0, gas_spent = 0, proofs_checked = 0;
    JobThread execution;
    JobThread checking;
};

Node::Node(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Node::~Node() { stop(); }

Result<std::unique_ptr<Node>, chain::StartFailure> Node::open(asio::io_context& loop, const NodeSettings& settings,
                                                              const NodePorts& ports, const ledger::Block& genesis,
                                                              const Log& log) {
    auto core = NodeCore::open(settings.core,
                               {.blocks = ports.blocks,
                                .states = ports.states,
                                .signatures = ports.signatures,
                                .signer = ports.signer,
                                .pool_state = ports.pool_state,
                                .pool_store = ports.pool_store,
                                .random = ports.random},
                               genesis);
    if (!core) return fail(std::move(core.error()));
    auto parts = std::make_unique<Parts>(loop, settings, ports, log);
    parts->core = std::move(*core);
    return std::unique_ptr<Node>(new Node(std::move(parts)));
}

void Node::start(const MakeTransport& make_transport) {
    parts_->transport = make_transport([parts = parts_.get()](std::span<const Received> messages, Standing sender) {
        parts->receive(messages, sender);
    });
    parts_->core->set_own_address(parts_->transport->self());
    parts_->stopped = false;
    parts_->publish_signers();
    parts_->start_when_ready(parts_->ports.clock->monotonic_time() + parts_->settings.start_patience);
}

void Node::stop() {
    if (parts_->started && !parts_->stopped) parts_->core->stop();
    parts_->stopped = true;
    parts_->timer.cancel();
    parts_->start_timer.cancel();
    if (parts_->transport) parts_->transport->stop();
    parts_->execution.stop();
    parts_->checking.stop();
}

const std::string& Node::failure() const { return parts_->failure; }
void Node::set_observer(Observer observer) { parts_->observer = std::move(observer); }
void Node::set_on_failure(std::function<void()> on_failure) { parts_->on_failure = std::move(on_failure); }

Submission Node::submit(ledger::LedgerTransaction transaction) {
    Submission out{.kind = Submission::Kind::busy, .id = transaction.id(), .text = parts_->absence()};
    if (!parts_->started) return out;
    parts_->give([&](NodeCore& core, Now now) { out = core.submit(std::move(transaction), now); });
    return out;
}

void Node::preverify(ledger::LedgerTransaction transaction, std::function<void(Submission)> done) {
    Submission out{.kind = Submission::Kind::busy, .id = transaction.id()};
    Parts& parts = *parts_;
    if (parts.stopped) out.text = parts.absence();
    if (parts.stopped || parts.trials >= kMostTrials) return done(out);
    const auto answer = [id = out.id](const mempool::NotAdmitted& reason) {
        const bool is_ours = mempool::is_of_the_pool(reason.error);
        return Submission{
            .kind = is_ours ? Submission::Kind::busy : Submission::Kind::refused, .id = id, .text = describe(reason)};
    };
    const auto checked = parts.core->precheck(std::move(transaction));
    if (!checked) return done(answer(checked.error()));
    ++parts.trials;
    parts.checking.add([&parts, out, answer, checked = *checked, done = std::move(done)] {
        const auto findings = check_proofs(CheckJob{.transactions = {checked.pointer()}}, *parts.ports.checks,
                                           parts.check_random, *parts.ports.executor);
        return [&parts, out, answer, checked, done, finding = findings.at(0)]() mutable {
            --parts.trials;
            if (parts.stopped) return;
            ++parts.proofs_checked;
            out.kind = finding ? Submission::Kind::refused : Submission::Kind::taken;
            out.text = finding.value_or("");
            if (finding) return done(out);
            const auto fits = parts.core->check(checked);
            done(fits ? out : answer(fits.error()));
        };
    });
}

NodeStatus Node::status() const {
    NodeStatus out{.core = parts_->core->status(),
                   .blocks_accepted = parts_->blocks_accepted,
                   .transactions_spent = parts_->transactions_spent,
                   .gas_spent = parts_->gas_spent,
                   .proofs_checked = parts_->proofs_checked};
    if (parts_->transport) {
        out.peers = parts_->transport->alive_peers();
        out.network = parts_->transport->view();
    }
    return out;
}

NodeCore& Node::core() { return *parts_->core; }
Peer Node::own_address() const { return parts_->transport ? parts_->transport->self() : Peer{}; }
RecentObjects Node::objects_after(std::uint64_t number) const {
    return parts_->transport ? parts_->transport->objects_after(number) : RecentObjects();
}

}  // namespace dusk::node
