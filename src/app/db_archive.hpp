// What `dusk db archive` does with the archive of a node (src/chronicle), which may run meanwhile.
#pragma once

#include "app/outcome.hpp"
#include "base/executor.hpp"

namespace dusk::app {

struct DbArchive {
    std::filesystem::path folder{};  // of a node, or the file itself; or "postgresql://…"
};
// How far it is and what is in it.
[[nodiscard]] CommandResult archive_info(const DbArchive& command, Executor& executor);

struct DbArchiveExport {
    std::filesystem::path folder{};
    std::filesystem::path out{};
    std::string format{};    // "csv" or "json"; empty: as the name of the file ends, else csv
    std::string account{};   // transactions by which it paid or was paid; base58
    std::string contract{};  // events of it; hexadecimal
    std::string topic{};     // with a contract
    std::optional<std::uint64_t> from{};
    std::optional<std::uint64_t> to{};
    Overwrite overwrite = Overwrite::refuse;
};
// Final events as a table, one line for each: CSV (RFC 4180, with a first line of names) or JSON objects. Errors:
// usage, archive, file_*.
[[nodiscard]] CommandResult export_archive(const DbArchiveExport& command, Executor& executor);

}  // namespace dusk::app
