// Both stores of bytes behave alike.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "storage/memory_store.hpp"
#include "storage/rocksdb_store.hpp"

namespace dusk::storage {
namespace {

using Pairs = std::vector<std::pair<Bytes, Bytes>>;

class Folder {
  public:
    Folder() : path_(std::filesystem::temp_directory_path() / ("dusk-rocksdb-" + std::to_string(::getpid()))) {
        std::filesystem::remove_all(path_);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

Pairs all(KeyValue& store, const KeyRange& range, Order order, std::size_t most) {
    Pairs out;
    const auto scanned = store.scan(range, order, [&](ByteView key, ByteView value) {
        if (out.size() == most) return false;
        out.emplace_back(to_vector(key), to_vector(value));
        return true;
    });
    EXPECT_TRUE(scanned.has_value());
    return out;
}

TEST(KeyValueTest, RocksDbIsLikeAMap) {
    constexpr std::array<std::uint8_t, 3> kBytes = {0, 1, 0xff};
    constexpr std::array<std::size_t, 4> kSizes = {0, 1, 5, 3000};
    const KeyRange everything{{}, {0xff, 0xff, 0xff, 0xff}};
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
        const Folder folder;
        std::mt19937_64 random(seed);
        const auto some_key = [&] {
            Bytes out(random() % 4);
            for (std::uint8_t& byte : out) byte = kBytes[random() % kBytes.size()];
            return out;
        };
        MemoryStore model;
        auto store = RocksDbStore::open(folder.path(), {.write_buffer = 64 << 10});
        ASSERT_TRUE(store.has_value()) << store.error().text;
        for (std::uint8_t step = 0; step < 40; ++step) {
            WriteBatch batch;
            for (std::uint64_t i = random() % 6; i > 0; --i) {
                if (random() % 3 == 0) {
                    batch.remove(some_key());
                } else {
                    batch.put(some_key(), Bytes(kSizes[random() % kSizes.size()], step));
                }
            }
            const Sync sync = random() % 4 == 0 ? Sync::yes : Sync::no;
            ASSERT_TRUE(model.write(batch, sync).has_value());
            ASSERT_TRUE((*store)->write(batch, sync).has_value());
            if (random() % 10 == 0) {
                store->reset();
                store = RocksDbStore::open(folder.path());
                ASSERT_TRUE(store.has_value()) << store.error().text;
            }
            const KeyRange range{some_key(), some_key()};
            const std::size_t most = 1 + random() % 3;
            for (const Order order : {Order::ascending, Order::descending}) {
                EXPECT_EQ(all(**store, range, order, most), all(model, range, order, most));
            }
            const Bytes key = some_key();
            EXPECT_EQ((*store)->get(key).value(), model.get(key).value());
        }
        EXPECT_EQ(all(**store, everything, Order::ascending, 1000), all(model, everything, Order::ascending, 1000));
    }
}

RC_GTEST_PROP(KeyValueTest, APrefixHasAllKeysThatBeginWithIt, (Bytes key, Bytes other)) {
    RC_PRE(std::ranges::count(key, 0xff) < std::ssize(key));
    const KeyRange range = keys_with(key);
    const auto in_range = [&](const Bytes& bytes) { return bytes >= range.begin && bytes < range.end; };
    Bytes longer = key;
    append(longer, other);
    RC_ASSERT(in_range(longer));
    RC_ASSERT(in_range(other) == (other.size() >= key.size() && std::equal(key.begin(), key.end(), other.begin())));
}

TEST(KeyValueTest, OneProcessHasADatabase) {
    const Folder folder;
    const auto store = RocksDbStore::open(folder.path());
    ASSERT_TRUE(store.has_value());
    const auto second = RocksDbStore::open(folder.path());
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().kind, StorageError::locked);
}

TEST(KeyValueTest, AFileInPlaceOfTheFolderIsAnError) {
    const Folder folder;
    std::filesystem::create_directories(folder.path());
    const auto file = folder.path() / "file";
    fclose(fopen(file.c_str(), "w"));
    EXPECT_EQ(RocksDbStore::open(file).error().kind, StorageError::io);
    EXPECT_EQ(RocksDbStore::open(file / "below").error().kind, StorageError::io);
}

TEST(KeyValueTest, SaysThatADatabaseIsDamaged) {
    const Folder folder;
    {
        const auto store = RocksDbStore::open(folder.path());
        ASSERT_TRUE(store.has_value());
    }
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        if (entry.path().filename().string().starts_with("MANIFEST")) std::filesystem::resize_file(entry.path(), 3);
    }
    const auto store = RocksDbStore::open(folder.path());
    ASSERT_FALSE(store.has_value());
    EXPECT_EQ(store.error().kind, StorageError::damaged);
    EXPECT_NE(store.error().text.find("remove this folder"), std::string::npos);
}

TEST(KeyValueTest, ACrashTakesTheLastWritesThatWereNotSynced) {
    MemoryStore store;
    const auto put = [&](std::uint8_t value, Sync sync) {
        WriteBatch batch;
        batch.put({1}, {value});
        return store.write(batch, sync).has_value();
    };
    ASSERT_TRUE(put(1, Sync::yes) && put(2, Sync::no) && put(3, Sync::yes) && put(4, Sync::no) && put(5, Sync::no));
    EXPECT_EQ(store.unsynced(), 2U);
    store.crash(1);
    EXPECT_EQ(store.get(Bytes{1}).value(), Bytes{4});
    EXPECT_EQ(store.unsynced(), 0U);
    store.stop_at(0, MemoryStore::Stop::after);
    EXPECT_FALSE(put(6, Sync::yes));
    EXPECT_FALSE(store.get(Bytes{1}).has_value());
    store.crash(store.unsynced());
    EXPECT_EQ(store.get(Bytes{1}).value(), Bytes{4});
}

}  // namespace
}  // namespace dusk::storage
