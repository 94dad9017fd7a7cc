// The state store: commits by their size and by the size of the state, and opening it again.
#include "vm/store/store.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <filesystem>

#include "harness.hpp"
#include "node/thread_pool.hpp"

namespace dusk::bench {
namespace {

using namespace dusk::vm;

// A store in a temporary folder, gone at the end.
class Scratch {
  public:
    explicit Scratch(Durability durability, Executor* executor = nullptr)
        : folder_(std::filesystem::temp_directory_path() / fmt::format("dusk-store-bench-{}", ::getpid())),
          options_{.durability = durability, .executor = executor} {
        std::filesystem::remove_all(folder_);
        open();
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    void open() {
        store_.reset();
        store_ = std::move(*Store::open(folder_, options_));
    }
    Store& store() { return *store_; }

    // Deploys contracts 0 … count - 1 with one page each.
    StatePtr deploy(std::uint32_t count) {
        std::vector<ContractChange> changes;
        const Bytes code(100, 1);
        for (std::uint32_t i = 0; i < count; ++i) {
            changes.push_back({.id = id_of(i),
                               .is_64 = false,
                               .memory_length = kPageSize,
                               .pages = {{0, page_.data()}},
                               .deployed = NewContract{.bytecode = code, .owner = {}}});
        }
        return commit(genesis(), changes);
    }
    StatePtr genesis() { return store_->genesis(); }

    // Commits, and removes the commit before, as a node does that finalizes.
    StatePtr commit(const StatePtr& base, const std::vector<ContractChange>& changes) {
        const Hash id = *store_->commit(*store_->prepare(base, changes));
        if (store_->state(base->root()) && id != base->root()) (void)store_->finalize(base->root());
        return *store_->state(id);
    }

    static ContractId id_of(std::uint32_t i) {
        ByteArray<4> number;
        store_le(number.data(), i);
        return crypto::blake3(number);
    }

  private:
    std::filesystem::path folder_;
    StoreOptions options_;
    std::unique_ptr<Store> store_;
    Bytes page_ = Bytes(kPageSize, 3);
};

// Root and commit of dirty pages of one contract.
void commit_pages(Bench& bench, Durability durability, std::string_view suffix) {
    node::ThreadPool threads;
    for (const std::uint32_t count : {1U, 100U, 1000U}) {
        const std::string name = fmt::format("commit, {} dirty pages{}", count, suffix);
        if (!bench.wants(name)) continue;
        Scratch scratch(durability, &threads);
        StatePtr state = scratch.deploy(1);
        std::vector<Bytes> pages(count, Bytes(kPageSize, 5));
        std::uint64_t round = 0;
        bench.run(name, fmt::format("root+commit, {} dirty pages", count), 1, 11, [&] {
            ++round;
            std::vector<DirtyPage> dirty;
            for (std::uint32_t i = 0; i < count; ++i) {
                store_le(pages[i].data(), round * count + i);
                dirty.push_back({i, pages[i].data()});
            }
            state = scratch.commit(
                state, {{.id = Scratch::id_of(0), .is_64 = false, .memory_length = 1, .pages = std::move(dirty)}});
        });
    }
}

void commit_contracts(Bench& bench) {
    for (const std::uint32_t count : {1000U, 10000U, 100000U}) {
        const std::string name = fmt::format("commit, 10 of {} contracts", count);
        if (!bench.wants(name)) continue;
        Scratch scratch(Durability::process);
        StatePtr state = scratch.deploy(count);
        std::uint32_t round = 0;
        Bytes page(kPageSize, 9);
        bench.run(name, "", 1, 11, [&] {
            std::vector<Bytes> pages(10, page);
            std::vector<ContractChange> changes;
            for (std::uint32_t i = 0; i < 10; ++i) {
                store_le(pages[i].data(), ++round);
                changes.push_back({.id = Scratch::id_of((round * 7919) % count),
                                   .is_64 = false,
                                   .memory_length = kPageSize,
                                   .pages = {{0, pages[i].data()}}});
            }
            state = scratch.commit(state, changes);
        });
        bench.run(fmt::format("reopen, {} contracts", count), "", 1, 3, [&] { scratch.open(); });
    }
    if (bench.wants("reopen, 4 contracts")) {
        Scratch scratch(Durability::process);
        scratch.deploy(4);
        bench.run("reopen, 4 contracts", "reopen from disk", 1, 11, [&] { scratch.open(); });
    }
}

void rows(Bench& bench) {
    commit_pages(bench, Durability::process, "");
    commit_pages(bench, Durability::power_loss, ", on the disk");
    commit_contracts(bench);
}

const Registered registered("vm", rows);

}  // namespace
}  // namespace dusk::bench
