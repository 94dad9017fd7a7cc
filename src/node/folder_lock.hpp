// One program at a time works on a folder: a second one gets an error that names the first.
#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "base/result.hpp"

namespace dusk::node {

// Held until it is destroyed, or the process ends however it ends. The file `lock` in the folder stays.
class FolderLock {
  public:
    // The folder is there. The error is a sentence: who holds the lock, or why it cannot be taken.
    [[nodiscard]] static Result<FolderLock, std::string> take(const std::filesystem::path& folder);
    FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock();

  private:
    explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace dusk::node
