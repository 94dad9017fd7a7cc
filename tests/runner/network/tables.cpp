#include "network/tables.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "consensus/fields.hpp"
#include "crypto/chacha_rng.hpp"
#include "kadcast/overlay.hpp"
#include "network/addresses.hpp"

namespace dusk::vectors {
namespace {

using namespace kadcast;

Identity identity(const Node& fields, Report& report) {
    const Identity out{.address = address_of_fields(fields["address"], report),
                       .id = {fields["id"].array<16>()},
                       .nonce = fields["nonce"].array<4>(),
                       .network = static_cast<std::uint8_t>(fields["network_id"].u64())};
    report.expect(id_of(out.address) == out.id, fields, "its identifier is another one");
    report.expect(meets_difficulty(out.id, out.nonce), fields, "it has too little work");
    return out;
}

std::string_view text(Insertion insertion) {
    switch (insertion) {
        case Insertion::inserted:
            return "inserted";
        case Insertion::updated:
            return "updated";
        case Insertion::pending:
            return "pending";
        case Insertion::full:
            return "full";
        case Insertion::invalid:
            return "invalid";
        case Insertion::network_mismatch:
            return "network mismatch";
    }
    return "";
}

class TableCase {
  public:
    TableCase(const Node& c, Report& report) : root_(identity(c["root"], report)), table_(root_, {}), report_(report) {}

    void insert(const Node& c) {
        const Identity node = identity(c, report_);
        const auto height = distance(root_.id, node.id);
        if (c["height"].is_null()) {
            report_.expect(!height, c, "it has a height");
        } else {
            report_.expect(height == c["height"].u64(), c, "is of another height");
        }
        const std::string_view result = text(table_.insert(node, now_));
        report_.expect(result == c["result"].text(), c, "is " + std::string(result));
    }
    void buckets(const Node& list) const {
        std::map<std::uint64_t, std::vector<std::string>> expected;
        for (const Node& bucket : list.items()) {
            auto& nodes = expected[bucket["height"].u64()];
            for (const Node& node : bucket["least_recent_first"].items()) nodes.push_back(node.text());
        }
        std::map<std::uint64_t, std::vector<std::string>> got;
        for (const RoutingTable::Bucket& bucket : table_.buckets()) {
            for (const KnownNode& node : bucket.nodes) {
                got[bucket.height].push_back(node.identity.address.to_text());
            }
        }
        report_.expect(got == expected, list, "are other buckets");
    }
    void delegation(const Node& c) {
        const std::uint8_t highest =
            c["max_height"].is_null() ? kHighest : static_cast<std::uint8_t>(c["max_height"].u64());
        std::map<std::uint64_t, std::set<std::string>> got;
        std::size_t count = 0;
        for (const auto& delegate : table_.delegates(highest, kBeta, random_, now_)) {
            got[delegate.height].insert(delegate.to.to_text());
            ++count;
        }
        for (const Node& message : c["messages"].items()) {
            const auto& picked = got[message["height"].u64()];
            report_.expect(picked.size() == message["picked"].u64(), message, "goes to another number of nodes");
            std::set<std::string> candidates;
            for (const Node& one : message["candidates"].items()) candidates.insert(one.text());
            report_.expect(std::ranges::includes(candidates, picked), message, "goes to others");
            count -= std::min(count, picked.size());
        }
        report_.expect(count == 0, c, "goes to more heights, or twice to a node");
    }
    void closest(const Node& c) const {
        const NodeId target{c["target"].array<16>()};
        const auto nodes = table_.closest(target);
        expect_number(nodes.size(), c["count"], report_);
        const auto expected = c["distances_in_order"].items();
        if (expected.size() != nodes.size()) c.complain("is another number of nodes");
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            report_.expect(distance(target, nodes[i]->identity.id) == expected[i].u64(), expected[i], "is farther");
        }
    }
    void stale(const Node& list) const {
        std::vector<std::uint64_t> expected;
        for (const Node& height : list.items()) expected.push_back(height.u64());
        const auto got = table_.stale_heights(now_);
        report_.expect(std::ranges::equal(got, expected), list, "are other heights");
    }

  private:
    Identity root_;
    RoutingTable table_;
    Report& report_;
    crypto::ChaChaRng random_{1};
    MonotonicTime now_{std::chrono::hours(2)};
};

}  // namespace

void expect_table(const Node& c, Report& report) {
    TableCase table(c, report);
    for (const Node& insertion : c["inserts"].items()) table.insert(insertion);
    table.buckets(c["buckets"]);
    if (c.has("delegation")) {
        for (const Node& one : c["delegation"].items()) table.delegation(one);
    }
    if (c.has("closest")) {
        for (const Node& one : c["closest"].items()) table.closest(one);
    }
    if (c.has("empty_or_idle_heights")) table.stale(c["empty_or_idle_heights"]);
}

}  // namespace dusk::vectors
