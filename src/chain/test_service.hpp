// A chain service whose messages a test sees and sends, with peers that answer from a chain of their own.
#pragma once

#include <gtest/gtest.h>

#include <functional>

#include "chain/service.hpp"
#include "chain/test_node.hpp"

namespace dusk::chain {

inline ledger::SocketAddress test_peer(std::uint8_t number) { return {ByteArray<4>{10, 0, 0, number}, 9000}; }

inline MessagePtr message_of(ledger::MessagePayload payload) {
    return std::make_shared<const ledger::Message>(ledger::Message{.payload = std::move(payload)});
}

class TestService {
  public:
    explicit TestService(const TestNetwork& network) : disk(network), network_(network) {
        settings.own_address = test_peer(200);
        now = {WallTime(std::chrono::seconds(TestNetwork::kGenesisTime + 1'000'000)),
               MonotonicTime(std::chrono::hours(1))};
        open();
    }
    void open() {
        service.reset();
        auto opened = ChainService::open(settings, {&disk.store, &disk.states, &pool, &signatures, signer, &random},
                                         network_.genesis);
        ASSERT_TRUE(opened) << opened.error().text;
        service = *std::move(opened);
        service->start(now);
        collect();
    }
    void receive(const ledger::SocketAddress& peer, ledger::MessagePayload payload) {
        service->on_message(peer, message_of(std::move(payload)), now);
        collect();
    }
    void block(const ledger::SocketAddress& peer, const ledger::Block& block) {
        receive(peer, ledger::BlockMessage{block});
    }
    // Time passes; whatever is due is done.
    void pass(std::chrono::milliseconds time) {
        const MonotonicTime end = now.steady + time;
        while (now.steady < end) {
            const MonotonicTime next =
                std::min(end, std::max(service->wakeup(), now.steady + std::chrono::milliseconds(1)));
            now.wall += std::chrono::duration_cast<std::chrono::milliseconds>(next - now.steady);
            now.steady = next;
            service->on_time(now);
            collect();
        }
    }
    void collect() {
        for (Action& action : service->take_actions()) actions.push_back(std::move(action));
    }
    // All actions of a kind, out of the list.
    template <class T>
    std::vector<T> take() {
        std::vector<T> out;
        std::erase_if(actions, [&](Action& action) {
            auto* one = std::get_if<T>(&action);
            if (one != nullptr) out.push_back(std::move(*one));
            return one != nullptr;
        });
        return out;
    }
    // Messages of a kind that were sent to a peer.
    template <class T>
    std::vector<T> sent(const ledger::SocketAddress& peer) {
        std::vector<T> out;
        std::erase_if(actions, [&](Action& action) {
            const auto* one = std::get_if<SendTo>(&action);
            const auto* payload =
                one == nullptr || one->peer != peer ? nullptr : std::get_if<T>(&one->message->payload);
            if (payload != nullptr) out.push_back(*payload);
            return payload != nullptr;
        });
        return out;
    }
    [[nodiscard]] const Chain& chain() const { return service->chain(); }
    [[nodiscard]] std::uint64_t height() const { return chain().tip().height.value; }

    // Answers what was asked of the peer out of another chain, until nothing is asked. `send` may change what is sent,
    // or send nothing.
    using Send = std::function<void(const ledger::Block&)>;
    void serve(const ledger::SocketAddress& peer, TestNode& from,
               const std::function<void(const ledger::Block&, const Send&)>& filter = {}) {
        for (auto requests = sent<ledger::GetResourceMessage>(peer); !requests.empty();
             requests = sent<ledger::GetResourceMessage>(peer)) {
            for (const auto& request : requests) {
                for (const auto& item : request.inventory.items) {
                    const auto found = find(item, from);
                    if (!found) continue;
                    const Send send = [&](const ledger::Block& one) { block(peer, one); };
                    if (filter) {
                        filter(*found, send);
                    } else {
                        send(*found);
                    }
                }
            }
        }
    }

    ServiceSettings settings;
    TestDisk disk;
    HashSignatures signatures;
    consensus::Signer* signer = nullptr;
    EmptyPool pool;
    crypto::ChaChaRng random{3};
    std::unique_ptr<ChainService> service;
    Now now;
    std::vector<Action> actions;

  private:
    static std::optional<ledger::Block> find(const ledger::InventoryItem& item, TestNode& from) {
        if (const auto* height = std::get_if<ledger::BlockByHeight>(&item)) {
            const auto at = *from.disk.store.at(height->height);
            return at ? *from.disk.store.block(at->hash) : std::nullopt;
        }
        if (const auto* hash = std::get_if<ledger::BlockByHash>(&item)) return *from.disk.store.block(hash->hash);
        return {};
    }
    const TestNetwork& network_;
};

}  // namespace dusk::chain
