#include "app/confirm.hpp"

#include <cstdio>
#include <memory>

namespace dusk::app {

Result<void, Failure> confirm(const std::string& text, bool already) {
    if (already) return {};
    const auto close = [](std::FILE* file) { (void)std::fclose(file); };
    const std::unique_ptr<std::FILE, decltype(close)> terminal(std::fopen("/dev/tty", "r+"), close);
    if (!terminal) {
        return fail(Failure{.exit = ExitCode::declined,
                            .code = "no_terminal",
                            .message = "there is no terminal to ask at: look at what is asked with --dry-run, and say "
                                       "--yes"});
    }
    std::string line = text + "Go on? [y/N] ";
    (void)std::fwrite(line.data(), 1, line.size(), terminal.get());
    (void)std::fflush(terminal.get());
    line.clear();
    for (int c = std::fgetc(terminal.get()); c != EOF && c != '\n' && line.size() < 16;
         c = std::fgetc(terminal.get())) {
        line.push_back(static_cast<char>(c));
    }
    if (line == "y" || line == "Y" || line == "yes") return {};
    return fail(Failure{.exit = ExitCode::declined, .code = "declined", .message = "nothing was done"});
}

}  // namespace dusk::app
