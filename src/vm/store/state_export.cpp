#include "vm/store/state_export.hpp"

#include <algorithm>
#include <set>

#include "base/writer.hpp"

namespace dusk::vm {
namespace {

constexpr ByteArray<8> kMagic = {'D', 'U', 'S', 'K', 'S', 'T', 'A', 'T'};
constexpr std::uint32_t kVersion = 1;
constexpr std::uint32_t kLargestOwner = 65536;

// The fixed part of a contract: id, memory, position, bytecode, length of the owner.
constexpr std::size_t kContractHead = 32 + 1 + 8 + 4 + 32 + 4;

// Leaves that do not follow from the contracts in their order.
std::vector<LeafOverride> overrides_of(const State& state) {
    std::map<std::uint32_t, Hash> leaves;
    state.for_each([&](const ContractRecord& contract) { leaves[contract.position] = contract.pages.root(); });
    std::vector<LeafOverride> out;
    for (const auto& [position, hash] : leaves) {
        const Hash is = state.tree().find(position)->hash;
        if (is != hash) out.push_back({.position = position, .hash = is});
    }
    return out;
}

class Exporter {
  public:
    Exporter(const Store& store, const State& state, const ByteSink& sink, const StoreProgress& progress)
        : store_(store), state_(state), progress_(progress), out_([this, &sink](ByteView bytes) {
              report_.file_bytes += bytes.size();
              return sink(bytes);
          }) {}

    Result<ExportReport, StoreFailure> run() {
        report_.root = state_.root();
        std::set<Hash> codes;
        state_.for_each([&](const ContractRecord& contract) {
            codes.insert(contract.deployment->bytecode);
            contract.for_each_page([&](std::uint32_t, const StoredPage&) { ++total_; });
        });
        Writer head;
        head.bytes(kMagic).le(kVersion).bytes(report_.root).le(static_cast<std::uint32_t>(codes.size()));
        put(head.view());
        for (const Hash& code : codes) put_code(code);
        put_number(static_cast<std::uint32_t>(state_.size()));
        state_.for_each([&](const ContractRecord& contract) { put_contract(contract); });
        const auto overrides = overrides_of(state_);
        put_number(static_cast<std::uint32_t>(overrides.size()));
        for (const LeafOverride& leaf : overrides) {
            put_number(leaf.position);
            put(leaf.hash);
        }
        if (result_) result_ = out_.finish();
        if (!result_) return fail(result_.error());
        return report_;
    }

  private:
    // The first error stays and ends the writing.
    void put(ByteView bytes) {
        if (result_) result_ = out_.write(bytes);
    }
    void put_number(std::uint32_t value) { put(Writer().le(value).view()); }

    void put_code(const Hash& hash) {
        if (!result_) return;
        const auto code = store_.bytecode(hash);
        if (!code) return static_cast<void>(result_ = fail(code.error()));
        put_number(static_cast<std::uint32_t>(code->size()));
        put(*code);
    }

    void put_contract(const ContractRecord& contract) {
        if (!result_) return;
        ++report_.contracts;
        std::uint32_t pages = 0;
        contract.for_each_page([&](std::uint32_t, const StoredPage&) { ++pages; });
        Writer head(kContractHead);
        head.bytes(contract.id).boolean(contract.is_64).le(contract.memory_length).le(contract.position);
        head.bytes(contract.deployment->bytecode).prefixed_le<std::uint32_t>(contract.deployment->owner).le(pages);
        put(head.view());
        contract.for_each_page([&](std::uint32_t index, const StoredPage& page) { put_page(index, page); });
    }

    void put_page(std::uint32_t index, const StoredPage& page) {
        if (!result_) return;
        result_ = page.read(content_);
        if (result_ && crypto::blake3(content_) != page.hash) {
            result_ =
                fail(StoreFailure{.kind = StoreError::damaged_page, .file = page.file_name(), .offset = page.offset()});
        }
        put_number(index);
        put(content_);
        if (++report_.pages % 64 == 0 && progress_) progress_(report_.pages, total_);
    }

    const Store& store_;
    const State& state_;
    const StoreProgress& progress_;
    ExportReport report_;
    std::uint64_t total_ = 0;
    Bytes content_ = Bytes(kPageSize);
    Result<void, StoreFailure> result_;
    CompressingWriter out_;
};

class ExportReader {
  public:
    ExportReader(ByteSource source, ExportVisitor& visitor) : in_(std::move(source)), visitor_(visitor) {}

