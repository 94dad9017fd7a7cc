// One state as one file: complete, compressed, checked from the first byte to the last.
//
// Below the compression: magic (8), version u32, root (32), bytecodes, contracts by ascending id with their pages,
// leaf overrides, and the BLAKE3 of all this. Every number is little-endian.
//
// What is read is bounded beside the pages, of which each has its place in a memory: a few bytes of a compressed file
// may stand for any number of them.
#pragma once

#include "vm/store/export_stream.hpp"
#include "vm/store/maintenance.hpp"

namespace dusk::vm {

inline constexpr std::uint32_t kMostExportedCodes = 100'000;
inline constexpr std::uint32_t kMostExportedContracts = 1'000'000;
inline constexpr std::size_t kMostExportedOwnerBytes = std::size_t{64} << 20;  // of all contracts together

struct ExportedContract {
    ContractId id;
    bool is_64;
    std::uint64_t memory_length;
    std::uint32_t position;
    Hash bytecode;
    Bytes owner;
    std::uint32_t pages;  // how many follow
};

// Gets the parts of an exported state in their order. What a call returns as an error ends the reading.
class ExportVisitor {
  public:
    ExportVisitor() = default;
    ExportVisitor(const ExportVisitor&) = delete;
    ExportVisitor& operator=(const ExportVisitor&) = delete;
    virtual ~ExportVisitor() = default;

    [[nodiscard]] virtual Result<void, StoreFailure> bytecode(Bytes bytecode) = 0;
    [[nodiscard]] virtual Result<void, StoreFailure> contract(ExportedContract contract) = 0;
    // Of the last contract; indices ascend.
    [[nodiscard]] virtual Result<void, StoreFailure> page(std::uint32_t index, ByteView content) = 0;
    [[nodiscard]] virtual Result<void, StoreFailure> leaf(const LeafOverride& leaf) = 0;
};

// Reads a file of that form; its root, which is not compared with the contents here. Memory: one page or bytecode.
// Errors: bad_export (also for more than the bounds above), unknown_version, those of the source and the visitor.
[[nodiscard]] Result<Hash, StoreFailure> read_export(ByteSource source, ExportVisitor& visitor);

struct ExportReport {
    Hash root{};
    std::size_t contracts = 0;
    std::uint64_t pages = 0;
    std::uint64_t file_bytes = 0;
};
// Writes a state. Every page and bytecode is compared with its hash on the way. Errors: damaged_page, damaged_bytecode,
// unknown_bytecode, io, and those of the sink.
[[nodiscard]] Result<ExportReport, StoreFailure> write_export(const Store& store, const State& state,
                                                              const ByteSink& sink, const StoreProgress& progress = {});

// Puts an exported state into a store, as a commit. Nothing is stored unless all of it is sound and has the root that
// it claims. Errors: bad_export, wrong_root, and those of `Store::commit`.
[[nodiscard]] Result<ExportReport, StoreFailure> import_state(Store& store, const ByteSource& source,
                                                              const StoreProgress& progress = {});

}  // namespace dusk::vm
