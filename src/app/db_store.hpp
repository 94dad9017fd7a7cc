// The state store that the commands of `dusk db` work on.
#pragma once

#include "app/outcome.hpp"
#include "app/progress_line.hpp"
#include "base/executor.hpp"
#include "base/hex.hpp"
#include "vm/store/maintenance.hpp"

namespace dusk::app {

[[nodiscard]] Failure failure_of(const vm::StoreFailure& failure);

// What the commands open a store with.
[[nodiscard]] vm::StoreOptions db_options(Executor& executor);
// Whether there is a store in the folder: only `import` makes one.
[[nodiscard]] Result<void, Failure> require_store(const std::filesystem::path& folder);
[[nodiscard]] Result<std::unique_ptr<vm::Store>, Failure> open_store(const std::filesystem::path& folder,
                                                                     Executor& executor);

[[nodiscard]] vm::StoreProgress shown_on(ProgressLine& progress);
[[nodiscard]] inline std::string hex_of(const vm::Hash& hash) { return to_hex(ByteView(hash)); }
// "1.5 MiB"
[[nodiscard]] std::string size_text(std::uint64_t bytes);

}  // namespace dusk::app
