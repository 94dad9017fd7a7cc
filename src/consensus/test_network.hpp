// Consensus machines of one network on a manual clock, with the part of the chain that a round needs: quorums are
// verified, candidates built and judged, blocks taken once their body is there.
#pragma once

#include <functional>
#include <queue>

#include "consensus/consensus.hpp"
#include "consensus/test_committee.hpp"

namespace dusk::consensus {

class TestNetwork {
  public:
    struct Options {
        std::size_t nodes = 4;
        std::size_t followers = 0;  // without a key
        std::uint64_t seed = 1;
        std::uint64_t height = 10;  // of the tip
        std::chrono::milliseconds delay{20};
        std::array<std::chrono::milliseconds, 3> timeouts{std::chrono::seconds(7), std::chrono::seconds(7),
                                                          std::chrono::seconds(7)};
        ConsensusSettings settings{};
    };
    struct Agreement {
        std::uint8_t iteration = 0;
        ledger::BlockHash block{};
        ledger::Attestation attestation{};
    };
    struct Node {
        std::size_t number = 0;
        std::unique_ptr<TestSigner> signer;
        std::unique_ptr<Consensus> machine;
        std::shared_ptr<RoundCommittees> committees;
        bool is_up = false;
        bool takes_blocks = true;  // stops its round at the first block that it has
        bool helps = false;        // and then sends it, with its quorum, to those that have none
        std::uint8_t last_iteration = 0;
        std::optional<MonotonicTime> wakes{};
        std::map<ledger::BlockHash, BlockPtr> candidates{};
        std::vector<Agreement> agreements{};
        std::optional<ledger::BlockHash> accepted{};
        std::map<MessageVerdict, std::size_t> verdicts{};
        std::vector<ledger::Fault> faults{};
        std::vector<CannotSign> refusals{};
        std::vector<StepTook> took{};
        std::vector<Ask> asked{};
        std::vector<MessagePtr> sent{};  // its own, and what it handed on
        std::vector<ledger::ConsensusHeader> built{};
        std::map<std::uint8_t, ledger::ValidationResult> results{};
    };

