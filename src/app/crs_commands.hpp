// What `dusk crs` does, command by command. Files are read and written; results are not printed here.
#pragma once

#include "app/outcome.hpp"
#include "base/executor.hpp"

namespace dusk::app {

struct CrsNew {
    std::filesystem::path file{};
    unsigned powers = 17;  // 2^powers + 10 points
    Overwrite overwrite = Overwrite::refuse;
};
// A ceremony that nobody has contributed to.
[[nodiscard]] CommandResult new_crs(const CrsNew& command);

struct CrsContribute {
    std::filesystem::path file{};
    std::string name{};
    PasswordSource seed{};  // for development only; else the system's randomness
};
// Verifies the ceremony, contributes, and replaces the file by its next state.
[[nodiscard]] CommandResult contribute_to_crs(const CrsContribute& command, RandomSource& random, Executor& executor);

struct CrsVerify {
    std::filesystem::path file{};
    std::string network{};  // empty: any
};
// A ceremony or parameters of either format; with a network, also that they are the network's.
[[nodiscard]] CommandResult verify_crs_file(const CrsVerify& command, RandomSource& random, Executor& executor);

struct CrsInfo {
    std::filesystem::path file{};
};
// What a file holds. Its points are decoded, but not whether they belong together is checked.
[[nodiscard]] CommandResult crs_info(const CrsInfo& command, Executor& executor);

enum class CrsFormat : std::uint8_t { checked, raw };

struct CrsExport {
    std::filesystem::path file{};
    std::filesystem::path out{};
    CrsFormat format = CrsFormat::checked;
    Overwrite overwrite = Overwrite::refuse;
};
// Verifies a file and writes its parameters in a format of the network.
[[nodiscard]] CommandResult export_crs(const CrsExport& command, RandomSource& random, Executor& executor);

struct CrsDevnet {
    std::filesystem::path out{};
    CrsFormat format = CrsFormat::checked;
    Overwrite overwrite = Overwrite::refuse;
};
// The development parameters, from the cache or made.
[[nodiscard]] CommandResult export_devnet_crs(const CrsDevnet& command, Executor& executor);

}  // namespace dusk::app
