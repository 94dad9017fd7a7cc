// The database that a configuration names.
#pragma once

#include <filesystem>

#include "chronicle/sqlite_database.hpp"

namespace dusk::chronicle {

// "postgresql://…" or "postgres://…": a PostgreSQL server; else the path of a SQLite file.
[[nodiscard]] bool is_server(std::string_view name);
[[nodiscard]] Outcome<std::unique_ptr<Database>> open_database(const std::string& name, Access access);

}  // namespace dusk::chronicle
