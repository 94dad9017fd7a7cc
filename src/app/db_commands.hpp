// What `dusk db` does with the state store of a node that is not running, command by command.
#pragma once

#include "app/outcome.hpp"
#include "base/executor.hpp"

namespace dusk::app {

struct DbFolder {
    std::filesystem::path folder{};
};
// Reads and verifies everything. A store that is not sound is a failure with the status `bad_input`.
[[nodiscard]] CommandResult check_db(const DbFolder& command, Executor& executor);
[[nodiscard]] CommandResult repair_db(const DbFolder& command, Executor& executor);
[[nodiscard]] CommandResult db_stats(const DbFolder& command, Executor& executor);
[[nodiscard]] CommandResult compact_db(const DbFolder& command, Executor& executor);

struct DbExport {
    std::filesystem::path folder{};
    std::filesystem::path out{};
    std::string state{};  // a commit in hex; empty: the main state, or the only commit
    Overwrite overwrite = Overwrite::refuse;
};
[[nodiscard]] CommandResult export_db(const DbExport& command, Executor& executor);

struct DbImport {
    std::filesystem::path folder{};  // made where there is none
    std::filesystem::path file{};
};
[[nodiscard]] CommandResult import_db(const DbImport& command, Executor& executor);

}  // namespace dusk::app
