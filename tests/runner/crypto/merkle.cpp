// merkle.json
#include <map>

#include "crypto/notes_tree.hpp"
#include "report.hpp"

namespace dusk::vectors {
namespace {

using crypto::Fq;
using crypto::NoteOpening;
using crypto::NotesTree;

using Leaves = std::map<std::uint64_t, Fq>;

Fq element(const Node& node) {
    const auto decoded = Fq::from_bytes(node.hex());
    if (!decoded) node.complain("is not a scalar");
    return *decoded;
}

void insert(NotesTree& tree, Leaves& leaves, const Node& step, Report& report) {
    const Fq leaf = element(step["leaf"]);
    report.expect(tree.insert(step["pos"].u64(), leaf).has_value(), step, "cannot be inserted");
    leaves[step["pos"].u64()] = leaf;
}

void remove(NotesTree& tree, const Node& step, Report& report) {
    const auto removed = tree.remove(step["pos"].u64());
    if (step["removed"].is_null()) {
        report.expect(!removed, step["removed"], "was removed");
    } else {
        report.expect(removed.has_value(), step["removed"], "was not there");
        report.expect_bytes(removed.value().to_bytes(), step["removed"]);
    }
}

void after_step(NotesTree& tree, const Node& step, Report& report) {
    report.expect_bytes(tree.root().to_bytes(), step["root"]);
    report.expect(tree.len() == step["len"].u64(), step["len"], "differs");
    if (!step.has("smallest_subtree_root")) return;
    const auto subtree = tree.smallest_subtree();
    report.expect_bytes(subtree.root.to_bytes(), step["smallest_subtree_root"]);
    report.expect(subtree.height == step["smallest_subtree_height"].u64(), step["smallest_subtree_height"], "differs");
}

void opening(NotesTree& tree, const Leaves& leaves, const Node& c, Report& report) {
    const std::uint64_t position = c["pos"].u64();
    const Fq leaf = element(c["leaf"]);
    report.expect(leaves.contains(position) && leaves.at(position) == leaf, c["leaf"], "is not the leaf inserted");
    const auto mine = tree.opening(position);
    report.expect(mine.has_value(), c, "has no opening");
    report.expect_bytes(encode(mine.value()), c["opening"]);

    const auto decoded = crypto::decode_note_opening(c["opening"].hex());
    report.expect(decoded && *decoded == *mine, c["opening"], "does not decode to the opening of the tree");
    report.expect(decoded.value().verify(leaf).value() == c["verifies"].boolean(), c["verifies"], "differs");
    report.expect(decoded.value().verify(leaf + Fq::one()).value() == c["verifies_other_leaf"].boolean(),
                  c["verifies_other_leaf"], "differs");
}

// The checks change the valid opening, which comes first, and verify its leaf.
void opening_check(const Fq& leaf, const Node& c, Report& report) {
    c["note"].describe();
    const auto decoded = crypto::decode_note_opening(c["opening"].hex());
    report.expect(decoded.has_value() == c["decodes"].boolean(), c["decodes"], "differs");
    const Node verify = c["verify"];
    if (verify.is_null()) return report.expect(!decoded, verify, "missing though the opening decodes");
    const auto verified = decoded.value().verify(leaf);
    if (verify.json().is_string()) {
        report.expect(verify.text() == "panic" && verified.error() == crypto::MerkleError::bad_position, verify,
                      "is not an error");
    } else {
        report.expect(verified.has_value() && *verified == verify.boolean(), verify, "differs");
    }
}

Fq leaf_of(const Node& c) {
    const auto opening = crypto::decode_note_opening(c["opening"].hex());
    if (!opening) c.complain("is not an opening");
    return opening->branch.back().at(opening->positions.back());
}

void run(const Node& root, Report& report) {
    NotesTree tree;
    Leaves leaves;
    const auto steps = root["steps"].items();
    std::size_t next = 0;
    const auto step = [&] {
        const Node& c = steps[next++];
        report.run(c, [&] {
            const std::string op = c["op"].text();
            if (op == "insert") {
                insert(tree, leaves, c, report);
            } else if (op == "remove") {
                remove(tree, c, report);
            } else {
                c["op"].complain("is not an operation");
            }
            after_step(tree, c, report);
        });
    };
    // The openings are those before the first removal.
    while (next < steps.size() && steps[next]["op"].text() == "insert") step();
    for (const Node& c : root["openings"].items()) report.run(c, [&] { opening(tree, leaves, c, report); });
    while (next < steps.size()) step();

    const auto checks = root["opening_checks"].items();
    for (const Node& c : checks) {
        report.run(c, [&] { opening_check(leaf_of(checks.front()), c, report); });
    }
    for (const Node& c : root["consecutive"].items()) {
        report.run(c, [&] {
            NotesTree counted;
            const std::uint64_t count = c["leaves_are_1_to"].u64();
            for (std::uint64_t i = 0; i < count; ++i) counted.insert(i, Fq::from_u64(i + 1)).value();
            report.expect_bytes(counted.root().to_bytes(), c["root"]);
        });
    }
    report.run(root["empty_root"], [&] { report.expect_bytes(NotesTree().root().to_bytes(), root["empty_root"]); });
    report.run(root["empty_subtree"],
               [&] { report.expect_bytes(crypto::NotesTreeRule::kEmpty.to_bytes(), root["empty_subtree"]); });
    report.run(root["aggregate_of_four_empty"], [&] {
        std::array<Fq, 4> children;
        children.fill(crypto::NotesTreeRule::kEmpty);
        const std::array<Fq, 4>* node = &children;
        Fq out;
        crypto::NotesTreeRule::aggregate(std::span(&node, 1), std::span(&out, 1));
        report.expect_bytes(out.to_bytes(), root["aggregate_of_four_empty"]);
    });
    report.run(root["insert_at_capacity_ok"], [&] {
        const bool ok = NotesTree().insert(NotesTree::capacity(), Fq::one()).has_value();
        report.expect(ok == root["insert_at_capacity_ok"].boolean(), root["insert_at_capacity_ok"], "differs");
    });
}

const Registered registered{{"crypto",
                             "merkle",
                             {"aggregate_of_four_empty", "consecutive", "empty_root", "empty_subtree",
                              "insert_at_capacity_ok", "opening_checks", "openings", "steps"},
                             run}};

}  // namespace
}  // namespace dusk::vectors
