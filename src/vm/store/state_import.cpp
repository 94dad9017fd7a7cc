// Putting an exported state into a store.
#include <algorithm>
#include <map>

#include "vm/store/state_export.hpp"

namespace dusk::vm {

// Pages go to free slots as they come; the record that refers to them comes last, or never.
class StoreImport final : public ExportVisitor {
  public:
    StoreImport(Store& store, const StoreProgress& progress) : store_(store), progress_(progress) {
        prepared_.base_ = store.genesis_;
    }

    [[nodiscard]] Result<void, StoreFailure> bytecode(Bytes bytecode) override {
        const Hash hash = crypto::blake3(bytecode);
        if (auto written = store_.codes_.write(hash, bytecode, store_.syncs()); !written) return written;
        codes_.insert(hash);
        return {};
    }

    [[nodiscard]] Result<void, StoreFailure> contract(ExportedContract contract) override {
        if (!codes_.contains(contract.bytecode) || contract.position == 0) return fail(malformed());
        ContractUpdate& update = updates_.emplace_back();
        update.id = contract.id;
        update.is_64 = contract.is_64;
        update.memory_length = contract.memory_length;
        update.position = contract.position;
        update.deployment = std::make_shared<const Deployment>(
            Deployment{.bytecode = contract.bytecode, .owner = std::move(contract.owner)});
        ++report_.contracts;
        return {};
    }

    [[nodiscard]] Result<void, StoreFailure> page(std::uint32_t index, ByteView content) override {
        const Hash hash = crypto::blake3(content);
        auto page = store_.pages_->page(hash);
        if (!page->is_stored()) {
            const auto [known, added] = fresh_.try_emplace(hash, page);
            page = known->second;
            if (added) {
                contents_.push_back(to_vector(content));
                batch_.push_back({.page = page, .bytes = contents_.back().data()});
            }
        }
        updates_.back().pages.push_back({.index = index, .node = std::move(page)});
        if (++report_.pages % kBatch == 0 && progress_) progress_(report_.pages, 0);
        return batch_.size() == kBatch ? flush() : Result<void, StoreFailure>();
    }

    [[nodiscard]] Result<void, StoreFailure> leaf(const LeafOverride& leaf) override {
        if (overrides_.size() == updates_.size()) return fail(malformed());
        overrides_.push_back(leaf);
        return {};
    }

    [[nodiscard]] Result<ExportReport, StoreFailure> finish(const Hash& root) {
        if (const auto flushed = flush(); !flushed) return fail(flushed.error());
        prepared_.state_ = State().with(updates_, overrides_);
        if (!prepared_.state_ || !prepared_.state_->has_dense_positions() || !overrides_hold(*prepared_.state_)) {
            return fail(malformed());
        }
        if (prepared_.state_->root() != root) return fail(StoreFailure{.kind = StoreError::wrong_root});
        report_.root = root;
        const std::scoped_lock writing(store_.write_mutex_);
        if (store_.commits_.find(root) != nullptr) return report_;
        if (store_.syncs()) {
            if (const auto synced = store_.pages_->sync(); !synced) return fail(synced.error());
        }
        if (const auto recorded = store_.record_commit(prepared_); !recorded) return fail(recorded.error());
        return report_;
    }

  private:
    static constexpr std::size_t kBatch = 64;

    // An override says which of several contracts with one position the tree has. Anything else would be a root that
    // the pages do not have.
    [[nodiscard]] bool overrides_hold(const State& state) const {
        std::map<std::uint32_t, std::vector<Hash>> roots;
        if (!overrides_.empty()) {
            state.for_each(
                [&](const ContractRecord& contract) { roots[contract.position].push_back(contract.pages.root()); });
        }
        return std::ranges::all_of(overrides_, [&](const LeafOverride& leaf) {
            const std::vector<Hash>& of = roots[leaf.position];
            return of.size() > 1 && std::ranges::find(of, leaf.hash) != of.end();
        });
    }

    static StoreFailure malformed() { return {.kind = StoreError::bad_export}; }

    Result<void, StoreFailure> flush() {
        auto written = store_.pages_->write(batch_, false, store_.executor_);
        for (PageFiles::Content& content : batch_) content.bytes = nullptr;
        prepared_.pages_.insert(prepared_.pages_.end(), batch_.begin(), batch_.end());
        batch_.clear();
        contents_.clear();
        return written;
    }

    Store& store_;
    const StoreProgress& progress_;
    ExportReport report_;
    PreparedCommit prepared_;
    std::set<Hash> codes_;
    std::vector<ContractUpdate> updates_;
    std::vector<LeafOverride> overrides_;
    std::map<Hash, std::shared_ptr<StoredPage>> fresh_;
    std::vector<Bytes> contents_;
    std::vector<PageFiles::Content> batch_;
};

Result<ExportReport, StoreFailure> import_state(Store& store, const ByteSource& source, const StoreProgress& progress) {
    StoreImport import(store, progress);
    std::uint64_t bytes = 0;
    const auto root = read_export(
        [&](MutableByteView out) {
            auto got = source(out);
            if (got) bytes += *got;
            return got;
        },
        import);
    if (!root) return fail(root.error());
    auto report = import.finish(*root);
    if (report) report->file_bytes = bytes;
    return report;
}

}  // namespace dusk::vm
