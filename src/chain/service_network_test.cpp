// Several nodes with consensus, chain and sync, in virtual time: who is cut off comes back by itself.
#include <gtest/gtest.h>

#include <queue>

#include "chain/service.hpp"
#include "chain/test_network.hpp"

namespace dusk::chain {
namespace {

using ledger::Block;
using std::chrono::milliseconds;
using std::chrono::seconds;

class HashSigner final : public consensus::Signer {
  public:
    explicit HashSigner(const consensus::TestKey& key) : key_(key) {}
    [[nodiscard]] const crypto::BlsPublicKey& key() const override { return key_.key; }
    Result<ledger::SignatureBytes, consensus::SigningError> sign(const consensus::SigningSlot& slot,
                                                                 ByteView message) override {
        // What a journal does.
        const auto [known, is_new] = signed_.emplace(slot, to_vector(message));
        if (!is_new && !equal(known->second, message)) return fail(consensus::SigningError::conflict);
        return HashSignatures::sign(key_.bytes, message);
    }
    ledger::Seed sign_seed(const ledger::Seed& previous) override {
        return {HashSignatures::sign(key_.bytes, previous.bytes).bytes};
    }

  private:
    const consensus::TestKey& key_;
    std::map<consensus::SigningSlot, Bytes> signed_;
};

class Cluster {
  public:
    struct Member {
        Member(const TestNetwork& network, const consensus::TestKey& key, std::uint8_t number)
            : disk(network), signer(key), random(number), address{ByteArray<4>{10, 0, 0, number}, 9000} {}
        TestDisk disk;
        HashSignatures signatures;
        HashSigner signer;
        EmptyPool pool;
        crypto::ChaChaRng random;
        ledger::SocketAddress address;
        std::unique_ptr<ChainService> service;
        int group = 0;  // members of one group hear each other
    };

    explicit Cluster(std::size_t count) : network_(count) {
        for (std::size_t i = 0; i < count; ++i) {
            members.push_back(std::make_unique<Member>(network_, network_.keys[i], static_cast<std::uint8_t>(i + 1)));
        }
        for (auto& member : members) start(*member);
    }
    void start(Member& member) {
        ServiceSettings settings;
        settings.own_address = member.address;
        auto opened = ChainService::open(
            settings,
            {&member.disk.store, &member.disk.states, &member.pool, &member.signatures, &member.signer, &member.random},
            network_.genesis);
        ASSERT_TRUE(opened) << opened.error().text;
        member.service = *std::move(opened);
        member.service->start(now());
        act(member);
    }
    // The process ends without a word; what it wrote is there.
    static void kill(Member& member) { member.service.reset(); }

    void run(milliseconds time) {
        const milliseconds end = time_ + time;
        while (true) {
            milliseconds next = queue_.empty() ? end : queue_.top().time;
            Member* due = nullptr;
            for (auto& member : members) {
                if (!member->service) continue;
                const auto wakeup = std::chrono::ceil<milliseconds>(member->service->wakeup().time_since_epoch());
                if (wakeup < next) {
                    next = std::max(wakeup, time_);
                    due = member.get();
                }
            }
            if (next >= end) break;
            time_ = next;
            if (due != nullptr) {
                due->service->on_time(now());
                act(*due);
            } else {
                deliver();
            }
        }
        time_ = end;
    }
    [[nodiscard]] std::uint64_t height(std::size_t member) const {
        return members[member]->service->chain().tip().height.value;
    }
    // Whether all that run have this height and more, and the same block at each.
    void expect_agreement(std::uint64_t least) {
        std::uint64_t common = ~std::uint64_t{0};
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (members[i]->service) common = std::min(common, members[i]->service->chain().last_final().value);
        }
        EXPECT_GE(common, least);
        for (std::uint64_t at = 0; at <= common; ++at) {
            std::set<ledger::BlockHash> hashes;
            for (auto& member : members) {
                if (member->service) hashes.insert((*member->disk.store.at({at}))->hash);
            }
            EXPECT_EQ(hashes.size(), 1U) << at;
        }
    }

    std::vector<std::unique_ptr<Member>> members;
    int lost_percent = 0;
    std::size_t broken = 0;

