// A store that is stopped at every call to the system: what was committed is there afterwards, and nothing in part.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "vm/store/store_script.hpp"

namespace dusk::vm {
namespace {

// Opens what is left of a stopped store: the state before or after the step that was under way.
void expect_whole(MemoryFiles& left, Durability durability, const Script& script, std::size_t done,
                  std::uint64_t call) {
    const auto store = Store::open("db", in(left, durability));
    ASSERT_TRUE(store.has_value()) << describe(store.error()) << " after call " << call;
    const Expected before = done == 0 ? Expected() : script.steps()[done - 1].after;
    const bool is_before = holds(**store, before);
    const bool is_after = !is_before && done < script.steps().size() && holds(**store, script.steps()[done].after);
    EXPECT_TRUE(is_before || is_after) << "after call " << call;
    EXPECT_TRUE(check_store(**store).findings.empty()) << "after call " << call;
    // And it goes on.
    for (std::size_t i = is_before ? done : done + 1; i < script.steps().size(); ++i) {
        ASSERT_FALSE(script.steps()[i].run(**store).has_value()) << "step " << i << " after call " << call;
    }
    EXPECT_TRUE(holds(**store, script.steps().back().after)) << "after call " << call;
}

void stop_everywhere(Durability durability, bool power) {
    const Script script;
    std::mt19937_64 random(7);
    for (std::uint64_t call = 0;; ++call) {
        MemoryFiles files;
        files.stop_at(call, MemoryFiles::Stop::end);
        const std::size_t done = run_until_stopped(files, durability, script);
        if (!files.ended()) {
            EXPECT_EQ(done, script.steps().size());
            EXPECT_GT(call, 50U);
            return;
        }
        for (int i = 0; i < (power ? 3 : 1); ++i) {
            const auto left = power ? files.after_power_loss(random) : files.after_kill();
            expect_whole(*left, durability, script, done, call);
            if (testing::Test::HasFailure()) return;
        }
    }
}

TEST(StoreFaultsTest, AKillAtAnyCallLosesNothing) { stop_everywhere(Durability::process, false); }
TEST(StoreFaultsTest, AKillAtAnyCallLosesNothingOfADurableStore) { stop_everywhere(Durability::power_loss, false); }
TEST(StoreFaultsTest, ALossOfPowerAtAnyCallLosesNothing) { stop_everywhere(Durability::power_loss, true); }

// A call that fails, such as on a full disk, is an error of that step; the store goes on, or says to open it again.
TEST(StoreFaultsTest, AFailedCallLeavesTheStoreAsItWas) {
    const Script script;
    for (const int error : {ENOSPC, EIO}) {
        for (std::uint64_t call = 0;; ++call) {
            MemoryFiles files;
            files.stop_at(call, MemoryFiles::Stop::fail_once, error);
            auto store = Store::open("db", in(files, Durability::power_loss));
            if (!store) {
                EXPECT_EQ(store.error().kind, error == ENOSPC ? StoreError::no_space : StoreError::io);
                store = Store::open("db", in(files, Durability::power_loss));
                ASSERT_TRUE(store.has_value()) << describe(store.error()) << " after call " << call;
            }
            for (std::size_t i = 0; i < script.steps().size(); ++i) {
                const auto failure = script.steps()[i].run(**store);
                if (!failure) continue;
                EXPECT_EQ(failure->kind, error == ENOSPC ? StoreError::no_space : StoreError::io);
                const Expected before = i == 0 ? Expected() : script.steps()[i - 1].after;
                EXPECT_TRUE(holds(**store, before)) << "call " << call;
                auto again = script.steps()[i].run(**store);
                if (again && again->kind == StoreError::failed_before) {
                    store->reset();
                    store = Store::open("db", in(files, Durability::power_loss));
                    ASSERT_TRUE(store.has_value()) << describe(store.error()) << " after call " << call;
                    again = holds(**store, before) ? script.steps()[i].run(**store) : std::nullopt;
                }
                ASSERT_FALSE(again.has_value()) << describe(*again) << " call " << call;
            }
            EXPECT_TRUE(holds(**store, script.steps().back().after)) << "call " << call;
            if (files.calls() <= call || testing::Test::HasFailure()) break;
        }
    }
}

// A child commits in a loop until it is killed; its parent looks at what is on the disk.
TEST(StoreFaultsTest, SurvivesSigkill) {
    const auto folder = std::filesystem::temp_directory_path() / ("dusk-store-kill-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    StoreOptions options{.durability = Durability::process, .smallest_tail = 4000};
    std::uint32_t seed = 1;
    for (unsigned round = 0; round < 12; ++round) {
        int told[2];
        ASSERT_EQ(::pipe(told), 0);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            auto store = Store::open(folder, options);
            if (!store) ::_exit(1);
            for (std::uint32_t i = seed;; ++i) {
                const auto ids = (*store)->commits();
                const StatePtr base = ids.empty() ? (*store)->genesis() : *(*store)->state(ids.front());
                const bool is_new = base->find(script_id(1)) == nullptr;
                ModelContract contract{.memory_length = i, .bytecode = Bytes(100, 1)};
                for (std::uint32_t j = 0; j < 8; ++j) contract.pages[j] = i + j;
                ModelChanges changes;
                changes.add(script_id(1), contract, is_new, {0, 1, 2, 3, 4, 5, 6, 7});
                auto prepared = (*store)->prepare(base, changes.changes);
                const auto id = (*store)->commit(std::move(*prepared));
                if (!id) ::_exit(2);
                (void)!::write(told[1], &i, sizeof i);  // this commit is promised
                if (!ids.empty() && !(*store)->finalize(ids.front())) ::_exit(3);
            }
        }
        ::close(told[1]);
        ::usleep(20000 + 13000 * round);
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_TRUE(WIFSIGNALED(status)) << status;
        std::uint32_t promised = 0;
        for (std::uint32_t got = 0; ::read(told[0], &got, sizeof got) == sizeof got;) promised = got;
        ::close(told[0]);

        const auto store = Store::open(folder, options);
        ASSERT_TRUE(store.has_value()) << describe(store.error());
        EXPECT_TRUE(check_store(**store).findings.empty());
        std::uint64_t last = 0;
        for (const Hash& id : (*store)->commits()) {
            const ContractRecord* contract = (*(*store)->state(id))->find(script_id(1));
            last = std::max(last, contract->memory_length);
            Bytes content(kPageSize);
            for (std::uint32_t j = 0; j < 8; ++j) {
                ASSERT_TRUE(contract->page(j)->read(content).has_value());
                EXPECT_EQ(content, model_page(static_cast<std::uint32_t>(contract->memory_length) + j));
            }
        }
        EXPECT_GE(last, promised);
        seed = static_cast<std::uint32_t>(last) + 1;
        // Only one commit goes on.
        while ((*store)->commits().size() > 1) ASSERT_TRUE((*store)->remove((*store)->commits().front()).has_value());
    }
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace dusk::vm
