// A node that only has a chain, for tests.
#pragma once

#include <gtest/gtest.h>

#include "chain/test_network.hpp"

namespace dusk::chain {

class TestNode {
  public:
    explicit TestNode(const TestNetwork& network) : disk(network), network_(network) { open(); }

    // As after a crash: what was written is there, and nothing else.
    void restart() {
        chain.reset();
        auto opened = try_open();
        ASSERT_TRUE(opened) << opened.error().text;
        chain = *std::move(opened);
    }
    [[nodiscard]] Result<std::unique_ptr<Chain>, StartFailure> try_open() {
        return Chain::open({&disk.store, &disk.states, &pool, &signatures, nullptr, &random}, std::chrono::seconds(10),
                           network_.genesis, history);
    }
    [[nodiscard]] ledger::Block make(const TestNetwork::Wish& wish = {}) const {
        return TestNetwork::block_on(chain->head(), wish);
    }
    [[nodiscard]] Result<void, BlockRefusal> accept(const ledger::Block& block) {
        events.clear();
        return chain->accept(std::make_shared<const ledger::Block>(block), at(block.header.timestamp), events);
    }
    void extend(int count, const TestNetwork::Wish& wish = {}) {
        for (int i = 0; i < count; ++i) {
            const auto accepted = accept(make(wish));
            ASSERT_TRUE(accepted) << describe(accepted.error());
        }
    }
    static Now at(std::uint64_t seconds) { return {WallTime(std::chrono::seconds(seconds)), MonotonicTime{}}; }
    [[nodiscard]] ledger::Label label(std::uint64_t height) { return disk.store.content.heights.at({height}).label; }

    History history{};
    TestDisk disk;
    HashSignatures signatures;
    EmptyPool pool;
    crypto::ChaChaRng random{1};
    std::unique_ptr<Chain> chain;
    std::vector<Action> events;

  private:
    void open() {
        auto opened = try_open();
        ASSERT_TRUE(opened) << opened.error().text;
        chain = *std::move(opened);
    }
    const TestNetwork& network_;
};

}  // namespace dusk::chain
