#include "rpc/node_metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "rpc/process_metrics.hpp"

namespace dusk::rpc {
namespace {

using testing::HasSubstr;
using testing::Not;

const node::ProcessUse kUse{.cpu = std::chrono::milliseconds(1500),
                            .resident_bytes = std::uint64_t{3} << 30,
                            .virtual_bytes = std::uint64_t{9} << 30,
                            .open_files = 40,
                            .most_files = 65536,
                            .threads = 12,
                            .started = 1'700'000'000.25};

// A node of which everything is known.
std::string everything() {
    auto network = std::make_shared<node::NetworkView>();
    network->counts.topics[16] = {.received = 1};
    node::NodeStatus status{.network = std::move(network)};
    status.core.consensus = consensus::ConsensusStatus{.round = 7, .iteration = 2};
    return node_metrics(
        status,
        {.version = "dusk 1.2.3",
         .network = "devnet",
         .has_keys = true,
         .tip_timestamp = 1'700'000'123,
         .process = kUse,
         .http = HttpUse{.policy = {.of_client = 3}},
         .archive = ArchiveProgress{
             .height = ledger::Height{9}, .works = true, .backfill = BackfillProgress{.height = {2}, .target = {7}}}});
}

// Name and type of each family.
std::map<std::string, std::string> families(const std::string& text) {
    std::map<std::string, std::string> out;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string hash, word, name, type;
        words >> hash >> word >> name >> type;
        if (hash == "#" && word == "TYPE") out[name] = type;
    }
    return out;
}

std::string read(const std::string& path) {
    std::ifstream in(std::string(DUSK_ROOT) + "/" + path);
    EXPECT_TRUE(in) << path;
    return {std::istreambuf_iterator<char>(in), {}};
}

std::set<std::string> names_in(const std::string& text) {
    static const std::regex kName(R"(\b(dusk|process)_[a-z0-9]+(_[a-z0-9]+)*\b)");
    std::set<std::string> out;
    for (std::sregex_iterator at(text.begin(), text.end(), kName), end; at != end; ++at) out.insert(at->str());
    return out;
}

TEST(NodeMetricsTest, SayWhatRunsAndWhereItStands) {
    const std::string text = everything();
    for (const char* line :
         {"dusk_node_info{network=\"devnet\",version=\"dusk 1.2.3\"} 1\n",
          "dusk_chain_tip_timestamp_seconds 1700000123\n", "dusk_consensus_running 1\n", "dusk_consensus_round 7\n",
          "dusk_consensus_iteration 2\n", "dusk_provisioner_has_keys 1\n", "dusk_provisioner_eligible 0\n",
          "dusk_http_refused_total{reason=\"client_rate\"} 3\n"}) {
        EXPECT_THAT(text, HasSubstr(line));
    }
    const std::string before_start = node_metrics({});
    EXPECT_THAT(before_start, HasSubstr("dusk_consensus_running 0\n"));
    EXPECT_THAT(before_start, Not(HasSubstr("dusk_consensus_round")));
    EXPECT_THAT(before_start, Not(HasSubstr("dusk_chain_tip_timestamp_seconds")));
    EXPECT_THAT(before_start, Not(HasSubstr("process_")));
}

TEST(NodeMetricsTest, OfTheProcessAreInSecondsAndBytes) {
    const std::string text = process_metrics(kUse);
    for (const char* line :
         {"process_cpu_seconds_total 1.5\n", "process_resident_memory_bytes 3221225472\n",
          "process_virtual_memory_bytes 9663676416\n", "process_open_fds 40\n", "process_max_fds 65536\n",
          "process_threads 12\n", "process_start_time_seconds 1700000000.25\n"}) {
        EXPECT_THAT(text, HasSubstr(line));
    }
    EXPECT_THAT(process_metrics(), HasSubstr("# TYPE process_cpu_seconds_total counter\n"));
}

// The rules of Prometheus for names: what only grows ends with _total, units are base units and stand at the end.
TEST(NodeMetricsTest, AreNamedByTheRules) {
    const std::string text = everything();
    const auto all = families(text);
    EXPECT_GT(all.size(), 30U);
    for (const auto& [name, type] : all) {
        EXPECT_EQ(name.ends_with("_total"), type == "counter") << name << " is a " << type;
        EXPECT_TRUE(type == "counter" || type == "gauge") << name << " is a " << type;
        EXPECT_THAT(text, HasSubstr("# HELP " + name + " ")) << name << " has no help";
        for (const char* unit : {"_ms", "_us", "_milliseconds", "_kb", "_mb", "_kib", "_percent"}) {
            EXPECT_EQ(name.find(unit), std::string::npos) << name;
        }
    }
}

TEST(NodeMetricsTest, WhatIsShippedAndWrittenAsksForNoOthers) {
    const auto all = families(everything());
    for (const char* path : {"contrib/grafana/dusk.json", "contrib/prometheus/rules.yml", "docs/operate/monitoring.md",
                             "docs/operate/network.md"}) {
        const auto names = names_in(read(path));
        EXPECT_FALSE(names.empty()) << path;
        for (const std::string& name : names) EXPECT_TRUE(all.contains(name)) << path << " names " << name;
    }
}

TEST(NodeMetricsTest, AreAllExplained) {
    const auto explained = names_in(read("docs/operate/monitoring.md") + read("docs/operate/network.md"));
    for (const auto& [name, type] : families(everything())) {
        EXPECT_TRUE(explained.contains(name)) << name << " is explained nowhere in docs/operate";
    }
}

}  // namespace
}  // namespace dusk::rpc
