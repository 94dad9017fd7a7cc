// A snapshot that is read: its first part at once, the state piece by piece.
#pragma once

#include "app/outcome.hpp"
#include "chain/snapshot.hpp"
#include "vm/store/export_stream.hpp"
#include "vm/store/file_system.hpp"

namespace dusk::app {

class SnapshotFile {
  public:
    // Errors: file_*, bad_snapshot.
    [[nodiscard]] static Result<SnapshotFile, Failure> open(const std::filesystem::path& path);

    [[nodiscard]] const chain::ChainSnapshot& chain() const { return chain_; }
    [[nodiscard]] std::uint64_t size() const { return size_; }
    // Bytes read so far.
    [[nodiscard]] std::uint64_t position() const { return at_; }
    // The state. This outlives it.
    [[nodiscard]] vm::ByteSource state();

  private:
    SnapshotFile() = default;

    std::string path_;
    std::unique_ptr<vm::File> file_;
    std::uint64_t size_ = 0;
    std::uint64_t at_ = 0;
    chain::ChainSnapshot chain_;
};

}  // namespace dusk::app
