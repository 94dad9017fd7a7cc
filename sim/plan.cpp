#include "sim/plan.hpp"

#include <fmt/format.h>

namespace dusk::sim {
namespace {

double in_seconds(std::chrono::nanoseconds time) { return std::chrono::duration<double>(time).count(); }

}  // namespace

std::size_t Plan::byzantine() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(participants, [](const Participant& one) { return one.byzantine.has_value(); }));
}

std::string describe(const Fault& fault) {
    switch (fault.kind) {
        case Fault::Kind::weather:
            return fmt::format("weather: loss {:.2f}, duplication {:.2f}, delay {:.0f} ms, {:.2f} late by {:.0f} s",
                               fault.weather.loss, fault.weather.duplication,
                               in_seconds(fault.weather.mean_delay) * 1e3, fault.weather.straggling,
                               in_seconds(fault.weather.straggling_by));
        case Fault::Kind::partition: {
            std::string groups;
            for (const std::uint8_t group : fault.groups) groups += static_cast<char>('a' + group);
            return "partition " + groups;
        }
        case Fault::Kind::cut:
            return fmt::format("no way from {} to {}", fault.node, fault.other);
        case Fault::Kind::clock:
            return fmt::format("clock of {} off by {:.1f} s", fault.node, in_seconds(fault.time));
        case Fault::Kind::crash:
            return fmt::format("{} crashes for {:.1f} s", fault.node, in_seconds(fault.time));
        case Fault::Kind::crash_at:
            return fmt::format("{} is to crash at place {} for {:.1f} s", fault.node, fault.number,
                               in_seconds(fault.time));
        case Fault::Kind::power_cut:
            return fmt::format("{} loses power for {:.1f} s", fault.node, in_seconds(fault.time));
        case Fault::Kind::disk_fails:
            return fmt::format("disk of {} fails at write {}", fault.node, fault.number);
        case Fault::Kind::lost_disk:
            return fmt::format("{} loses its database, and is away for {:.1f} s", fault.node, in_seconds(fault.time));
        case Fault::Kind::slow_jobs:
            return fmt::format("jobs of {} take up to {:.1f} s", fault.node, in_seconds(fault.time));
    }
    return {};
}

}  // namespace dusk::sim
