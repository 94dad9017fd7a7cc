#include "app/wallet_ui/terminal.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "base/base64.hpp"

namespace dusk::app::ui {
namespace {

// The other screen without a cursor, where what is pasted is marked as such.
constexpr std::string_view kTake = "\x1b[?1049h\x1b[?2004h\x1b[?25l";
constexpr std::string_view kGiveBack = "\x1b[0m\x1b[?25h\x1b[?2004l\x1b[?1049l";
constexpr std::array kEndings{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

volatile std::sig_atomic_t ending_signal = 0;

void handle_signals() {
    struct sigaction end{};
    end.sa_handler = [](int signal) { ending_signal = signal; };
    for (const int signal : kEndings) ::sigaction(signal, &end, nullptr);
    // Without a flag to restart, a wait ends when the size changes.
    struct sigaction wake{};
    wake.sa_handler = [](int /*signal*/) {};
    ::sigaction(SIGWINCH, &wake, nullptr);
}

std::unexpected<Failure> no_terminal(std::string why) {
    return fail(Failure{.exit = ExitCode::declined, .code = "no_terminal", .message = std::move(why)});
}

bool is_set(const char* name) {
    const char* const value = std::getenv(name);
    return value != nullptr && *value != '\0';
}

}  // namespace

Result<void, Failure> Terminal::check() {
    const char* const kind = std::getenv("TERM");
    if (kind == nullptr || *kind == '\0' || std::string_view(kind) == "dumb") {
        return no_terminal("the terminal cannot place a cursor (TERM): use the commands of `dusk wallet --help`");
    }
    if (::isatty(STDOUT_FILENO) == 0) {
        return no_terminal("there is no terminal to draw on: use the commands of `dusk wallet --help`");
    }
    return {};
}

Result<std::unique_ptr<Terminal>, Failure> Terminal::open() {
    if (const auto good = check(); !good) return fail(good.error());
    const int file = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (file < 0) return no_terminal("there is no terminal to draw on: use the commands of `dusk wallet --help`");
    std::unique_ptr<Terminal> out(new Terminal(file));
    if (::tcgetattr(file, &out->before_) != 0 || !out->take()) return no_terminal("the terminal cannot be used");
    handle_signals();
    return out;
}

Terminal::Terminal(int file) : file_(file), colours_(!is_set("NO_COLOR")) {}

Terminal::~Terminal() {
    give_back();
    ::close(file_);
}

bool Terminal::take() {
    termios raw = before_;
    ::cfmakeraw(&raw);
    is_taken_ = ::tcsetattr(file_, TCSAFLUSH, &raw) == 0;
    if (is_taken_) write(kTake);
    has_shown_ = false;
    return is_taken_;
}

void Terminal::give_back() {
    if (!is_taken_) return;
    write(kGiveBack);
    ::tcsetattr(file_, TCSAFLUSH, &before_);
    is_taken_ = false;
}

void Terminal::write(std::string_view text) {
    while (!text.empty() && !is_gone_) {
        const ssize_t written = ::write(file_, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        is_gone_ = written <= 0;
        if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
}

Size Terminal::size() const {
    winsize size{};
    if (::ioctl(file_, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return {};
    return {.rows = size.ws_row, .columns = size.ws_col};
}

void Terminal::show(const Picture& picture) {
    if (has_shown_ && picture == shown_) return;
    write(difference(picture, has_shown_ ? &shown_ : nullptr, colours_));
    shown_ = picture;
    has_shown_ = true;
}

void Terminal::copy(std::string_view text) { write(fmt::format("\x1b]52;c;{}\x07", to_base64(as_bytes(text)))); }

std::vector<Key> Terminal::keys(std::chrono::milliseconds patience) {
    constexpr int kSequencePatience = 50;  // milliseconds within which the bytes of one key come
    std::vector<Key> out;
    int wait = static_cast<int>(patience.count());
    while (true) {
        pollfd waiting{file_, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, wait);
        if (ready <= 0) reader_.settle();
        std::array<char, 4096> part{};
        if (ready > 0) {
            const ssize_t got = ::read(file_, part.data(), part.size());
            if (got > 0) reader_.feed({part.data(), static_cast<std::size_t>(got)});
            is_gone_ = got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN);
        }
        while (auto key = reader_.next()) out.push_back(*std::move(key));
        if (ready <= 0 || is_gone_ || !out.empty()) return out;
        wait = kSequencePatience;
    }
}

bool Terminal::has_ended() const { return is_gone_ || ending_signal != 0; }

void Terminal::suspend() {
    give_back();
    (void)::raise(SIGSTOP);
    (void)take();
}

}  // namespace dusk::app::ui
