#include "chronicle/open_database.hpp"

#include "chronicle/postgres_database.hpp"

namespace dusk::chronicle {

bool is_server(std::string_view name) { return name.starts_with("postgresql://") || name.starts_with("postgres://"); }

Outcome<std::unique_ptr<Database>> open_database(const std::string& name, Access access) {
    return is_server(name) ? open_postgres(name) : open_sqlite(name, access);
}

}  // namespace dusk::chronicle