    Result<Hash, StoreFailure> run() {
        ByteArray<8 + 4 + 32> head;
        get(head);
        if (result_ && !equal(ByteView(head).first(8), kMagic)) reject();
        if (result_ && load_le<std::uint32_t>(head.data() + 8) != kVersion) {
            result_ = fail(StoreFailure{.kind = StoreError::unknown_version});
        }
        const std::uint32_t codes = number(kMostExportedCodes);
        for (std::uint32_t i = 0; i < codes && result_; ++i) get_code();
        const std::uint32_t contracts = number(kMostExportedContracts);
        for (std::uint32_t i = 0; i < contracts && result_; ++i) get_contract();
        const std::uint32_t leaves = number(contracts);
        for (std::uint32_t i = 0; i < leaves && result_; ++i) {
            LeafOverride leaf{.position = number(), .hash = {}};
            get(leaf.hash);
            if (result_) result_ = visitor_.leaf(leaf);
        }
        if (result_) result_ = in_.finish();
        if (!result_) return fail(result_.error());
        return take<32>(ByteView(head).subspan(12));
    }

  private:
    void get(MutableByteView out) {
        if (result_) result_ = in_.read(out);
    }
    std::uint32_t number() {
        ByteArray<4> bytes{};
        get(bytes);
        return result_ ? load_le<std::uint32_t>(bytes.data()) : 0;
    }
    std::uint32_t number(std::uint32_t most) {
        const std::uint32_t out = number();
        if (out > most) reject();
        return out;
    }
    void reject() { result_ = fail(in_.malformed()); }

    // A byte string behind its length; memory grows with what is really there.
    Bytes string(std::uint64_t most) {
        constexpr std::size_t kStep = std::size_t{1} << 20;
        const std::uint32_t size = number();
        if (result_ && size > most) reject();
        Bytes out;
        while (result_ && out.size() < size) {
            const std::size_t at = out.size();
            out.resize(std::min<std::size_t>(size, at + kStep));
            get(MutableByteView(out).subspan(at));
        }
        return out;
    }

    void get_code() {
        Bytes code = string(CodeFiles::kLargest);
        if (result_) result_ = visitor_.bytecode(std::move(code));
    }

    void get_contract() {
        ByteArray<32 + 1 + 8 + 4 + 32> head;
        get(head);
        if (!result_) return;
        if (head[32] > 1) return reject();
        ExportedContract contract{.id = take<32>(head),
                                  .is_64 = head[32] == 1,
                                  .memory_length = load_le<std::uint64_t>(head.data() + 33),
                                  .position = load_le<std::uint32_t>(head.data() + 41),
                                  .bytecode = take<32>(ByteView(head).subspan(45)),
                                  .owner = {},
                                  .pages = 0};
        contract.owner = string(kLargestOwner);
        owner_bytes_ += contract.owner.size();
        if (result_ && owner_bytes_ > kMostExportedOwnerBytes) reject();
        contract.pages = number();
        if (last_id_ && contract.id <= *last_id_) return reject();
        last_id_ = contract.id;
        const bool is_64 = contract.is_64;
        const std::uint32_t pages = contract.pages;
        if (result_) result_ = visitor_.contract(std::move(contract));
        std::int64_t last = -1;
        for (std::uint32_t i = 0; i < pages && result_; ++i) {
            const std::uint32_t index = number();
            get(content_);
            if (result_ && (index <= last || index >= most_pages(is_64))) reject();
            if (result_) result_ = visitor_.page(index, content_);
            last = index;
        }
    }

    DecompressingReader in_;
    ExportVisitor& visitor_;
    Result<void, StoreFailure> result_;
    std::optional<ContractId> last_id_;
    std::size_t owner_bytes_ = 0;
    Bytes content_ = Bytes(kPageSize);
};

}  // namespace

Result<Hash, StoreFailure> read_export(ByteSource source, ExportVisitor& visitor) {
    return ExportReader(std::move(source), visitor).run();
}

Result<ExportReport, StoreFailure> write_export(const Store& store, const State& state, const ByteSink& sink,
                                                const StoreProgress& progress) {
    return Exporter(store, state, sink, progress).run();
}

}  // namespace dusk::vm
