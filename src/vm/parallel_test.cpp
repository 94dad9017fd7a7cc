// Sessions on several threads: reads during writes, commits during queries, and no state in between.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "vm/test_machine.hpp"

namespace dusk::vm {
namespace {

constexpr std::uint64_t kGas = 100'000'000;

class Parallel : public MachineTest {
  protected:
    // Both counters are raised together, so that every commit has them equal.
    static bool raise(Session& session, const ContractId& a, const ContractId& b) {
        return session.call(a, "increment", {}, kGas) && session.call(b, "increment", {}, kGas);
    }
    static std::int64_t value(Session& session, const ContractId& contract) {
        const auto receipt = session.call(contract, "read_value", {}, kGas);
        if (!receipt || receipt->data.size() != 8) return -1;
        return static_cast<std::int64_t>(load_le<std::uint64_t>(receipt->data.data()));
    }
};

TEST_F(Parallel, QueriesSeeWholeCommits) {
    const auto machine = open();
    auto session = machine->genesis_session(0xFA);
    const Bytes code = test_contract("counter");
    const ContractId a = session->deploy(ContractId{1}, code, {}, {}, kGas)->contract;
    const ContractId b = session->deploy(ContractId{2}, code, {}, {}, kGas)->contract;
    const std::int64_t first = value(*session, a);
    std::mutex mutex;
    Hash head = *session->commit();
    std::atomic<bool> done = false;
    std::atomic<int> torn = 0;
    std::atomic<int> looked = 0;

    std::vector<std::jthread> readers;
    for (int i = 0; i < 3; ++i) {
        readers.emplace_back([&] {
            while (!done) {
                Hash at{};
                {
                    const std::scoped_lock lock(mutex);
                    at = head;
                }
                const auto query = machine->session(at, 0xFA, 1);
                if (!query) continue;  // finalized meanwhile
                if (value(**query, a) != value(**query, b)) ++torn;
                ++looked;
            }
        });
    }
    constexpr int kCommits = 60;
    for (int i = 0; i < kCommits; ++i) {
        auto writer = machine->session(head, 0xFA, 1);
        ASSERT_TRUE(writer);
        ASSERT_TRUE(raise(**writer, a, b));
        const Hash next = *(*writer)->commit();
        const Hash previous = head;
        {
            const std::scoped_lock lock(mutex);
            head = next;
        }
        ASSERT_TRUE(machine->store().finalize(previous));
    }
    done = true;
    readers.clear();
    EXPECT_EQ(torn, 0);
    EXPECT_GT(looked, 0);
    const auto last = machine->session(head, 0xFA, 1);
    EXPECT_EQ(value(**last, a), first + kCommits);
}

TEST_F(Parallel, SiblingCommitsDoNotMix) {
    const auto machine = open();
    auto session = machine->genesis_session(0xFA);
    const ContractId counter = session->deploy({}, test_contract("counter"), {}, {}, kGas)->contract;
    const std::int64_t first = value(*session, counter);
    const Hash base = *session->commit();
    constexpr int kThreads = 4;
    std::array<Hash, kThreads> commits{};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < kThreads; ++i) {
            threads.emplace_back([&, i] {
                auto mine = machine->session(base, 0xFA, 1);
                for (int n = 0; n <= i; ++n) EXPECT_TRUE((*mine)->call(counter, "increment", {}, kGas));
                commits.at(static_cast<std::size_t>(i)) = *(*mine)->commit();
            });
        }
    }
    for (int i = 0; i < kThreads; ++i) {
        const auto mine = machine->session(commits.at(static_cast<std::size_t>(i)), 0xFA, 1);
        EXPECT_EQ(value(**mine, counter), first + i + 1);
    }
}

}  // namespace
}  // namespace dusk::vm
