// A store that is stopped at every call to the system: what was committed is there afterwards, and nothing in part.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "vm/store/maintenance.hpp"
#include "vm/store/memory_files.hpp"
#include "vm/store/store_model.hpp"

namespace dusk::vm {
namespace {

ContractId contract_id(std::uint8_t byte) {
    ContractId id;
    id.fill(byte);
    return id;
}

using Expected = std::map<Hash, Model>;

// A history of commits, ends of commits and checkpoints; what must be there after each step.
class Script {
  public:
    struct Step {
        std::function<std::optional<StoreFailure>(Store&)> run;
        Expected after;
    };

    Script() {
        const Hash a = commit({}, {{1, 5, 0}, {2, 6, 1}});
        const Hash b = commit(a, {{1, 7, 0}, {3, 5, 2}, {4, 0, 0}});
        const Hash c = commit(a, {{2, 8, 1}, {2, 9, 65535}});
        end(a, true);
        const Hash d = commit(b, {{3, 10, 2}, {1, 11, 1}});
        end(c, false);
        checkpoint();
        const Hash e = commit(d, {{5, 12, 0}, {1, 13, 1}});
        end(b, true);
        const Hash f = commit(e, {{5, 14, 0}});
        end(d, true);
        checkpoint();
        end(f, false);
        commit(e, {{2, 15, 3}});
    }
    [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }

  private:
    struct Touch {
        std::uint8_t contract;
        std::uint32_t seed;
        std::uint32_t page;
    };

    Hash commit(const std::optional<Hash>& base, const std::vector<Touch>& touches) {
        const Model before = base ? now_.at(*base) : Model();
        std::map<ContractId, ModelContract> touched;
        std::map<ContractId, std::vector<std::uint32_t>> dirty;
        for (const Touch& touch : touches) {
            const ContractId id = contract_id(touch.contract);
            const auto known = before.contracts.find(id);
            auto& contract = touched.try_emplace(id, known == before.contracts.end() ? ModelContract{} : known->second)
                                 .first->second;
            if (known == before.contracts.end()) contract.bytecode = Bytes(1000, touch.contract);
            contract.memory_length = kPageSize * touch.seed;
            contract.pages[touch.page] = touch.seed;
            dirty[id].push_back(touch.page);
        }
        Model after = before;
        after.commit(touched);
        const Hash id = after.root();
        now_.try_emplace(id, after);
        add([=](Store& store) -> std::optional<StoreFailure> {
            StatePtr from = store.genesis();
            if (base) from = *store.state(*base);
            ModelChanges changes;
            for (const auto& [contract, value] : touched) {
                changes.add(contract, value, !before.contracts.contains(contract), dirty.at(contract));
            }
            auto prepared = store.prepare(from, changes.changes);
            if (!prepared) return prepared.error();
            const auto done = store.commit(std::move(*prepared));
            return done ? std::nullopt : std::optional(done.error());
        });
        return id;
    }
    void end(const Hash& id, bool finalize) {
        now_.erase(id);
        add([=](Store& store) -> std::optional<StoreFailure> {
            const auto done = finalize ? store.finalize(id) : store.remove(id);
            return done ? std::nullopt : std::optional(done.error());
        });
    }
    void checkpoint() {
        add([](Store& store) -> std::optional<StoreFailure> {
            const auto done = store.checkpoint();
            return done ? std::nullopt : std::optional(done.error());
        });
    }
    void add(std::function<std::optional<StoreFailure>(Store&)> run) {
        steps_.push_back({.run = std::move(run), .after = now_});
    }

