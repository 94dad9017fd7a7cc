// A database in one file, beside which SQLite keeps its log (-wal, -shm).
#pragma once

#include <filesystem>

#include "chronicle/database.hpp"

namespace dusk::chronicle {

enum class Access : bool { read, write };

// To write makes the file where there is none. A loss of power may take the last transactions, never parts of one.
// Errors: unreachable, in_use, no_space, damaged.
[[nodiscard]] Outcome<std::unique_ptr<Database>> open_sqlite(const std::filesystem::path& file, Access access);

}  // namespace dusk::chronicle