  private:
    struct Delivery {
        milliseconds time{};
        std::uint64_t number = 0;
        std::size_t to = 0;
        ledger::SocketAddress from{};
        MessagePtr message;
        bool operator>(const Delivery& other) const {
            return std::tie(time, number) > std::tie(other.time, other.number);
        }
    };
    [[nodiscard]] Now now() const {
        return {WallTime(seconds(TestNetwork::kGenesisTime) + time_), MonotonicTime(time_)};
    }
    void deliver() {
        const Delivery next = queue_.top();
        queue_.pop();
        Member& member = *members[next.to];
        if (!member.service) return;
        member.service->on_message(next.from, next.message, now());
        act(member);
    }
    void send(const Member& from, std::size_t to, const MessagePtr& message) {
        if (members[to]->group != from.group || static_cast<int>(random_.next_u64() % 100) < lost_percent) return;
        queue_.push({time_ + milliseconds(20 + random_.next_u64() % 180), ++number_, to, from.address, message});
    }
    void send_to_some(const Member& from, std::size_t count, const MessagePtr& message) {
        std::vector<std::size_t> others;
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (members[i].get() != &from) others.push_back(i);
        }
        while (count-- > 0 && !others.empty()) {
            const std::size_t chosen = random_.next_u64() % others.size();
            send(from, others[chosen], message);
            others.erase(others.begin() + static_cast<std::ptrdiff_t>(chosen));
        }
    }
    void act(Member& member) {
        for (auto actions = member.service->take_actions(); !actions.empty();
             actions = member.service->take_actions()) {
            for (Action& action : actions) act(member, action);
        }
    }
    void act(Member& member, Action& action) {
        if (const auto* all = std::get_if<Broadcast>(&action)) {
            send_to_some(member, members.size(), all->message);
        } else if (const auto* one = std::get_if<SendTo>(&action)) {
            for (std::size_t i = 0; i < members.size(); ++i) {
                if (members[i]->address == one->peer) send(member, i, one->message);
            }
        } else if (const auto* some = std::get_if<SendToAlive>(&action)) {
            send_to_some(member, some->peers, some->message);
        } else if (const auto* flood = std::get_if<Flood>(&action)) {
            send_to_some(member, flood->peers, flood->message);
        } else if (const auto* build = std::get_if<BuildCandidate>(&action)) {
            Block block{.header = build->frame.header};
            const auto time = std::chrono::floor<seconds>(now().wall.time_since_epoch()).count();
            block.header.timestamp = std::max(block.header.timestamp, static_cast<std::uint64_t>(time));
            block.header.state_root = TestStates::root_of(block, build->frame.base);
            member.service->on_candidate_built(block, now());
        } else if (const auto* judge = std::get_if<JudgeCandidate>(&action)) {
            const bool good = member.disk.states.verify(*judge->block, judge->base, judge->voters).has_value();
            member.service->on_candidate_judged(judge->block->header.hash,
                                                good ? consensus::Verdict::valid : consensus::Verdict::invalid, now());
        } else if (std::holds_alternative<Broken>(action)) {
            ++broken;
        }
    }

    TestNetwork network_;
    milliseconds time_{1000};
    std::priority_queue<Delivery, std::vector<Delivery>, std::greater<>> queue_;
    std::uint64_t number_ = 0;
    crypto::ChaChaRng random_{23};
};

TEST(ServiceNetwork, MakesFinalBlocks) {
    Cluster cluster(4);
    cluster.run(seconds(220));
    cluster.expect_agreement(18);
    EXPECT_EQ(cluster.broken, 0U);
}

TEST(ServiceNetwork, OneThatWasCutOffCatchesUp) {
    Cluster cluster(6);
    cluster.run(seconds(40));
    cluster.members[2]->group = 1;
    cluster.run(seconds(400));
    EXPECT_LT(cluster.height(2) + 10, cluster.height(0));
    cluster.members[2]->group = 0;
    cluster.run(seconds(90));
    EXPECT_GE(cluster.height(2) + 1, cluster.height(0));
    EXPECT_TRUE(cluster.members[2]->service->status().in_sync);
    cluster.expect_agreement(15);
}

TEST(ServiceNetwork, TwoHalvesGoOnTogether) {
    Cluster cluster(6);
    cluster.run(seconds(45));
    for (std::size_t i = 0; i < 3; ++i) cluster.members[i]->group = 1;
    cluster.run(seconds(120));
    for (auto& member : cluster.members) member->group = 0;
    const std::uint64_t before = cluster.height(0);
    // Iterations whose failure nobody could show put finality off by two blocks each.
    cluster.run(seconds(400));
    EXPECT_GT(cluster.height(0), before + 20);
    cluster.expect_agreement(before + 10);
}

TEST(ServiceNetwork, KillsStopNobodyForLong) {
    Cluster cluster(5);
    crypto::ChaChaRng random(3);
    for (int i = 0; i < 40; ++i) {
        cluster.run(milliseconds(1000 + random.next_u64() % 14'000));
        auto& member = *cluster.members[random.next_u64() % cluster.members.size()];
        Cluster::kill(member);
        cluster.run(milliseconds(random.next_u64() % 8000));
        cluster.start(member);
    }
    cluster.run(seconds(60));
    cluster.expect_agreement(20);
}

TEST(ServiceNetwork, LosingATenthOfAllMessagesIsNoMatter) {
    Cluster cluster(5);
    cluster.lost_percent = 10;
    cluster.run(seconds(600));
    cluster.lost_percent = 0;
    cluster.run(seconds(60));
    cluster.expect_agreement(30);
}

}  // namespace
}  // namespace dusk::chain
