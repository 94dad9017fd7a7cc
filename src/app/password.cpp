#include "app/password.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

namespace dusk::app {
namespace {

constexpr std::size_t kMostBytes = 4096;

using Kind = PasswordError::Kind;

PasswordError unreadable(const std::string& what) {
    return {.kind = Kind::unreadable, .detail = what + ": " + std::generic_category().message(errno)};
}

volatile std::sig_atomic_t caught_signal = 0;

// While the echo is off, Ctrl-C, Ctrl-\ and Ctrl-Z must not leave the terminal mute: they end the waiting, the echo
// comes back, and then the signal does what it does. The signals are blocked but for the waiting itself, so that none
// slips in before it.
class HeldSignals {
  public:
    HeldSignals() {
        caught_signal = 0;
        struct sigaction hold{};
        hold.sa_handler = [](int signal) { caught_signal = signal; };
        sigset_t held;
        ::sigemptyset(&held);
        for (const int signal : kSignals) ::sigaddset(&held, signal);
        ::pthread_sigmask(SIG_BLOCK, &held, &mask_before_);
        for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals[i], &hold, &before_[i]);
    }
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;
    ~HeldSignals() {
        for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals[i], &before_[i], nullptr);
        ::pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
    }
    // Until the file can be read; false where a signal came first.
    [[nodiscard]] bool wait_for(int file) const {
        pollfd waiting{file, POLLIN, 0};
        while (caught_signal == 0 && ::ppoll(&waiting, 1, nullptr, &mask_before_) < 0 && errno == EINTR) {
        }
        return caught_signal == 0;
    }

  private:
    static constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
    std::array<struct sigaction, kSignals.size()> before_{};
    sigset_t mask_before_{};
};

// The terminal of the process, wherever its standard input comes from, with the echo off.
class QuietTerminal {
  public:
    QuietTerminal() : file_(::open("/dev/tty", O_RDWR | O_CLOEXEC)) {
        if (file_ < 0 || ::tcgetattr(file_, &before_) != 0) return;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        quiet.c_lflag |= ICANON | ECHONL;
        ready_ = ::tcsetattr(file_, TCSAFLUSH, &quiet) == 0;
    }
    QuietTerminal(const QuietTerminal&) = delete;
    QuietTerminal& operator=(const QuietTerminal&) = delete;
    ~QuietTerminal() {
        if (ready_) ::tcsetattr(file_, TCSAFLUSH, &before_);
        if (file_ >= 0) ::close(file_);
    }
    [[nodiscard]] bool ready() const { return ready_; }
    [[nodiscard]] int file() const { return file_; }
    void ask(std::string_view question) const {
        while (!question.empty()) {
            const ssize_t written = ::write(file_, question.data(), question.size());
            if (written <= 0) return;
            question.remove_prefix(static_cast<std::size_t>(written));
        }
    }

  private:
    int file_;
    bool ready_ = false;
    termios before_{};
};

enum class Until : std::uint8_t { line_end, end };

Result<SecretBytes, PasswordError> read_from(int file, Until until, const std::string& name) {
    SecretBytes out(kMostBytes + 2);
    std::size_t size = 0;
    while (size < out.size()) {
        const ssize_t got = ::read(file, out.reveal().data() + size, out.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(unreadable(name));
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
        if (until == Until::line_end && out.reveal()[size - 1] == '\n') break;
    }
    if (size > 0 && out.reveal()[size - 1] == '\n') --size;
    if (size > 0 && out.reveal()[size - 1] == '\r') --size;
    if (size > kMostBytes) return fail(PasswordError{.kind = Kind::too_long});
    out.truncate(size);
    return out;
}

Result<SecretBytes, PasswordError> ask_once(const std::string& question) {
    const HeldSignals signals;
    const QuietTerminal terminal;
    if (!terminal.ready()) return fail(PasswordError{.kind = Kind::no_terminal});
    terminal.ask(question);
    if (!signals.wait_for(terminal.file())) return fail(PasswordError{.kind = Kind::interrupted});
    return read_from(terminal.file(), Until::line_end, "the terminal");
}

// Whoever comes back from Ctrl-Z is asked again.
Result<SecretBytes, PasswordError> ask_quietly(const std::string& question) {
    while (true) {
        auto answer = ask_once(question);
        if (caught_signal != 0) (void)::raise(caught_signal);
        if (caught_signal != SIGTSTP) return answer;
    }
}

Result<SecretBytes, PasswordError> read_file(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return fail(unreadable(path.string()));
    auto out = read_from(file, Until::end, path.string());
    ::close(file);
    return out;
}

Result<SecretBytes, PasswordError> read_named(const PasswordSource& source) {
    if (source.descriptor) {
        return read_from(*source.descriptor, Until::end, fmt::format("file descriptor {}", *source.descriptor));
    }
    return read_file(*source.file);
}

}  // namespace

std::string to_string(const PasswordError& error) {
    switch (error.kind) {
        case Kind::no_terminal:
            return "there is no terminal to ask at: name a file or an open file descriptor to read the secret from "
                   "(--help "
                   "shows the options, such as --password-file)";
        case Kind::interrupted:
            return "interrupted; nothing was written";
        case Kind::unreadable:
            return fmt::format("the secret cannot be read from {}", error.detail);
        case Kind::too_long:
            return fmt::format("what was read is longer than {} bytes", kMostBytes);
        case Kind::empty:
            return "a new key file needs a password that is not empty";
        case Kind::do_not_match:
            return "the two entries differ; nothing was written";
    }
    return "unknown error of a password";
}

Result<SecretBytes, PasswordError> read_password(const PasswordSource& source, PasswordUse use,
                                                 const std::string& question) {
    const bool named = source.descriptor || source.file;
    auto password = named ? read_named(source) : ask_quietly(question + ": ");
    if (!password || use == PasswordUse::open_existing) return password;
    if (password->empty()) return fail(PasswordError{.kind = Kind::empty});
    if (named) return password;
    const auto again = ask_quietly("The same again: ");
    if (!again) return fail(again.error());
    if (!(*again == *password)) return fail(PasswordError{.kind = Kind::do_not_match});
    return password;
}

Result<SecretBytes, PasswordError> read_phrase(const PasswordSource& source, const std::string& question) {
    if (source.descriptor || source.file) return read_named(source);
    if (::isatty(STDIN_FILENO) == 0) return read_from(STDIN_FILENO, Until::end, "the standard input");
    return ask_quietly(question + ": ");
}

}  // namespace dusk::app
