#include "node/process_use.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace dusk::node {
namespace {

namespace fs = std::filesystem;

std::string content_of(const char* path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Cuts the next word off, and takes it as a number.
std::optional<std::uint64_t> next_number(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const std::string_view word = text.substr(0, text.find_first_of(" \n"));
    text.remove_prefix(word.size());
    std::uint64_t out = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), out);
    if (error != std::errc() || end != word.data() + word.size()) return {};
    return out;
}

// Unix seconds.
std::optional<std::uint64_t> start_of_machine() {
    const std::string text = content_of("/proc/stat");
    constexpr std::string_view kName = "\nbtime ";
    const std::size_t at = text.find(kName);
    if (at == std::string::npos) return {};
    std::string_view rest = std::string_view(text).substr(at + kName.size());
    return next_number(rest);
}

// That of the listing itself is not counted.
std::uint64_t count_open_files() {
    std::error_code error;
    std::uint64_t count = 0;
    for (fs::directory_iterator at("/proc/self/fd", error), end; !error && at != end; at.increment(error)) ++count;
    return count == 0 ? 0 : count - 1;
}

std::chrono::microseconds of(const timeval& time) {
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

}  // namespace

std::optional<ProcessStat> parse_process_stat(std::string_view text) {
    // The second field is the program's name in parentheses and may hold anything.
    const std::size_t name_end = text.rfind(')');
    if (name_end == std::string_view::npos || name_end + 4 > text.size()) return {};
    text.remove_prefix(name_end + 1);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    text.remove_prefix(std::min(text.find(' '), text.size()));  // the state, a letter
    ProcessStat out;
    for (int field = 4; field <= 22; ++field) {
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        if (field != 20 && field != 22) {
            text.remove_prefix(std::min(text.find(' '), text.size()));  // some are below zero
            continue;
        }
        const auto number = next_number(text);
        if (!number) return {};
        (field == 20 ? out.threads : out.start_ticks) = *number;
    }
    return out;
}

std::optional<ProcessUse> process_use() {
    const std::string memory_text = content_of("/proc/self/statm");
    std::string_view memory = memory_text;
    const auto virtual_pages = next_number(memory);
    const auto resident_pages = next_number(memory);
    const auto stat = parse_process_stat(content_of("/proc/self/stat"));
    const auto boot = start_of_machine();
    rusage usage{};
    rlimit files{};
    const bool known = ::getrusage(RUSAGE_SELF, &usage) == 0 && ::getrlimit(RLIMIT_NOFILE, &files) == 0;
    const long ticks = ::sysconf(_SC_CLK_TCK);
    const long page = ::sysconf(_SC_PAGESIZE);
    if (!virtual_pages || !resident_pages || !stat || !boot || !known || ticks <= 0 || page <= 0) return {};
    return ProcessUse{
        .cpu = of(usage.ru_utime) + of(usage.ru_stime),
        .resident_bytes = *resident_pages * static_cast<std::uint64_t>(page),
        .virtual_bytes = *virtual_pages * static_cast<std::uint64_t>(page),
        .open_files = count_open_files(),
        .most_files = files.rlim_cur,
        .threads = stat->threads,
        .started = static_cast<double>(*boot) + static_cast<double>(stat->start_ticks) / static_cast<double>(ticks)};
}

}  // namespace dusk::node
