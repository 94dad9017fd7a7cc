// A disk that does not give the pages that it should have: what needs them fails, and nothing else does.
#include <gmock/gmock.h>

#include "vm/store/state_export.hpp"
#include "vm/test_machine.hpp"

namespace dusk::vm {
namespace {

constexpr std::uint64_t kGas = 100'000'000;
const ContractId kHostile{1};
const ContractId kCounter{2};

class DamagedDisk : public MachineTest {
  protected:
    DamagedDisk() : machine_(open()) {
        auto session = machine_->genesis_session(0xFA);
        EXPECT_TRUE(session->deploy(kHostile, hostile_contract(), {}, {}, kGas));
        EXPECT_TRUE(session->deploy(kCounter, test_contract("counter"), {}, {}, kGas));
        EXPECT_TRUE(session->call(kHostile, "pages", words({64, 8, 1, 0}), kGas));
        commit_ = *session->commit();
    }
    // The first pages stay: those of the contracts' own data.
    void cut() {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
            if (entry.path().filename().string().starts_with("pages.")) std::filesystem::resize_file(entry.path(), 0);
        }
    }
    std::unique_ptr<Session> session() { return *machine_->session(commit_, 0xFA, 1); }

    std::shared_ptr<Machine> machine_;
    Hash commit_{};
};

TEST_F(DamagedDisk, CallsEndWithAnErrorOfTheirSession) {
    const auto reader = session();
    const auto writer = session();
    cut();
    for (const auto& one : {reader.get(), writer.get()}) {
        const std::uint32_t reads = one == reader.get() ? 1 : 0;
        const auto receipt = one->call(kHostile, "pages", words({64, 8, 1, reads}), kGas);
        ASSERT_FALSE(receipt);
        EXPECT_EQ(receipt.error().kind, CallErrorKind::persistence);
        EXPECT_FALSE(one->call(kHostile, "noop", {}, kGas));
        EXPECT_FALSE(one->root());
        EXPECT_FALSE(one->commit());
    }
    // What needs no page goes on.
    auto genesis = machine_->genesis_session(0xFA);
    EXPECT_TRUE(genesis->deploy(kCounter, test_contract("counter"), {}, {}, kGas));
    EXPECT_TRUE(genesis->call(kCounter, "increment", {}, kGas));
    EXPECT_TRUE(genesis->commit());
}

// The pages of the contract's own data and stack are mapped when the file is cut.
TEST_F(DamagedDisk, WhatAPageHeldIsNotPartOfARoot) {
    const auto reader = session();
    ASSERT_TRUE(reader->call(kHostile, "pages", words({64, 8, 1, 0}), kGas));
    cut();
    const auto root = reader->root();
    ASSERT_FALSE(root);
    EXPECT_EQ(root.error().kind, CallErrorKind::persistence);
    EXPECT_FALSE(reader->commit());
    EXPECT_EQ(machine_->store().commits(), std::vector<Hash>{commit_});
}

TEST_F(DamagedDisk, ExportsSayWhichPageIsMissing) {
    cut();
    const auto state = machine_->store().state(commit_);
    ASSERT_TRUE(state);
    const auto report = write_export(machine_->store(), **state, [](ByteView) { return Result<void, StoreFailure>{}; });
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().kind, StoreError::damaged_page);
}

}  // namespace
}  // namespace dusk::vm
