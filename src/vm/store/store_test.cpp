#include "vm/store/store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "vm/store/memory_files.hpp"
#include "vm/store/store_model.hpp"

namespace dusk::vm {
namespace {

ContractId contract_id(std::uint8_t byte) {
    ContractId id;
    id.fill(byte);
    return id;
}

StoreOptions in(MemoryFiles& files, Durability durability = Durability::power_loss) {
    return {.durability = durability, .files = &files};
}

std::unique_ptr<Store> open(MemoryFiles& files, const StoreOptions& options) {
    auto store = Store::open("db", options);
    if (!store) ADD_FAILURE() << describe(store.error());
    (void)files;
    return store ? std::move(*store) : nullptr;
}

// Random histories: every commit's state against the model, before and after each reopening.
struct History {
    MemoryFiles files;
    StoreOptions options = in(files);
    std::unique_ptr<Store> store;
    std::map<Hash, Model> commits;
    std::map<Hash, Model> ended;  // finalized or removed ones, still held
    std::vector<std::pair<StatePtr, Model>> held;

    void reopen() {
        held.clear();
        store.reset();
        store = open(files, options);
    }

    void session(const StatePtr& base, const Model& before) {
        Model after = before;
        std::map<ContractId, ModelContract> touched;
        ModelChanges changes;
        const auto count = *rc::gen::inRange(0, 5);
        for (int i = 0; i < count; ++i) {
            ContractId id = contract_id(static_cast<std::uint8_t>(*rc::gen::inRange(1, 8)));
            // Two ids with the same key: their words are exchanged.
            if (*rc::gen::inRange(0, 4) == 0) {
                id[0] = 1;
                id[4] = 2;
            } else if (*rc::gen::inRange(0, 4) == 0) {
                id[0] = 2;
                id[4] = 1;
            }
            if (touched.contains(id)) continue;
            const auto known = before.contracts.find(id);
            const bool is_new = known == before.contracts.end();
            ModelContract now = is_new ? ModelContract{} : known->second;
            if (is_new) {
                now.is_64 = *rc::gen::arbitrary<bool>();
                now.owner = *rc::gen::container<Bytes>(rc::gen::arbitrary<std::uint8_t>());
                now.bytecode = Bytes(*rc::gen::inRange<std::size_t>(0, 3), 7);
            }
            if (*rc::gen::inRange(0, 3) == 0) now.memory_length += kPageSize;
            std::vector<std::uint32_t> dirty;
            const auto pages = *rc::gen::inRange(0, 4);
            for (int j = 0; j < pages; ++j) {
                const std::uint32_t top = now.is_64 ? (1U << 26) - 1 : 65535;
                const auto index = *rc::gen::element<std::uint32_t>(0, 1, 2, 17, top);
                if (std::ranges::find(dirty, index) != dirty.end()) continue;
                now.pages[index] = *rc::gen::inRange<std::uint32_t>(0, 9);
                dirty.push_back(index);
            }
            touched[id] = now;
            changes.add(id, touched[id], is_new, dirty);
        }
        after.commit(touched);
        auto prepared = store->prepare(base, changes.changes);
        RC_ASSERT(prepared.has_value());
        RC_ASSERT(prepared->root() == after.root());
        const auto id = store->commit(std::move(*prepared));
        RC_ASSERT(id.has_value());
        RC_ASSERT(*id == after.root());
        commits.try_emplace(*id, after);
    }

    void check() {
        std::vector<Hash> ids;
        for (const auto& [id, model] : commits) ids.push_back(id);
        RC_ASSERT(store->commits() == ids);
        for (const auto& [id, model] : commits) {
            const auto state = store->state(id);
            RC_ASSERT(state.has_value());
            RC_ASSERT(same_state(*store, **state, model));
        }
        for (const auto& [state, model] : held) RC_ASSERT(same_state(*store, *state, model));
    }
};

RC_GTEST_PROP(StoreTest, EveryHistoryIsThatOfTheModel, ()) {
    History history;
    history.options.smallest_tail = *rc::gen::element<std::uint64_t>(100, 3000, 1U << 24);
    history.reopen();
    const auto steps = *rc::gen::inRange(1, 14);
    for (int step = 0; step < steps; ++step) {
        const auto what = *rc::gen::inRange(0, 10);
        if (history.commits.empty() || what < 2) {
            history.session(history.store->genesis(), {});
        } else if (what < 6) {
            const auto& [id, model] =
                *std::next(history.commits.begin(), *rc::gen::inRange<std::ptrdiff_t>(0, std::ssize(history.commits)));
            const StatePtr base = *history.store->state(id);
            if (*rc::gen::inRange(0, 3) == 0) history.held.emplace_back(base, model);
            history.session(base, Model(model));
        } else if (what < 8) {
            const auto at =
                std::next(history.commits.begin(), *rc::gen::inRange<std::ptrdiff_t>(0, std::ssize(history.commits)));
            const Hash id = at->first;
            const auto ended = what == 6 ? history.store->finalize(id) : history.store->remove(id);
            RC_ASSERT(ended.has_value());
            RC_ASSERT(history.store->state(id).error().kind == StoreError::unknown_commit);
            history.commits.erase(at);
        } else if (!history.held.empty() && what == 8) {
            // A session may go on from a state whose commit is gone.
            const auto [state, model] = history.held.back();
            history.session(state, model);
        } else {
            history.reopen();
        }
        history.check();
    }
    history.reopen();
    history.check();
}

TEST(StoreTest, AnEmptyOneHasNoCommits) {
    MemoryFiles files;
    const auto store = open(files, in(files));
    EXPECT_TRUE(store->commits().empty());
    EXPECT_EQ(store->genesis()->root(), Hash{});
    EXPECT_EQ(store->main(), nullptr);
    EXPECT_EQ(store->state(Hash{}).error().kind, StoreError::unknown_commit);
    EXPECT_EQ(store->finalize(Hash{}).error().kind, StoreError::unknown_commit);
}

TEST(StoreTest, OneProcessHasIt) {
    MemoryFiles files;
    const auto store = open(files, in(files));
    const auto second = Store::open("db", in(files));
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().kind, StoreError::locked);
}

TEST(StoreTest, RefusesChangesThatNoSessionMakes) {
    MemoryFiles files;
    const auto store = open(files, in(files));
    const Bytes page = model_page(1);
    const ContractId id = contract_id(1);
    const NewContract code{.bytecode = page, .owner = {}};
    const auto refused = [&](const std::vector<ContractChange>& changes) {
        const auto prepared = store->prepare(store->genesis(), changes);
        return !prepared && prepared.error().kind == StoreError::bad_change;
    };
    EXPECT_TRUE(refused({{.id = id, .is_64 = false, .memory_length = 0}}));  // not deployed
    EXPECT_TRUE(refused({{.id = id, .is_64 = false, .memory_length = 0, .deployed = code},
                         {.id = id, .is_64 = false, .memory_length = 0, .deployed = code}}));
    EXPECT_TRUE(refused({{.id = id, .is_64 = false, .memory_length = (1ULL << 32) + 1, .deployed = code}}));
    EXPECT_TRUE(
        refused({{.id = id, .is_64 = false, .memory_length = 0, .pages = {{65536, page.data()}}, .deployed = code}}));
    EXPECT_TRUE(refused({{.id = id,
                          .is_64 = false,
                          .memory_length = 0,
                          .pages = {{5, page.data()}, {5, page.data()}},
                          .deployed = code}}));
}

}  // namespace
}  // namespace dusk::vm
