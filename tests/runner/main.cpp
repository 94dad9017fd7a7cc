// dusk-vectors AREA [--dir DIR]: runs every case of every file of an area.
// DIR holds <area>/<file>.json or .json.gz; a file that holds several of them as {"<file>": {…}, …}, or their sections
// side by side, as the reference prints them, is run part by part. Without DIR: the folder that DUSK_VECTORS names,
// else the project's own copy, which must be complete (a file that a runner expects and that is not there is a
// failure).
#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <stdexcept>
#include <string>

#include "report.hpp"

namespace {

using namespace dusk::vectors;
namespace fs = std::filesystem;

// zlib reads plain files as they are.
std::string read_file(const fs::path& path) {
    gzFile file = gzopen(path.c_str(), "rb");
    if (file == nullptr) throw std::runtime_error("cannot be opened");
    std::string text;
    std::string buffer(1 << 16, '\0');
    int got = 0;
    while ((got = gzread(file, buffer.data(), static_cast<unsigned>(buffer.size()))) > 0) {
        text.append(buffer, 0, static_cast<std::size_t>(got));
    }
    gzclose(file);
    if (got < 0) throw std::runtime_error("cannot be read or is damaged");
    return text;
}

// Empty where the file is no vector file.
std::string stem(const fs::path& path) {
    std::string name = path.filename().string();
    for (std::string_view suffix : {".json.gz", ".json"}) {
        if (name.ends_with(suffix)) return name.substr(0, name.size() - suffix.size());
    }
    return {};
}

const Runner* runner_named(std::string_view area, std::string_view file) {
    const auto found = std::ranges::find_if(
        runners(), [&](const Runner& runner) { return runner.area == area && runner.file == file; });
    return found == runners().end() ? nullptr : &*found;
}

bool has_its_sections(const Runner& runner, const Json& file) {
    if (runner.is_list && (!file.is_array() || file.empty())) return false;
    const Json& root = runner.is_list ? file.front() : file;
    return root.is_object() && root.size() == runner.sections.size() &&
           std::ranges::all_of(runner.sections, [&](std::string_view key) { return root.contains(key); });
}

// By name, else by the set of sections.
const Runner* find_runner(std::string_view area, std::string_view file, const Json& root) {
    if (const Runner* named = runner_named(area, file)) return named;
    const auto found = std::ranges::find_if(
        runners(), [&](const Runner& runner) { return runner.area == area && has_its_sections(runner, root); });
    return found == runners().end() ? nullptr : &*found;
}

// Whether every field is a whole file: its name is a runner's, and its content has that runner's sections.
bool holds_whole_files(std::string_view area, const Json& root) {
    return root.is_object() && !root.empty() && std::ranges::all_of(root.items(), [&](const auto& field) {
               const Runner* runner = runner_named(area, field.key());
               return runner != nullptr && has_its_sections(*runner, field.value());
           });
}

// The content of each file that is there in parts: the sections of several runners side by side, some of them shared,
// as the reference prints all of an area at once. Empty unless every section belongs to one.
std::map<std::string, Json> files_side_by_side(std::string_view area, const Json& root) {
    std::map<std::string, Json> out;
    std::set<std::string_view> known;
    for (const Runner& runner : runners()) {
        const auto is_there = [&](std::string_view section) { return root.contains(section); };
        if (runner.area != area || !root.is_object() || !std::ranges::all_of(runner.sections, is_there)) continue;
        for (const std::string_view section : runner.sections) {
            out[std::string(runner.file)][std::string(section)] = root.at(std::string(section));
            known.insert(section);
        }
    }
    return root.size() == known.size() ? out : std::map<std::string, Json>();
}

void report_unread(const Json& json, const std::string& path, const Seen& seen, Report& report) {
    if (json.is_object() && seen.contains(&json)) {
        for (const auto& [key, value] : json.items()) report_unread(value, path + "." + key, seen, report);
    } else if (json.is_array() && seen.contains(&json)) {
        for (std::size_t i = 0; i < json.size(); ++i) {
            report_unread(json[i], fmt::format("{}[{}]", path, i), seen, report);
        }
    } else if (!seen.contains(&json)) {
        report.fail_case(path, "the runner does not know this field");
    }
}

void run_content(std::string_view area, const std::string& name, const Json& root, Report& report) {
    const std::size_t passed = report.passed();
    const std::size_t failed = report.failed();
    try {
        const Runner* runner = find_runner(area, name, root);
        if (runner == nullptr) throw std::runtime_error("no runner knows this file");
        Seen seen;
        runner->run(Node(root, seen, name), report);
        report_unread(root, name, seen, report);
    } catch (const std::exception& error) {
        report.fail_case(name, error.what());
    }
    if (report.passed() == passed && report.failed() == failed) report.fail_case(name, "holds no case");
    fmt::print("  {:<20} {:>6} passed {:>4} failed\n", name, report.passed() - passed, report.failed() - failed);
}

void run_file(std::string_view area, const fs::path& path, Report& report) {
    Json root;
    try {
        root = Json::parse(read_file(path));
    } catch (const std::exception& error) {
        report.fail_case(path.string(), error.what());
        return;
    }
    if (holds_whole_files(area, root)) {
        for (const auto& [name, content] : root.items()) run_content(area, name, content, report);
        return;
    }
    const bool is_one_file = find_runner(area, stem(path), root) != nullptr;
    const auto parts = is_one_file ? std::map<std::string, Json>() : files_side_by_side(area, root);
    if (parts.empty()) return run_content(area, stem(path), root, report);
    for (const auto& [name, content] : parts) run_content(area, name, content, report);
}

// In the order of their names. What is no vector file fails, but for a README.md.
std::set<fs::path> vector_files(const fs::path& folder, Report& report) {
    std::set<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (!stem(entry.path()).empty()) {
            files.insert(entry.path());
        } else if (entry.path().filename() != "README.md") {
            report.fail_case(entry.path().string(), "is neither .json nor .json.gz: it was not run");
        }
    }
    return files;
}

void require_all(std::string_view area, const std::set<fs::path>& files, Report& report) {
    for (const Runner& runner : runners()) {
        if (runner.area == area && std::ranges::find(files, runner.file, stem) == files.end()) {
            report.fail_case(runner.file, "the file is missing from tests/vectors");
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::string area;
    fs::path dir;
    bool own = false;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--dir" && i + 1 < argc) {
            dir = argv[++i];
        } else if (!argument.starts_with("-") && area.empty()) {
            area = argument;
        } else {
            fmt::print(stderr, "usage: dusk-vectors AREA [--dir DIR]\n");
            return 2;
        }
    }
    if (area.empty()) {
        fmt::print(stderr, "usage: dusk-vectors AREA [--dir DIR]\n");
        return 2;
    }
    if (dir.empty()) {
        const char* named = std::getenv("DUSK_VECTORS");
        own = named == nullptr || *named == '\0';
        dir = own ? fs::path(DUSK_OWN_VECTORS) : fs::path(named);
    }
    Report report;
    const std::set<fs::path> files = vector_files(dir / area, report);
    for (const fs::path& path : files) run_file(area, path, report);
    if (own) require_all(area, files, report);
    if (files.empty()) report.fail_case((dir / area).string(), "no vector files here");
    fmt::print("{}: {} passed, {} failed\n", area, report.passed(), report.failed());
    return report.failed() == 0 ? 0 : 1;
}
