#include "app/crs_cache.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "app/cache_directory.hpp"
#include "app/crs_files.hpp"
#include "app/public_files.hpp"
#include "base/hex.hpp"
#include "crypto/chacha_rng.hpp"
#include "crypto/sha2.hpp"
#include "plonk/development.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;

class CrsCache : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "dusk-crs-cache-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        auto ceremony = *plonk::Ceremony::start(3);
        ASSERT_TRUE(ceremony.contribute("A", random, executor));
        parameters = ceremony.parameters()->to_bytes();
        ASSERT_TRUE(write_public_file(folder / "a", ceremony.to_bytes(), Overwrite::refuse));
        ASSERT_TRUE(write_public_file(folder / "c", parameters, Overwrite::refuse));
    }
    void TearDown() override { fs::remove_all(folder); }
    [[nodiscard]] fs::path cache() const { return folder / "cache"; }
    [[nodiscard]] Result<LoadedParameters, Failure> load(const std::string& name) {
        return load_parameters(folder / name, cache(), random, executor);
    }
    // Where a file's entry lies.
    [[nodiscard]] fs::path entry(const std::string& name) const {
        return cache() / "crs" / (to_hex(crypto::sha256(*read_public_file(folder / name))) + ".raw");
    }
    fs::path folder;
    SerialExecutor executor;
    crypto::ChaChaRng random{2};
    Bytes parameters;
};

TEST_F(CrsCache, ChecksAFileOnce) {
    for (const std::string name : {"a", "c"}) {
        const auto first = load(name);
        ASSERT_TRUE(first);
        EXPECT_FALSE(first->from_cache);
        EXPECT_TRUE(first->warnings.empty());
        const auto second = load(name);
        ASSERT_TRUE(second);
        EXPECT_TRUE(second->from_cache);
        EXPECT_EQ(second->parameters.to_bytes(), parameters);
        EXPECT_EQ(second->digest, crypto::sha256(parameters));
        EXPECT_EQ(first->digest, second->digest);
    }
}

TEST_F(CrsCache, DamagedEntriesAreMadeAgain) {
    ASSERT_TRUE(load("c"));
    const Bytes good = *read_public_file(entry("c"));
    for (std::size_t at = 0; at < good.size(); at += 97) {
        Bytes changed = good;
        changed[at] ^= 1;
        ASSERT_TRUE(write_public_file(entry("c"), changed, Overwrite::allow));
        const auto again = load("c");
        ASSERT_TRUE(again) << at;
        EXPECT_FALSE(again->from_cache) << at;
        EXPECT_EQ(again->warnings.size(), 1U) << at;
        EXPECT_EQ(again->parameters.to_bytes(), parameters);
        EXPECT_EQ(*read_public_file(entry("c")), good);
    }
    for (const std::size_t size : {std::size_t{0}, std::size_t{10}, good.size() - 1}) {
        ASSERT_TRUE(write_public_file(entry("c"), ByteView(good).first(size), Overwrite::allow));
        EXPECT_FALSE(load("c")->from_cache) << size;
    }
}

TEST_F(CrsCache, RefusedFilesLeaveNothing) {
    Bytes bad = parameters;
    std::copy_n(bad.begin() + 240, 48, bad.end() - 48);
    ASSERT_TRUE(write_public_file(folder / "bad", bad, Overwrite::refuse));
    EXPECT_EQ(load("bad").error().code, "bad_crs");
    EXPECT_FALSE(fs::exists(cache()));
    EXPECT_EQ(load("nowhere").error().code, "file_missing");
}

TEST_F(CrsCache, WorksWithoutAFolder) {
    const auto loaded = load_parameters(folder / "c", std::nullopt, random, executor);
    ASSERT_TRUE(loaded);
    EXPECT_TRUE(loaded->warnings.empty());
}

TEST_F(CrsCache, NetworksTakeTheirOwn) {
    const auto load_for = [&](std::string_view network, const fs::path& path) {
        return load_network_parameters(network, path, cache(), random, executor);
    };
    EXPECT_EQ(load_for("rusk", folder / "c").error().code, "other_parameters");
    EXPECT_EQ(load_for("devnet", folder / "c").error().code, "other_parameters");
    EXPECT_EQ(load_for("moon", folder / "c").error().code, "unknown_network");
    EXPECT_EQ(load_for("rusk", {}).error().code, "no_parameters");
}

// As a ceremony, in both formats, and cut short; when they are checked, and when they come from the cache.
TEST_F(CrsCache, OnlyDevnetTakesTheDevelopmentParameters) {
    const auto ceremony = *plonk::development_ceremony(3, executor);
    const auto development = *ceremony.parameters();
    ASSERT_TRUE(write_public_file(folder / "ceremony", ceremony.to_bytes(), Overwrite::refuse));
    ASSERT_TRUE(write_public_file(folder / "checked", development.to_bytes(), Overwrite::refuse));
    ASSERT_TRUE(write_public_file(folder / "raw", development.to_raw_bytes(), Overwrite::refuse));
    ASSERT_TRUE(write_public_file(folder / "short", development.prefix(5)->to_bytes(), Overwrite::refuse));
    for (const std::string name : {"ceremony", "checked", "raw", "short"}) {
        for (const bool from_cache : {false, true}) {
            EXPECT_EQ(load(name)->from_cache, from_cache) << name;
            const auto refused = load_network_parameters("rusk", folder / name, cache(), random, executor);
            EXPECT_EQ(refused.error().code, "development_parameters") << name;
        }
    }
}

TEST(CrsKinds, AreToldApart) {
    SerialExecutor executor;
    crypto::ChaChaRng random(4);
    const auto parameters = plonk::PublicParameters::setup(3, random, executor);
    EXPECT_EQ(kind_of_crs(parameters.to_bytes()), CrsKind::checked);
    EXPECT_EQ(kind_of_crs(parameters.to_raw_bytes()), CrsKind::raw);
    EXPECT_EQ(kind_of_crs(plonk::Ceremony::start(3)->to_bytes()), CrsKind::ceremony);
    EXPECT_EQ(kind_of_crs({}), CrsKind::checked);
}

TEST(CacheDirectory, FollowsTheEnvironment) {
    ::setenv("HOME", "/h", 1);
    ::unsetenv("XDG_CACHE_HOME");
    ::unsetenv("DUSK_CACHE");
    EXPECT_EQ(cache_directory(), fs::path("/h/.cache/dusk"));
    ::setenv("XDG_CACHE_HOME", "relative", 1);
    EXPECT_EQ(cache_directory(), fs::path("/h/.cache/dusk"));
    ::setenv("XDG_CACHE_HOME", "/x", 1);
    EXPECT_EQ(cache_directory(), fs::path("/x/dusk"));
    ::setenv("DUSK_CACHE", "/d", 1);
    EXPECT_EQ(cache_directory(), fs::path("/d"));
    ::unsetenv("DUSK_CACHE");
    ::unsetenv("XDG_CACHE_HOME");
    ::unsetenv("HOME");
    EXPECT_EQ(cache_directory(), std::nullopt);
}

}  // namespace
}  // namespace dusk::app
