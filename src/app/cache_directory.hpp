// Where files lie that can be made again: what a process computed once.
#pragma once

#include <filesystem>
#include <optional>

namespace dusk::app {

// $DUSK_CACHE, else $XDG_CACHE_HOME/dusk, else $HOME/.cache/dusk; none where none of them is set. Relative paths in the
// last two count as unset. The folder need not exist.
[[nodiscard]] std::optional<std::filesystem::path> cache_directory();

}  // namespace dusk::app
