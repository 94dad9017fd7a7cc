// Runs the built programs as a person or a script does.
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace dusk::cli {

struct Finished {
    int exit = -1;  // 128 + signal where a signal ended it
    std::string out;
    std::string err;
    bool core_dumped = false;
    bool echo = false;  // whether the terminal shows what is typed, after the end

    [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(out); }
};

struct Start {
    std::vector<std::string> arguments;
    std::string input{};                 // the standard input, which is no terminal
    std::map<int, std::string> pipes{};  // what can be read from further descriptors
    std::filesystem::path folder{};      // where it runs
    std::string program = DUSK_PROGRAM;  // `dusk`
    std::size_t memory_mib = 0;          // no more address space than this; 0: as much as there is
};

// Without a controlling terminal.
[[nodiscard]] Finished run(const Start& start);

// With a terminal, at which each question is answered in turn. `out` is all that the terminal showed.
struct Answer {
    std::string question;  // waited for
    std::string typed;     // a line, its end included
};
[[nodiscard]] Finished run_at_terminal(const Start& start, const std::vector<Answer>& answers);

}  // namespace dusk::cli
