#include "app/driver_files.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace dusk::app {
namespace {

class DriverFilesTest : public testing::Test {
  protected:
    DriverFilesTest() {
        std::string name = (std::filesystem::temp_directory_path() / "dusk-drivers-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
    }
    ~DriverFilesTest() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path folder_;
    ledger::ContractId contract_{{7}};
};

TEST_F(DriverFilesTest, KeepsTheLast) {
    DriverFiles files(folder_ / "drivers");
    EXPECT_FALSE(files.find(contract_).value());
    rpc::StoredDriver driver{.code = {1, 2, 3}, .signature = {9}};
    ASSERT_TRUE(files.put(contract_, driver));
    driver.code = {4};
    ASSERT_TRUE(files.put(contract_, driver));
    const auto found = DriverFiles(folder_ / "drivers").find(contract_).value();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->code, driver.code);
    EXPECT_EQ(found->signature, driver.signature);
    EXPECT_FALSE(files.find({{8}}).value());
}

TEST_F(DriverFilesTest, DamagedOnes) {
    DriverFiles files(folder_);
    ASSERT_TRUE(files.put(contract_, {.code = {}, .signature = {}}));
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
        std::filesystem::resize_file(entry.path(), 47);
    }
    EXPECT_FALSE(files.find(contract_));
}

TEST_F(DriverFilesTest, NoPlace) {
    std::ofstream(folder_ / "file") << "x";
    DriverFiles files(folder_ / "file");
    EXPECT_FALSE(files.put(contract_, {}));
}

}  // namespace
}  // namespace dusk::app
