#include "app/free_name.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>
#include <fstream>

namespace dusk::app {
namespace {

namespace fs = std::filesystem;

class FreeName : public testing::TestWithParam<Naming (*)(const char*, const char*)> {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "dusk-name-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        std::ofstream(folder / "new") << "new";
    }
    void TearDown() override { fs::remove_all(folder); }

    [[nodiscard]] Naming name(const std::string& from, const std::string& to) const {
        return GetParam()((folder / from).c_str(), (folder / to).c_str());
    }
    [[nodiscard]] std::string read(const std::string& file) const {
        std::ifstream stream(folder / file);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    fs::path folder;
};

TEST_P(FreeName, TakesWhatIsFreeOnly) {
    std::ofstream(folder / "old") << "old";
    fs::create_directory(folder / "folder");
    fs::create_symlink("nowhere", folder / "link");
    for (const std::string taken : {"old", "folder", "link"}) EXPECT_EQ(name("new", taken), Naming::taken) << taken;
    EXPECT_EQ(read("old"), "old");
    EXPECT_EQ(read("new"), "new");

    EXPECT_EQ(name("new", "free"), Naming::done);
    EXPECT_EQ(read("free"), "new");
    EXPECT_FALSE(fs::exists(folder / "new"));
}

TEST_P(FreeName, AFailureLeavesNothing) {
    EXPECT_EQ(name("new", "no/folder"), Naming::failed);
    EXPECT_EQ(errno, ENOENT);
    EXPECT_EQ(name("none", "free"), Naming::failed);
    EXPECT_EQ(errno, ENOENT);
    EXPECT_FALSE(fs::exists(folder / "free"));
    EXPECT_EQ(read("new"), "new");
}

INSTANTIATE_TEST_SUITE_P(Ways, FreeName,
                         testing::Values(name_by_rename, name_by_link, name_by_reservation, give_free_name));

}  // namespace
}  // namespace dusk::app
