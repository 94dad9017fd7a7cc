#include <fmt/core.h>

#include <algorithm>
#include <fstream>

#include "app/contract_commands.hpp"
#include "app/contract_files.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;

bool is_name(std::string_view name) {
    constexpr std::size_t kLongest = 40;
    const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto follows = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-'; };
    return !name.empty() && name.size() <= kLongest && letter(name.front()) && name.back() != '-' &&
           std::ranges::all_of(name, follows);
}

std::string filled(std::string_view content, std::string_view name) {
    constexpr std::string_view kPlace = "@NAME@";
    std::string text(content);
    for (std::size_t at = 0; (at = text.find(kPlace, at)) != std::string::npos; at += name.size()) {
        text.replace(at, kPlace.size(), name);
    }
    return text;
}

bool write(const fs::path& path, const std::string& content) {
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    std::ofstream file(path, std::ios::binary);
    file << content;
    return !error && file.flush().good();
}

}  // namespace

CommandResult new_contract(const NewContract& command) {
    if (!is_name(command.name)) {
        return fail(Failure{.exit = ExitCode::usage,
                            .code = "bad_name",
                            .message = fmt::format("\"{}\" is no name: a lower-case letter, then letters, digits and "
                                                   "hyphens, 40 at most",
                                                   command.name)});
    }
    const fs::path folder = command.name;
    std::error_code error;
    // Made by us or not at all: nothing that exists is written over.
    if (!fs::create_directory(folder, error)) {
        if (error) {
            return fail(failure_of(
                FileError{.kind = FileError::Kind::unwritable, .path = folder, .system_error = error.value()}));
        }
        return fail(Failure{.exit = ExitCode::file,
                            .code = "file_exists",
                            .message = fmt::format("{} exists and is left as it is", command.name)});
    }
    const bool is_cpp = command.language == ContractLanguage::cpp;
    nlohmann::ordered_json files = nlohmann::ordered_json::array();
    for (const EmbeddedFile& file : is_cpp ? cpp_project_files() : rust_project_files()) {
        const fs::path path = folder / file.path;
        if (!write(path, filled(file.content, command.name))) {
            return fail(failure_of(FileError{.kind = FileError::Kind::unwritable, .path = path}));
        }
        files.push_back(path.string());
    }
    const std::string source = (folder / (is_cpp ? "src/contract.cpp" : "src/lib.rs")).string();
    return Outcome{.text = fmt::format("{} files in {}/: start in {}, then\n  dusk contract build {}\n", files.size(),
                                       command.name, source, command.name),
                   .json = {{"folder", command.name}, {"source", source}, {"files", std::move(files)}}};
}

}  // namespace dusk::app
