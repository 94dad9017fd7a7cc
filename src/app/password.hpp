// Where a password comes from: the terminal, a file descriptor or a file. Never the command line or the environment,
// where other users and other programs see it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/files.hpp"

namespace dusk::app {

struct PasswordSource {
    std::optional<int> descriptor;  // read to its end
    std::optional<std::filesystem::path> file;
};

struct PasswordError {
    enum class Kind : std::uint8_t {
        no_terminal,   // nothing was named and nobody can be asked
        interrupted,   // Ctrl-C at the terminal
        unreadable,    // the descriptor or the file
        too_long,      // more than 4096 bytes
        empty,         // for a new file
        do_not_match,  // the two entries for a new file
    };
    Kind kind;
    std::string detail{};  // of `unreadable`
};

// One sentence.
[[nodiscard]] std::string to_string(const PasswordError& error);

enum class PasswordUse : std::uint8_t { open_existing, protect_new };

// One line end at the end of a descriptor or file does not belong to the password. At the terminal nothing is echoed;
// a password for a new file is asked for twice, and may not be empty.
[[nodiscard]] Result<SecretBytes, PasswordError> read_password(const PasswordSource& source, PasswordUse use,
                                                               const std::string& question);

// One line from the terminal without echo, or all of the standard input where that is not a terminal. For recovery
// phrases. Errors: no_terminal, unreadable, too_long.
[[nodiscard]] Result<SecretBytes, PasswordError> read_phrase(const PasswordSource& source, const std::string& question);

}  // namespace dusk::app
