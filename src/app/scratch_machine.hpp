// A contract VM on a folder that is gone at the end.
#pragma once

#include <filesystem>
#include <memory>

#include "app/outcome.hpp"
#include "vm/machine.hpp"

namespace dusk::app {

class ScratchFolder {
  public:
    // Errors: file.
    [[nodiscard]] static Result<ScratchFolder, Failure> make();
    ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    ScratchFolder& operator=(ScratchFolder&&) = delete;
    ~ScratchFolder();
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;  // empty: another object has it
};

// Nothing of it is to outlive the power of the machine.
[[nodiscard]] Result<std::shared_ptr<vm::Machine>, Failure> scratch_machine(const ScratchFolder& folder);

}  // namespace dusk::app
