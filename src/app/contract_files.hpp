// The files that `dusk contract new` writes, as they were when the program was built (cmake/embed.cmake).
#pragma once

#include <span>
#include <string_view>

namespace dusk::app {

struct EmbeddedFile {
    std::string_view path;     // in the project
    std::string_view content;  // @NAME@ stands for the name of the contract
};

[[nodiscard]] std::span<const EmbeddedFile> cpp_project_files();
[[nodiscard]] std::span<const EmbeddedFile> rust_project_files();

}  // namespace dusk::app
