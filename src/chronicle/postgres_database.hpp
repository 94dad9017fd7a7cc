// A database of a PostgreSQL server.
#pragma once

#include "chronicle/database.hpp"

namespace dusk::chronicle {

// `url`: "postgresql://user:password@host:5432/name", or what else libpq takes. The tables stand in the schema that the
// connection finds first. A crash of the server may take the last transactions, never parts of one. Errors:
// unreachable.
[[nodiscard]] Outcome<std::unique_ptr<Database>> open_postgres(const std::string& url);

}  // namespace dusk::chronicle
