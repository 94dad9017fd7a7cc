// What this process takes of the machine, as Linux tells it: for those who watch a node.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dusk::node {

struct ProcessUse {
    std::chrono::microseconds cpu{};  // of all threads, in the program and in the kernel
    std::uint64_t resident_bytes = 0;
    std::uint64_t virtual_bytes = 0;
    std::uint64_t open_files = 0;
    std::uint64_t most_files = 0;  // the soft limit
    std::uint64_t threads = 0;
    double started = 0;  // unix seconds, to a hundredth
};

// Reads /proc: about 50 us, and 1 us more for each open file. Nothing where there is no /proc.
[[nodiscard]] std::optional<ProcessUse> process_use();

// The fields of /proc/self/stat that are asked for here. Nothing where the text is not of that form.
struct ProcessStat {
    std::uint64_t threads = 0;
    std::uint64_t start_ticks = 0;  // after the start of the machine
    bool operator==(const ProcessStat&) const = default;
};
[[nodiscard]] std::optional<ProcessStat> parse_process_stat(std::string_view text);

}  // namespace dusk::node
