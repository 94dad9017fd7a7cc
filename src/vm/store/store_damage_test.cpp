// Damaged bytes on the disk: they are found, and what is whole is kept. And compaction, which moves what is whole.
#include <gtest/gtest.h>

#include "vm/store/store_script.hpp"

namespace dusk::vm {
namespace {

// The disk after the whole history.
std::unique_ptr<MemoryFiles> whole(const Script& script) {
    auto files = std::make_unique<MemoryFiles>();
    EXPECT_EQ(run_until_stopped(*files, Durability::power_loss, script), script.steps().size());
    return files;
}

TEST(StoreDamageTest, AnyDamagedByteOfTheLogIsFoundOrCutOff) {
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

TEST(StoreDamageTest, RepairKeepsWhatIsWhole) {
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

TEST(StoreDamageTest, CheckAndRepairFindADamagedPage) {
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

TEST(StoreDamageTest, CompactingMovesPagesAndIsSafeToStop) {
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

}  // namespace
}  // namespace dusk::vm
