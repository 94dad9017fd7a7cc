// A chain service among peers that send good blocks, changed ones, and anything else, in any order; time passes, and
// the process is killed now and then. What is final stays, and the node always starts again.
#include "chain/service.hpp"
#include "chain/test_network.hpp"
#include "input.hpp"
#include "require.hpp"

namespace {

using namespace dusk;
using namespace dusk::chain;
using fuzz::require;
using ledger::Block;

const TestNetwork& network() {
    static const TestNetwork one;
    return one;
}

class Run {
  public:
    explicit Run(fuzz::Input input) : input_(input) {
        open();
        auto other = Chain::open({&other_disk_.store, &other_disk_.states, &pool_, &signatures_, nullptr, &random_},
                                 std::chrono::seconds(10), network().genesis);
        require(other.has_value());
        other_ = *std::move(other);
    }
    void run() {
        for (int steps = 0; steps < 200 && !input_.is_empty(); ++steps) {
            step(input_.next());
            look();
        }
        disk_.store.writes_left.reset();
        open();
        look();
    }

  private:
    void open() {
        service_.reset();
        disk_.store.writes_left.reset();
        auto opened = ChainService::open(ServiceSettings{},
                                         {&disk_.store, &disk_.states, &pool_, &signatures_, nullptr, &random_},
                                         network().genesis);
        require(opened.has_value());
        service_ = *std::move(opened);
        service_->start(now_);
    }
    void step(std::uint8_t what) {
        switch (what % 12) {
            case 0:
                return give(TestNetwork::block_on(service_->chain().head(), wish()));
            case 1:
                return extend_other();
            case 2:
                return give_other(input_.next());
            case 3:
                return give(changed(TestNetwork::block_on(service_->chain().head(), wish())));
            case 4:
                return give(changed(TestNetwork::block_on(other_->head(), wish())));
            case 5:
                return quorum(service_->chain().head());
            case 6:
                return quorum(other_->head());
            case 7:
                return candidate();
            case 8:
                return pass(std::chrono::seconds(input_.next()));
            case 9:
                return anything();
            case 10:
                disk_.store.writes_left = input_.next() % 8;
                return;
            default:
                return open();
        }
    }
    [[nodiscard]] TestNetwork::Wish wish() {
        const std::uint8_t byte = input_.next();
        return {.iteration = static_cast<std::uint8_t>(byte % 4),
                .later = (byte >> 2U) % 4U,
                .shows_failed = (byte & 0x10U) != 0};
    }
    [[nodiscard]] Block changed(Block block) {
        const std::uint8_t how = input_.next();
        ledger::BlockHeader& header = block.header;
        switch (how % 8) {
            case 0:
                header.timestamp += how;
                break;
            case 1:
                header.prev_block_hash.bytes[0] ^= 1U;
                break;
            case 2:
                header.state_root.bytes[0] ^= 1U;
                break;
            case 3:
                header.attestation.validation.voters ^= how;
                break;
            case 4:
                header.iteration ^= how;
                break;
            case 5:
                header.height.value += how;
                break;
            case 6:
                header.attestation = {};
                break;
            default:
                header.seed.bytes[0] ^= 1U;
        }
        if ((how & 0x80U) != 0) TestNetwork::seal(block);
        return block;
    }
    void extend_other() {
        Block block = TestNetwork::block_on(other_->head(), wish());
        std::vector<Action> events;
        const Now now{WallTime::max(), {}};
        require(other_->accept(std::make_shared<const Block>(block), now, events).has_value());
        give(block);
    }
    void give_other(std::uint8_t height) {
        const auto at = *other_disk_.store.at({height});
        if (at) give(**other_disk_.store.block(at->hash));
    }
    void give(Block block) { receive(ledger::BlockMessage{std::move(block)}); }
    void quorum(const Head& head) {
        const Block block = TestNetwork::block_on(head, wish());
        if (input_.next() % 2 == 0) static_cast<void>(disk_.store.keep_candidate(block));
        receive(ledger::QuorumMessage{consensus_header(block.header), block.header.attestation});
    }
    void candidate() {
        Block block = TestNetwork::block_on(service_->chain().head(), wish());
        block.header.attestation = {};
        receive(ledger::CandidateMessage{std::move(block)});
    }
    void anything() {
        const std::size_t size = 4 * std::size_t{input_.next()};
        if (const auto message = ledger::decode<ledger::Message>(input_.take(size))) receive(message->payload);
    }
    void receive(ledger::MessagePayload payload) {
        const ledger::SocketAddress peer{ByteArray<4>{10, 0, 0, static_cast<std::uint8_t>(input_.next() % 8)}, 9000};
        const auto message = std::make_shared<const ledger::Message>(ledger::Message{.payload = std::move(payload)});
        service_->on_message(peer, message, now_);
        act();
    }
    void pass(std::chrono::seconds time) {
        const MonotonicTime end = now_.steady + time;
        for (int i = 0; i < 100 && now_.steady < end; ++i) {
            const MonotonicTime next = std::min(end, std::max(service_->wakeup(), now_.steady));
            now_.wall += std::chrono::duration_cast<std::chrono::milliseconds>(next - now_.steady);
            now_.steady = next + std::chrono::milliseconds(1);
            service_->on_time(now_);
            act();
        }
    }
    // Requests for blocks are answered out of the other chain; candidates are judged.
    void act() {
        for (int rounds = 0; rounds < 20; ++rounds) {
            auto actions = service_->take_actions();
            if (actions.empty()) return;
            for (const Action& action : actions) {
                if (const auto* judge = std::get_if<JudgeCandidate>(&action)) {
                    const bool good = disk_.states.verify(*judge->block, judge->base, judge->voters).has_value();
                    service_->on_candidate_judged(judge->block->header.hash,
                                                  good ? consensus::Verdict::valid : consensus::Verdict::invalid, now_);
                }
                if (const auto* sent = std::get_if<SendTo>(&action)) answer(*sent);
            }
        }
        static_cast<void>(service_->take_actions());
    }
    void answer(const SendTo& sent) {
        const auto* request = std::get_if<ledger::GetResourceMessage>(&sent.message->payload);
        if (request == nullptr) return;
        for (const auto& item : request->inventory.items) {
            const auto* height = std::get_if<ledger::BlockByHeight>(&item);
            const auto* hash = std::get_if<ledger::BlockByHash>(&item);
            std::optional<Block> block;
            if (hash != nullptr) block = *other_disk_.store.block(hash->hash);
            if (height != nullptr) {
                const auto at = *other_disk_.store.at(height->height);
                if (at) block = *other_disk_.store.block(at->hash);
            }
            if (!block) continue;
            const auto message = std::make_shared<const ledger::Message>(
                ledger::Message{.payload = ledger::BlockMessage{*std::move(block)}});
            service_->on_message(sent.peer, message, now_);
        }
    }
    void look() {
        const Chain& chain = service_->chain();
        require(chain.last_final() <= chain.tip().height);
        for (std::uint64_t height = 0; height <= chain.last_final().value; ++height) {
            const auto hash = (*disk_.store.at({height}))->hash;
            require(final_.emplace(height, hash).first->second == hash);
        }
        if (chain.broken() != nullptr) return open();
        require((*disk_.store.tip())->hash == chain.tip().hash);
        require(disk_.states.has(chain.tip().state_root));
    }

    fuzz::Input input_;
    TestDisk disk_{network()};
    TestDisk other_disk_{network()};
    HashSignatures signatures_;
    EmptyPool pool_;
    crypto::ChaChaRng random_{1};
    Now now_{WallTime(std::chrono::seconds(TestNetwork::kGenesisTime + 100'000)), MonotonicTime(std::chrono::hours(1))};
    std::unique_ptr<ChainService> service_;
    std::unique_ptr<Chain> other_;
    std::map<std::uint64_t, ledger::BlockHash> final_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Run(fuzz::Input(data, size)).run();
    return 0;
}
