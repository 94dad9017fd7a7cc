// Readers, a writer, ends of commits and checkpoints at once: no state is ever torn.
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "vm/store/maintenance.hpp"
#include "vm/store/store_model.hpp"

namespace dusk::vm {
namespace {

constexpr std::uint32_t kPages = 4;

// Every page of the contract is that of the round that its memory length names.
bool is_of_one_round(const State& state, const ContractId& id) {
    const ContractRecord* contract = state.find(id);
    if (contract == nullptr) return true;
    Bytes content(kPageSize);
    for (std::uint32_t i = 0; i < kPages; ++i) {
        const StoredPage* page = contract->page(i);
        if (page == nullptr || !page->read(content)) return false;
        if (load_le<std::uint64_t>(content.data()) != contract->memory_length || content[8] != i) return false;
    }
    return true;
}

TEST(StoreThreadsTest, NoStateIsTorn) {
    const auto folder = std::filesystem::temp_directory_path() / ("dusk-store-threads-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    const ContractId id{1};
    {
        const auto store = *Store::open(folder, {.durability = Durability::process, .smallest_tail = 2000});
        std::atomic<bool> stop = false;
        std::atomic<bool> torn = false;
        const auto read = [&] {
            while (!stop) {
                for (const Hash& commit : store->commits()) {
                    const auto state = store->state(commit);  // perhaps it is gone already
                    if (state && (!is_of_one_round(**state, id) || (*state)->root() != commit)) torn = true;
                }
                (void)store->stats();
            }
        };
        std::vector<std::jthread> readers;
        readers.emplace_back(read);
        readers.emplace_back(read);
        readers.emplace_back([&] {
            while (!stop) {
                if (!store->checkpoint()) torn = true;
            }
        });

        StatePtr base = store->genesis();
        const Bytes code(10, 1);
        for (std::uint64_t round = 1; round <= 150; ++round) {
            std::vector<Bytes> contents(kPages, Bytes(kPageSize));
            ContractChange change{.id = id, .is_64 = false, .memory_length = round};
            for (std::uint32_t i = 0; i < kPages; ++i) {
                store_le(contents[i].data(), round);
                contents[i][8] = static_cast<std::uint8_t>(i);
                change.pages.push_back({i, contents[i].data()});
            }
            if (round == 1) change.deployed = NewContract{.bytecode = code, .owner = {}};
            const Hash commit = *store->commit(*store->prepare(base, std::vector{change}));
            if (round > 1) {
                const auto ended = round % 2 == 0 ? store->finalize(base->root()) : store->remove(base->root());
                ASSERT_TRUE(ended.has_value());
            }
            base = *store->state(commit);
        }
        stop = true;
        readers.clear();
        EXPECT_FALSE(torn);
        EXPECT_TRUE(check_store(*store).findings.empty());
    }
    const auto store = *Store::open(folder);
    EXPECT_EQ(store->commits().size(), 1U);
    EXPECT_TRUE(check_store(*store).findings.empty());
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace dusk::vm
