#include "vm/store/state_export.hpp"

#include <gtest/gtest.h>

#include "vm/store/memory_files.hpp"
#include "vm/store/store_model.hpp"

namespace dusk::vm {
namespace {

// A store with one commit of three contracts, two of which share a leaf: their ids are permutations of each other.
class StateExportTest : public testing::Test {
  protected:
    void SetUp() override {
        store_ = *Store::open("db", {.files = &files_});
        for (const auto& [first, second] : {std::pair(1, 2), std::pair(2, 1)}) {
            ContractId id{};
            id[0] = static_cast<std::uint8_t>(first);
            id[4] = static_cast<std::uint8_t>(second);
            touched_[id] = {.memory_length = 5 * kPageSize,
                            .owner = Bytes(32, 7),
                            .bytecode = Bytes(3000, 9),
                            .pages = {{0, 3}, {1, static_cast<std::uint32_t>(first)}, {65535, 0}}};
        }
        ContractId last;
        last.fill(0xff);
        touched_[last] = {
            .is_64 = true, .memory_length = 1, .owner = {}, .bytecode = Bytes(1, 1), .pages = {{(1U << 26) - 1, 4}}};
        const Hash first = commit(store_->genesis(), {}, touched_);
        // The first of the two that share a leaf is loaded alone: its leaf counts now.
        const auto& [id, contract] = *touched_.begin();
        model_.commit({{id, contract}});
        ModelChanges changes;
        changes.add(id, contract, false, {});
        commit_ = *store_->commit(*store_->prepare(*store_->state(first), changes.changes));
        ASSERT_EQ(commit_, model_.root());
        ASSERT_NE(commit_, first);
    }

    Hash commit(const StatePtr& base, const Model& before, const std::map<ContractId, ModelContract>& touched) {
        model_ = before;
        model_.commit(touched);
        ModelChanges changes;
        for (const auto& [id, contract] : touched) {
            std::vector<std::uint32_t> dirty;
            for (const auto& [index, seed] : contract.pages) dirty.push_back(index);
            changes.add(id, contract, true, dirty);
        }
        return *store_->commit(*store_->prepare(base, changes.changes));
    }

    [[nodiscard]] Bytes exported() const {
        Bytes out;
        const auto report = write_export(*store_, **store_->state(commit_), [&](ByteView bytes) {
            append(out, bytes);
            return Result<void, StoreFailure>();
        });
        EXPECT_TRUE(report.has_value());
        EXPECT_EQ(report->root, commit_);
        EXPECT_EQ(report->contracts, 3U);
        EXPECT_EQ(report->pages, 7U);
        EXPECT_EQ(report->file_bytes, out.size());
        return out;
    }
    // In pieces of this size.
    [[nodiscard]] static ByteSource source(const Bytes& bytes, std::size_t piece = 1U << 20) {
        return [&bytes, piece, at = std::size_t{0}](MutableByteView out) mutable -> Result<std::size_t, StoreFailure> {
            const std::size_t size = std::min({out.size(), bytes.size() - at, piece});
            std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), size, out.begin());
            at += size;
            return size;
        };
    }

    MemoryFiles files_;
    std::unique_ptr<Store> store_;
    std::map<ContractId, ModelContract> touched_;
    Model model_;
    Hash commit_{};
};

TEST_F(StateExportTest, ComesBackWhole) {
    const Bytes file = exported();
    EXPECT_LT(file.size(), 4 * kPageSize);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{1000}, std::size_t{1} << 20}) {
        MemoryFiles other;
        {
            const auto store = *Store::open("db", {.files = &other});
            const auto report = import_state(*store, source(file, piece));
            ASSERT_TRUE(report.has_value()) << describe(report.error());
            EXPECT_EQ(report->root, commit_);
            EXPECT_EQ(report->file_bytes, file.size());
            EXPECT_TRUE(import_state(*store, source(file)).has_value());  // it is there already
        }
        std::mt19937_64 random(1);
        const auto left = other.after_power_loss(random);
        const auto store = *Store::open("db", {.files = left.get()});
        EXPECT_EQ(store->commits(), std::vector<Hash>{commit_});
        EXPECT_TRUE(same_state(*store, **store->state(commit_), model_));
        EXPECT_TRUE(check_store(*store).findings.empty());
    }
}

TEST_F(StateExportTest, AnEmptyStateIsOneToo) {
    Bytes file;
    ASSERT_TRUE(write_export(*store_, *store_->genesis(), [&](ByteView bytes) {
                    append(file, bytes);
                    return Result<void, StoreFailure>();
                }).has_value());
    MemoryFiles other;
    const auto store = *Store::open("db", {.files = &other});
    EXPECT_EQ(import_state(*store, source(file))->root, Hash{});
}

TEST_F(StateExportTest, NothingOfADamagedFileIsStored) {
    const Bytes file = exported();
    MemoryFiles other;
    const auto store = *Store::open("db", {.files = &other});
    for (std::size_t at = 0; at < file.size(); at += 97) {
        Bytes changed = file;
        changed[at] ^= 0x10;
        EXPECT_FALSE(import_state(*store, source(changed)).has_value()) << at;
        Bytes cut = file;
        cut.resize(at);
        const auto imported = import_state(*store, source(cut));
        ASSERT_FALSE(imported.has_value()) << at;
        EXPECT_EQ(imported.error().kind, StoreError::bad_export);
    }
    Bytes longer = file;
    longer.push_back(0);
    EXPECT_FALSE(import_state(*store, source(longer)).has_value());
    EXPECT_TRUE(store->commits().empty());
    EXPECT_EQ(store->stats().pages, 0U);
}

