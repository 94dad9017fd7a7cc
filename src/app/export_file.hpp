// A large file that is written piece by piece, under a temporary name beside its own: it is there whole or not at all.
#pragma once

#include "app/outcome.hpp"
#include "vm/store/error.hpp"
#include "vm/store/file_system.hpp"

namespace dusk::app {

class ExportFile {
  public:
    explicit ExportFile(const std::filesystem::path& path) : path_(path), temporary_(path.string() + ".new") {}
    ExportFile(const ExportFile&) = delete;
    ExportFile& operator=(const ExportFile&) = delete;
    ~ExportFile();

    // To be asked before long work. Error: file_exists.
    [[nodiscard]] static Result<void, Failure> may_write(const std::filesystem::path& path, Overwrite overwrite);

    // Errors of both: io, no_space.
    [[nodiscard]] Result<void, vm::StoreFailure> open();
    [[nodiscard]] Result<void, vm::StoreFailure> write(ByteView bytes);
    // Bytes written so far.
    [[nodiscard]] std::uint64_t size() const { return size_; }
    // On the disk and under its own name. Once. Errors: file_*, no_space.
    [[nodiscard]] Result<void, Failure> put_in_place(Overwrite overwrite);

  private:
    std::filesystem::path path_;
    std::string temporary_;
    std::unique_ptr<vm::File> file_;
    std::uint64_t size_ = 0;
    bool placed_ = false;
};

}  // namespace dusk::app