    explicit TestNetwork(const Options& options)
        : options_(options),
          clock_(WallTime(std::chrono::seconds(1'700'000'000))),
          random_(options.seed ^ 0x5eedU),
          provisioners_(test_provisioners(options.nodes)),
          tip(test_tip(options.height, 1'700'000'000, options.seed)) {
        for (std::size_t i = 0; i < options.nodes + options.followers; ++i) {
            auto& node = nodes.emplace_back(std::make_unique<Node>());
            node->number = i;
            if (i < options.nodes) node->signer = std::make_unique<TestSigner>(test_key(i));
            node->machine = std::make_unique<Consensus>(options.settings, signatures, node->signer.get());
        }
        committees = make_committees();
    }

    [[nodiscard]] std::shared_ptr<RoundCommittees> make_committees() const {
        return std::make_shared<RoundCommittees>(provisioners_, tip.seed, ledger::Height{tip.height.value + 1});
    }
    [[nodiscard]] Now now() const { return {clock_.wall_time(), clock_.monotonic_time()}; }
    [[nodiscard]] std::chrono::milliseconds elapsed() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(clock_.monotonic_time().time_since_epoch());
    }
    [[nodiscard]] std::size_t generator(std::uint8_t iteration) {
        return number_of(committees->generator(iteration)->bytes);
    }
    [[nodiscard]] std::size_t number_of(const ledger::KeyBytes& key) const {
        for (const auto& node : nodes) {
            if (node->signer && node->signer->key().to_bytes() == key.bytes) return node->number;
        }
        return nodes.size();
    }
    [[nodiscard]] RoundStart round_start(std::uint8_t first_iteration = 0) const {
        return {.tip = tip,
                .tip_voters = {},
                .committees = make_committees(),
                .timeouts = options_.timeouts,
                .first_iteration = first_iteration};
    }

    // The round begins at this node.
    void start(std::size_t number, std::uint8_t first_iteration = 0) {
        Node& node = *nodes.at(number);
        node.is_up = true;
        RoundStart round = round_start(first_iteration);
        node.committees = round.committees;
        node.machine->start(std::move(round), now());
        carry_out(node);
    }
    void start_all() {
        for (std::size_t i = 0; i < nodes.size(); ++i) start(i);
    }
    // The process ends; its journal stays.
    void crash(std::size_t number) {
        Node& node = *nodes.at(number);
        node.is_up = false;
        node.machine = std::make_unique<Consensus>(options_.settings, signatures, node.signer.get());
        node.candidates.clear();
    }

    // Whether a message gets from one to the other, and how long it takes; replaced by tests.
    std::function<std::optional<std::chrono::milliseconds>(std::size_t, std::size_t, const ledger::Message&)> link =
        [this](std::size_t, std::size_t, const ledger::Message&) { return std::optional(options_.delay); };
    // What a generator answers; nothing: it stays silent.
    std::function<std::optional<ledger::Block>(Node&, const BuildCandidate&)> build =
        [this](Node& node, const BuildCandidate& wanted) { return std::optional(make_block(node, wanted)); };
    std::function<Verdict(Node&, const ledger::Block&)> judge = [](Node&, const ledger::Block&) {
        return Verdict::valid;
    };
    // What the other one gets instead of a message of this node's own: provisioners that lie.
    std::function<MessagePtr(std::size_t, std::size_t, const MessagePtr&)> rewrite{};
    std::chrono::milliseconds build_time{30};
    std::chrono::milliseconds judge_time{10};

    [[nodiscard]] ledger::Block make_block(const Node& node, const BuildCandidate& wanted, std::uint64_t salt = 0) {
        const auto slot = tip.timestamp + static_cast<std::uint64_t>(options_.settings.minimum_block_time.count());
        const auto seconds = std::chrono::floor<std::chrono::seconds>(now().wall.time_since_epoch()).count();
        return test_block(tip, wanted, node.signer->key(), std::max(slot, static_cast<std::uint64_t>(seconds)), salt);
    }

    // A message from outside, as if node `from` had sent it; without the delay of the link.
    MessageVerdict inject(std::size_t to, const MessagePtr& message) { return deliver(*nodes.at(to), message); }
    template <class Body>
    MessageVerdict inject(std::size_t to, Body body) {
        return inject(to, std::make_shared<const ledger::Message>(ledger::Message{.payload = std::move(body)}));
    }
    void broadcast_from(std::size_t from, const MessagePtr& message) { broadcast(*nodes.at(from), message); }

    // Runs until `done`, or for this long.
    bool run_until(const std::function<bool()>& done, std::chrono::milliseconds most) {
        const MonotonicTime end = clock_.monotonic_time() + most;
        while (!done()) {
            if (events_.empty() || events_.top().time > end) {
                if (end > clock_.monotonic_time()) clock_.advance(end - clock_.monotonic_time());
                return done();
            }
            const Event event = events_.top();
            events_.pop();
            if (event.time > clock_.monotonic_time()) clock_.advance(event.time - clock_.monotonic_time());
            event.act();
        }
        return true;
    }
    void run_for(std::chrono::milliseconds time) {
        run_until([] { return false; }, time);
    }
    bool run_until_accepted(std::chrono::milliseconds most) {
        return run_until(
            [&] { return std::ranges::all_of(nodes, [](const auto& node) { return !node->is_up || node->accepted; }); },
            most);
    }

    std::uint64_t random_below(std::uint64_t count) { return random_.next_u64() % count; }

  private:
    struct Event {
        MonotonicTime time;
        std::uint64_t order;
        std::function<void()> act;
        friend bool operator<(const Event& a, const Event& b) {
            return std::pair(a.time, a.order) > std::pair(b.time, b.order);
        }
    };
    void after(std::chrono::nanoseconds delay, std::function<void()> act) {
        events_.push({clock_.monotonic_time() + delay, order_++, std::move(act)});
    }

    // Flooding: whoever takes a message hands it on, and nobody is given the same one twice.
    void broadcast(Node& from, const MessagePtr& original) {
        from.sent.push_back(original);
        for (const auto& to : nodes) {
            if (to->number == from.number) continue;
            const MessagePtr message = rewrite ? rewrite(from.number, to->number, original) : original;
            if (delivered_.contains({to->number, message})) continue;
            const auto delay = link(from.number, to->number, *message);
            if (!delay) continue;
            after(*delay, [this, to = to.get(), message] {
                if (!to->is_up || !delivered_.emplace(to->number, message).second) return;
                deliver(*to, message);
            });
        }
    }

    MessageVerdict deliver(Node& node, const MessagePtr& message) {
        if (const auto* quorum = std::get_if<ledger::QuorumMessage>(&message->payload)) {
            if (!node.committees || quorum->header.round != node.committees->round().value) {
                return MessageVerdict::ignored;
            }
            const auto holds =
                verify_attestation(quorum->attestation, quorum->header, *node.committees, {}, signatures);
            if (!holds) return MessageVerdict::rejected;
        }
        const MessageVerdict verdict = node.machine->on_message(message, now());
        ++node.verdicts[verdict];
        carry_out(node);
        return verdict;
    }

    void carry_out(Node& node) {
        for (Action& action : node.machine->take_actions()) {
            std::visit([&](auto& what) { act(node, what); }, action);
        }
        schedule(node);
    }

    void schedule(Node& node) {
        const auto wakeup = node.machine->wakeup();
        if (!wakeup || node.wakes == wakeup) return;
        node.wakes = wakeup;
        const auto delay = std::max(*wakeup - clock_.monotonic_time(), std::chrono::nanoseconds(0));
        after(delay, [this, &node, time = *wakeup] {
            if (node.wakes != time) return;
            node.wakes.reset();
            node.machine->on_time(now());
            carry_out(node);
        });
    }

    void act(Node& node, const Broadcast& what) { broadcast(node, what.message); }
    void act(Node& node, const BlockAgreed& what) {
        const auto& quorum = std::get<ledger::QuorumMessage>(what.quorum->payload);
        node.agreements.push_back(
            {quorum.header.iteration, *quorum.attestation.result.vote.block(), quorum.attestation});
        broadcast(node, what.quorum);
        accept(node);
    }
    void act(Node& node, const BuildCandidate& what) {
        node.built.push_back(what.header);
        auto block = build(node, what);
        if (!block) return;
        after(build_time, [this, &node, block = std::move(*block)] {
            node.machine->on_candidate_built(block, now());
            carry_out(node);
        });
    }
    void act(Node& node, const JudgeCandidate& what) {
        after(judge_time, [this, &node, block = what.block] {
            node.machine->on_candidate_judged(block->header.hash, judge(node, *block), now());
            carry_out(node);
        });
    }
    void act(Node& node, const KeepCandidate& what) {
        node.candidates.emplace(what.block->header.hash, what.block);
        accept(node);
    }
    void act(Node& node, const KeepValidationResult& what) { node.results.emplace(what.header.iteration, what.result); }
    void act(Node& node, const IterationBegun& what) { node.last_iteration = what.iteration; }
    void act(Node& node, const StepTook& what) { node.took.push_back(what); }
    // Everybody who has it answers.
    void act(Node& node, const Ask& what) {
        node.asked.push_back(what);
        for (const ledger::InventoryItem& item : what.inventory.items) {
            if (const auto* wanted = std::get_if<ledger::CandidateOfIteration>(&item)) {
                for (const auto& other : nodes) answer(*other, node, wanted->header);
            }
            if (const auto* wanted = std::get_if<ledger::ValidationResultOf>(&item)) {
                for (const auto& other : nodes) {
                    const auto known = other->results.find(wanted->header.iteration);
                    if (!other->is_up || known == other->results.end()) continue;
                    send(*other, node, ledger::ValidationQuorumMessage{wanted->header, known->second});
                }
            }
        }
    }
    void answer(const Node& from, Node& to, const ledger::ConsensusHeader& header) {
        for (const auto& [hash, block] : from.candidates) {
            if (!from.is_up || block->header.iteration != header.iteration) continue;
            send(from, to, ledger::CandidateMessage{*block});
        }
    }
    void act(Node& node, const CannotSign& what) { node.refusals.push_back(what); }
    void act(Node& node, const EquivocationSeen& what) { node.faults.push_back(what.fault); }

    // What the chain does: the block is taken when both its quorum and its body are there.
    void accept(Node& node) {
        if (!node.takes_blocks || node.accepted) return;
        for (const Agreement& agreement : node.agreements) {
            if (!node.candidates.contains(agreement.block)) continue;
            node.accepted = agreement.block;
            // Not from within its own call.
            after(std::chrono::milliseconds(0), [&node] { node.machine->stop(); });
            if (node.helps) help(node, agreement);
            return;
        }
    }
    void help(Node& node, const Agreement& agreement) {
        const ledger::ConsensusHeader header{tip.hash, tip.height.value + 1, agreement.iteration};
        for (const auto& to : nodes) {
            if (to->accepted || !to->is_up) continue;
            send(node, *to, ledger::QuorumMessage{header, agreement.attestation});
            if (const auto block = node.candidates.find(agreement.block); block != node.candidates.end()) {
                send(node, *to, ledger::CandidateMessage{*block->second});
            }
        }
        after(std::chrono::seconds(10), [this, &node, agreement] { help(node, agreement); });
    }
    template <class Body>
    void send(const Node& from, Node& to, Body body) {
        const auto message = std::make_shared<const ledger::Message>(ledger::Message{.payload = std::move(body)});
        const auto delay = link(from.number, to.number, *message);
        if (!delay) return;
        after(*delay, [this, &to, message] {
            if (to.is_up) deliver(to, message);
        });
    }

    Options options_;
    ManualClock clock_;
    crypto::ChaChaRng random_;
    std::priority_queue<Event> events_;
    std::uint64_t order_ = 0;
    std::set<std::pair<std::size_t, MessagePtr>> delivered_;
    Provisioners provisioners_;

  public:
    KeyedHashSignatures signatures;
    ledger::BlockHeader tip;
    std::shared_ptr<RoundCommittees> committees;  // of the test itself
    std::vector<std::unique_ptr<Node>> nodes;
};

}  // namespace dusk::consensus
