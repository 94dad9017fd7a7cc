// Bytecodes on the disk: `code/<BLAKE3 in hex>.wasm`, each written once under another name and then renamed.
#pragma once

#include <filesystem>
#include <set>

#include "vm/contract_id.hpp"
#include "vm/store/error.hpp"
#include "vm/store/file_system.hpp"

namespace dusk::vm {

class CodeFiles {
  public:
    // No bytecode is larger; contracts of more would cost more gas than a block has.
    static constexpr std::uint64_t kLargest = std::uint64_t{1} << 30;

    CodeFiles(FileSystem& system, std::filesystem::path folder) : system_(system), folder_(std::move(folder)) {}

    // The folder is there afterwards.
    [[nodiscard]] Result<void, StoreFailure> prepare();
    // With `sync` the file and its name are on the disk when this returns. Nothing is done where it is there.
    [[nodiscard]] Result<void, StoreFailure> write(const Hash& hash, ByteView bytecode, bool sync);
    // Errors: unknown_bytecode, damaged_bytecode, io.
    [[nodiscard]] Result<Bytes, StoreFailure> read(const Hash& hash) const;
    // Removes all but these, and what a write left behind. The number of files removed.
    [[nodiscard]] Result<std::size_t, StoreFailure> keep_only(const std::set<Hash>& hashes);

  private:
    [[nodiscard]] std::filesystem::path path_of(const Hash& hash) const;

    FileSystem& system_;
    std::filesystem::path folder_;
};

}  // namespace dusk::vm