    Expected now_;
    std::vector<Step> steps_;
};

bool holds(const Store& store, const Expected& expected) {
    if (store.commits().size() != expected.size()) return false;
    for (const auto& [id, model] : expected) {
        const auto state = store.state(id);
        if (!state || !same_state(store, **state, model)) return false;
    }
    return true;
}

StoreOptions in(MemoryFiles& files, Durability durability) { return {.durability = durability, .files = &files}; }

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

// Runs the script until a call stops it; how many steps came to their end.
std::size_t run_until_stopped(MemoryFiles& files, Durability durability, const Script& script) {
    const auto store = Store::open("db", in(files, durability));
    std::size_t done = 0;
    while (store && done < script.steps().size() && !script.steps()[done].run(**store)) ++done;
    return done;
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

// The whole history on the disk, its last step undone by nothing.
std::unique_ptr<MemoryFiles> whole(const Script& script) {
    auto files = std::make_unique<MemoryFiles>();
    EXPECT_EQ(run_until_stopped(*files, Durability::power_loss, script), script.steps().size());
    return files;
}

TEST(StoreFaultsTest, AnyDamagedByteOfTheLogIsFoundOrCutOff) {
    const Script script;
    const auto files = whole(script);
    const std::size_t size = files->content("db/log").size();
    std::size_t errors = 0;
    for (std::size_t at = 0; at < size; at += 13) {
        const auto copy = files->after_kill();
        copy->content("db/log")[at] ^= 0x40;
        const auto store = Store::open("db", in(*copy, Durability::power_loss));
        if (!store) {
            ++errors;
            EXPECT_TRUE(store.error().kind == StoreError::damaged_log || store.error().kind == StoreError::not_a_store);
            EXPECT_EQ(store.error().file, "db/log");
            EXPECT_LE(store.error().offset, at);
            continue;
        }
        // Damage of the last record looks like an append that did not come to its end.
        EXPECT_TRUE(holds(**store, script.steps()[script.steps().size() - 2].after)) << at;
        EXPECT_GT((*store)->stats().cut_bytes, 0U);
    }
    EXPECT_GT(errors, size / 13 / 2);
}

TEST(StoreFaultsTest, RepairKeepsWhatIsWhole) {
    const Script script;
    const auto files = whole(script);
    const Expected& all = script.steps().back().after;
    const std::size_t size = files->content("db/log").size();
    for (std::size_t at = LogReader::kHeaderSize; at < size; at += 29) {
        const auto copy = files->after_kill();
        copy->content("db/log")[at] ^= 1;
        const auto report = repair_store("db", in(*copy, Durability::power_loss));
        ASSERT_TRUE(report.has_value()) << describe(report.error());
        const auto store = Store::open("db", in(*copy, Durability::power_loss));
        ASSERT_TRUE(store.has_value()) << describe(store.error());
        EXPECT_EQ((*store)->commits(), report->kept);
        EXPECT_TRUE(check_store(**store).findings.empty());
        for (const Hash& id : report->kept) {
            if (!all.contains(id)) continue;
            EXPECT_TRUE(same_state(**store, **(*store)->state(id), all.at(id)));
        }
    }
}

TEST(StoreFaultsTest, CheckAndRepairFindADamagedPage) {
    const Script script;
    const auto files = whole(script);
    const Expected& all = script.steps().back().after;
    const Bytes& pages = files->content("db/pages.0");
    std::size_t found = 0;
    for (std::size_t slot = 0; slot < pages.size() / kPageSize; ++slot) {
        const auto copy = files->after_kill();
        copy->content("db/pages.0")[slot * kPageSize + 100] ^= 1;
        std::size_t findings = 0;
        {
            const auto store = Store::open("db", in(*copy, Durability::power_loss));
            ASSERT_TRUE(store.has_value());
            const CheckReport report = check_store(**store);
            findings = report.findings.size();
            if (findings != 0) {
                EXPECT_EQ(report.findings[0].failure.kind, StoreError::damaged_page);
                EXPECT_EQ(report.findings[0].failure.offset, slot * kPageSize);
                EXPECT_FALSE(describe(report.findings[0]).empty());
            }
        }
        found += findings;
        const auto report = repair_store("db", in(*copy, Durability::power_loss));
        ASSERT_TRUE(report.has_value());
        EXPECT_EQ(report->damage.size(), findings);
        const auto store = Store::open("db", in(*copy, Durability::power_loss));
        ASSERT_TRUE(store.has_value());
        EXPECT_TRUE(check_store(**store).findings.empty());
        EXPECT_EQ(report->kept.size() + report->dropped.size(), all.size());
        for (const Hash& id : report->kept) EXPECT_TRUE(same_state(**store, **(*store)->state(id), all.at(id)));
    }
    EXPECT_GT(found, 0U);
}

TEST(StoreFaultsTest, CompactingMovesPagesAndIsSafeToStop) {
    const Script script;
    const auto files = whole(script);
    const Expected& all = script.steps().back().after;
    for (std::uint64_t call = 0;; ++call) {
        const auto copy = files->after_kill();
        copy->stop_at(call, MemoryFiles::Stop::end);
        const auto report = compact_store("db", in(*copy, Durability::power_loss));
        std::mt19937_64 random(call);
        for (const auto& left : {copy->after_kill(), copy->after_power_loss(random)}) {
            const auto store = Store::open("db", in(*left, Durability::power_loss));
            ASSERT_TRUE(store.has_value()) << describe(store.error()) << call;
            EXPECT_TRUE(holds(**store, all)) << call;
            if (!copy->ended()) {
                EXPECT_EQ((*store)->stats().pages, (*store)->stats().page_slots);
            }
        }
        if (copy->ended()) continue;
        ASSERT_TRUE(report.has_value());
        EXPECT_LT(report->bytes_after, report->bytes_before);
        return;
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
                const bool is_new = base->find(contract_id(1)) == nullptr;
                ModelContract contract{.memory_length = i, .bytecode = Bytes(100, 1)};
                for (std::uint32_t j = 0; j < 8; ++j) contract.pages[j] = i + j;
                ModelChanges changes;
                changes.add(contract_id(1), contract, is_new, {0, 1, 2, 3, 4, 5, 6, 7});
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
            const ContractRecord* contract = (*(*store)->state(id))->find(contract_id(1));
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