class CountingVisitor final : public ExportVisitor {
  public:
    [[nodiscard]] Result<void, StoreFailure> bytecode(Bytes) override { return {}; }
    [[nodiscard]] Result<void, StoreFailure> contract(ExportedContract contract) override {
        owner_bytes += contract.owner.size();
        return {};
    }
    [[nodiscard]] Result<void, StoreFailure> page(std::uint32_t, ByteView) override { return {}; }
    [[nodiscard]] Result<void, StoreFailure> leaf(const LeafOverride&) override { return {}; }
    std::size_t owner_bytes = 0;
};

// 70 MB of owners in a file of some kilobytes, and numbers of things that nobody has.
TEST_F(StateExportTest, AFileThatGrowsWithoutEndIsRefused) {
    const auto refused = [&](std::uint32_t codes, std::uint32_t contracts) {
        Bytes file;
        CompressingWriter out([&](ByteView bytes) {
            append(file, bytes);
            return Result<void, StoreFailure>();
        });
        Writer head;
        head.bytes(as_bytes("DUSKSTAT")).le<std::uint32_t>(1).bytes(Hash{}).le(codes);
        if (codes == 0) head.le(contracts);
        EXPECT_TRUE(out.write(head.view()));
        for (std::uint32_t i = 0; i < std::min(contracts, 1100U); ++i) {
            ContractId id{};
            store_be(id.data(), i);
            Writer contract;
            contract.bytes(id).u8(0).le<std::uint64_t>(0).le<std::uint32_t>(1).bytes(Hash{});
            contract.le<std::uint32_t>(65536).bytes(Bytes(65536)).le<std::uint32_t>(0);
            EXPECT_TRUE(out.write(contract.view()));
        }
        EXPECT_TRUE(out.finish());
        EXPECT_LT(file.size(), std::size_t{1} << 20);
        CountingVisitor visitor;
        const auto read = read_export(source(file), visitor);
        EXPECT_EQ(read.error().kind, StoreError::bad_export);
        return visitor.owner_bytes;
    };
    EXPECT_EQ(refused(0, 1100), kMostExportedOwnerBytes);
    EXPECT_EQ(refused(0, kMostExportedContracts + 1), 0U);
    EXPECT_EQ(refused(kMostExportedCodes + 1, 0), 0U);
}

// A file that is whole, and lies.
TEST_F(StateExportTest, AWrongRootIsRefused) {
    Bytes file;
    CompressingWriter out([&](ByteView bytes) {
        append(file, bytes);
        return Result<void, StoreFailure>();
    });
    Writer raw;
    raw.bytes(as_bytes("DUSKSTAT")).le(std::uint32_t{1}).bytes(Bytes(32, 5)).le(std::uint32_t{0});
    raw.le(std::uint32_t{0}).le(std::uint32_t{0});
    ASSERT_TRUE(out.write(raw.view()).has_value());
    ASSERT_TRUE(out.finish().has_value());
    const auto imported = import_state(*store_, source(file));
    ASSERT_FALSE(imported.has_value());
    EXPECT_EQ(imported.error().kind, StoreError::wrong_root);
}

// Pages that somebody made up, under the root of others.
TEST_F(StateExportTest, AnOverrideCannotStandForPages) {
    const Bytes code(3, 1);
    ContractUpdate contract{.id = {}, .is_64 = false, .memory_length = kPageSize, .position = 1};
    contract.deployment = std::make_shared<const Deployment>(Deployment{.bytecode = crypto::blake3(code), .owner = {}});
    Hash other{};
    other.fill(7);
    const LeafOverride forged{.position = 1, .hash = other};
    for (const bool is_forged : {false, true}) {
        const std::span<const LeafOverride> overrides(&forged, is_forged ? 1 : 0);
        Writer raw;
        raw.bytes(as_bytes("DUSKSTAT")).le(std::uint32_t{1}).bytes(State().with({&contract, 1}, overrides)->root());
        raw.le(std::uint32_t{1}).prefixed_le<std::uint32_t>(code).le(std::uint32_t{1});
        raw.bytes(contract.id).boolean(false).le(contract.memory_length).le(contract.position);
        raw.bytes(contract.deployment->bytecode).le(std::uint32_t{0}).le(std::uint32_t{0});
        raw.le(static_cast<std::uint32_t>(overrides.size()));
        if (is_forged) raw.le(forged.position).bytes(forged.hash);
        Bytes file;
        CompressingWriter out([&](ByteView bytes) {
            append(file, bytes);
            return Result<void, StoreFailure>();
        });
        ASSERT_TRUE(out.write(raw.view()).has_value());
        ASSERT_TRUE(out.finish().has_value());
        MemoryFiles files;
        const auto store = *Store::open("db", {.files = &files});
        const auto imported = import_state(*store, source(file));
        EXPECT_EQ(imported.has_value(), !is_forged);
        EXPECT_EQ(store->commits().size(), is_forged ? 0U : 1U);
    }
}

TEST_F(StateExportTest, ADamagedPageIsNotExported) {
    for (std::uint8_t& byte : files_.content("db/pages.0")) byte ^= 1;
    const auto report =
        write_export(*store_, **store_->state(commit_), [](ByteView) { return Result<void, StoreFailure>(); });
    ASSERT_FALSE(report.has_value());
    EXPECT_EQ(report.error().kind, StoreError::damaged_page);
}

}  // namespace
}  // namespace dusk::vm
