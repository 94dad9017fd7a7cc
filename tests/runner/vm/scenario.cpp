#include "vm/scenario.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace dusk::vectors {
namespace {

using vm::CallErrorKind;
using vm::Trap;

struct KindName {
    std::string_view name;
    CallErrorKind kind;
};
constexpr KindName kKinds[] = {
    {"Panic", CallErrorKind::panic},
    {"OutOfGas", CallErrorKind::out_of_gas},
    {"ContractDoesNotExist", CallErrorKind::contract_does_not_exist},
    {"RuntimeError", CallErrorKind::runtime},
    {"MemoryAccessOutOfBounds", CallErrorKind::memory_out_of_bounds},
    {"Utf8", CallErrorKind::not_utf8},
    {"MissingHostQuery", CallErrorKind::missing_host_query},
    {"MissingFeed", CallErrorKind::missing_feed},
    {"InvalidFunction", CallErrorKind::invalid_function},
    {"InvalidArgumentBuffer", CallErrorKind::invalid_argument_buffer},
    {"PersistenceError", CallErrorKind::persistence},
    {"InitalizationError", CallErrorKind::initialization},
    {"CompositeSerializerError", CallErrorKind::too_large},
    {"SessionError", CallErrorKind::too_deep},
};

struct TrapName {
    std::string_view name;
    Trap trap;
};
constexpr TrapName kTraps[] = {
    {"StackOverflow", Trap::stack_overflow},
    {"MemoryOutOfBounds", Trap::memory_out_of_bounds},
    {"HeapMisaligned", Trap::heap_misaligned},
    {"TableOutOfBounds", Trap::table_out_of_bounds},
    {"IndirectCallToNull", Trap::indirect_call_to_null},
    {"BadSignature", Trap::bad_signature},
    {"IntegerOverflow", Trap::integer_overflow},
    {"IntegerDivisionByZero", Trap::integer_division_by_zero},
    {"BadConversionToInteger", Trap::bad_conversion_to_integer},
    {"UnreachableCodeReached", Trap::unreachable_code_reached},
    {"OutOfFuel", Trap::out_of_fuel},
};

}  // namespace

Scenario::Scenario(Report& report, Recorded recorded) : report_(&report), recorded_(recorded) {
    std::string name = (std::filesystem::temp_directory_path() / "dusk-vm-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    open_machine();
}

Scenario::~Scenario() {
    session_.reset();
    machine_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void Scenario::open_machine() {
    vm::MachineOptions options;
    options.store.durability = vm::Durability::process;
    auto machine = vm::Machine::open(folder_, options);
    if (!machine) throw std::runtime_error(machine.error().text);
    machine_ = *std::move(machine);
}

Bytes Scenario::contract(const std::string& name) {
    std::ifstream file(std::filesystem::path(DUSK_TEST_CONTRACTS) / (name + ".wasm"), std::ios::binary);
    if (!file) throw std::runtime_error("no test contract " + name);
    return Bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
}

vm::Session& Scenario::session(const Node& step) {
    if (!session_) step.complain("there is no session");
    return *session_;
}

void Scenario::open_genesis(std::uint8_t chain_id) {
    session_ = machine_->genesis_session(chain_id);
    session_base_.reset();
    chain_id_ = chain_id;
    has_overflowed_ = false;
    is_damaged_ = false;
    journal_.clear();
}

void Scenario::expect(bool ok, const Node& node, std::string_view what) {
    if (!ok && is_damaged_) {
        ++excused_;
    } else {
        report_->expect(ok, node, what);
    }
}

void Scenario::expect_bytes(ByteView got, const Node& expected) {
    const Bytes bytes = expected.hex();
    if (is_damaged_ && !std::ranges::equal(got, bytes)) {
        ++excused_;
    } else {
        report_->expect_bytes(got, expected);
    }
}

const vm::Hash& Scenario::commit_named(const Node& name) const {
    const auto at = commits_.find(name.text());
    if (at == commits_.end()) name.complain("no commit has this name");
    return at->second;
}

void Scenario::play(const Node& step) {
    const std::string op = step["op"].text();
    if (op == "genesis_session") return open_genesis(static_cast<std::uint8_t>(step["chain_id"].u64()));
    if (op == "session") return open_session(step);
    if (op == "deploy") return deploy(step);
    if (op == "call") return call(step, false);
    if (op == "feeder_call") return call(step, true);
    if (op == "set_meta") {
        const auto set = [key = step["key"].text(), bytes = step["bytes"].hex()](vm::Session& to) {
            to.set_metadata(key, bytes);
        };
        journal_.emplace_back(set);
        return set(session(step));
    }
    if (op == "commit") return commit(step);
    if (op == "note") return step.describe();
    if (op == "pages") {
        std::vector<std::uint32_t> leaves;
        for (const Node& leaf : step["leaves"].items()) leaves.push_back(static_cast<std::uint32_t>(leaf.u64()));
        const auto ours = session(step).page_leaves(step["contract"].array<32>());
        expect(ours == leaves, step["leaves"], "the pages with a leaf differ");
        return;
    }
    if (op == "finalize") return finalize(step);
    if (op == "delete") {
        if (!machine_->store().remove(commit_named(step["name"]))) step.complain("cannot be deleted");
        return list_commits(step);
    }
    if (op == "restart") {
        session_.reset();
        machine_.reset();
        open_machine();
        return list_commits(step);
    }
    step["op"].complain("is an unknown step");
}

void Scenario::open_session(const Node& step) {
    session_.reset();
    const vm::Hash& base = commit_named(step["base"]);
    chain_id_ = static_cast<std::uint8_t>(step["chain_id"].u64());
    block_height_ = step["block_height"].u64();
    auto session = machine_->session(base, chain_id_, block_height_);
    if (!session) step.complain(describe(session.error()));
    session_ = *std::move(session);
    session_base_ = base;
    has_overflowed_ = false;
    is_damaged_ = damaged_.contains(base);
    journal_.clear();
    compare_root(step);
}

// Every commit that descends from one finalized out of order has lost pages in the reference.
void Scenario::finalize(const Node& step) {
    const vm::Hash commit = commit_named(step["name"]);
    const auto live = machine_->store().commits();
    bool out_of_order = damaged_.contains(commit);
    // A state that came back to that of an ancestor makes a circle.
    std::set<vm::Hash> seen;
    for (auto at = parents_.find(commit); at != parents_.end() && seen.insert(at->first).second;
         at = parents_.find(at->second)) {
        out_of_order = out_of_order || std::ranges::find(live, at->second) != live.end();
    }
    if (!machine_->store().finalize(commit)) step.complain("cannot be finalized");
    if (out_of_order) {
        was_damaged_ = true;
        damaged_.insert(commit);
        for (bool grew = true; grew;) {
            grew = false;
            for (const auto& [child, parent] : parents_) {
                if (damaged_.contains(parent)) grew = damaged_.insert(child).second || grew;
            }
        }
    }
    list_commits(step);
}

// In the step itself, or by the name of a test contract.
Bytes Scenario::bytecode(const Node& step) {
    return step.has("code") ? step["code"].hex() : contract(step["wasm"].text());
}

void Scenario::survive(const Node& step) {
    step.describe();
    const std::string op = step["op"].text();
    if (!session_) return;
    if (op == "call" || op == "feeder_call") {
        (void)session_->call(step["contract"].array<32>(), step["fn"].text(), step["arg"].hex(),
                             step["gas_limit"].u64());
    } else if (op == "deploy") {
        std::optional<vm::ContractId> id;
        if (!step["id"].is_null()) id = step["id"].array<32>();
        (void)session_->deploy(id, bytecode(step), step["owner"].hex(), {}, step["gas_limit"].u64());
    }
    (void)session_->root();
}

void Scenario::deploy(const Node& step) {
    std::optional<vm::ContractId> id;
    if (!step["id"].is_null()) id = step["id"].array<32>();
    Bytes argument;
    if (!step["init_arg"].is_null()) argument = step["init_arg"].hex();
    const auto run = [id, code = bytecode(step), owner = step["owner"].hex(), argument,
                      limit = step["gas_limit"].u64()](vm::Session& in) {
        return in.deploy(id, code, owner, argument, limit);
    };
    journal_.emplace_back([run](vm::Session& in) { (void)run(in); });
    const auto deployed = run(session(step));
    if (step.has("err")) {
        expect(!deployed.has_value(), step["err"], "was deployed");
        if (!deployed) compare_error(step["err"], deployed.error());
        if (step["err"]["kind"].text() == "HostPanic") {
            session_.reset();
            return;
        }
    } else if (!deployed) {
        step.complain(describe(deployed.error()));
    } else {
        expect_bytes(deployed->contract, step["contract"]);
        const Node receipt = step["init_receipt"];
        if (receipt.is_null()) {
            expect(!deployed->init, receipt, "init ran");
        } else {
            expect(deployed->init.has_value(), receipt, "init did not run");
            if (deployed->init) compare_receipt(receipt, *deployed->init);
        }
    }
    compare_root(step);
}

void Scenario::call(const Node& step, bool with_feed) {
    const auto contract = step["contract"].array<32>();
    const std::string function = step["fn"].text();
    const Bytes argument = step["arg"].hex();
    const std::uint64_t limit = step["gas_limit"].u64();
    if (step.has("note")) step["note"].describe();
    std::vector<Bytes> fed;
    const Call run = [=, &fed](vm::Session& in, std::uint64_t gas) {
        if (!with_feed) return in.call(contract, function, argument, gas);
        fed.clear();
        return in.feeder_call(contract, function, argument, gas, [&](Bytes data) { fed.push_back(std::move(data)); });
    };
    auto receipt = run(session(step), limit);
    restore_measuring_call(step, run, receipt);
    // A call without a feed fails where a contract reports: replaying has to do the same.
    journal_.emplace_back([=](vm::Session& in) {
        if (with_feed) {
            (void)in.feeder_call(contract, function, argument, limit, [](const Bytes&) {});
        } else {
            (void)in.call(contract, function, argument, limit);
        }
    });
    if (with_feed) expect(fed == step["feed"].hex_list(), step["feed"], "something else was reported");
    if (step.has("err")) {
        expect(!receipt.has_value(), step["err"], "succeeded");
        // The reference ends its process here; the script goes on with a new session.
        const bool aborts = step["err"]["kind"].text() == "HostPanic";
        if (step["err"].has("trap") && !step["err"]["trap"].is_null()) {
            has_overflowed_ = has_overflowed_ || step["err"]["trap"].text() == "StackOverflow";
        }
        if (!receipt && !aborts) compare_error(step["err"], receipt.error());
        if (aborts) {
            session_.reset();
            return;
        }
    } else if (!receipt) {
        step.complain(describe(receipt.error()));
    } else {
        compare_receipt(step, *receipt);
    }
    compare_root(step);
}

// When a call did not reach its root, but does after the same call with ample gas, then that one was left out.
void Scenario::restore_measuring_call(const Node& step, const Call& call, CallReceipt& receipt) {
    constexpr std::uint64_t kAmple = 10'000'000;
    if (recorded_ == Recorded::fully || is_damaged_ || !step.has("root") || step["root"].is_null()) return;
    const Bytes expected = step["root"].hex();
    const auto reaches = [&](vm::Session& in) {
        const auto root = in.root();
        return root && std::ranges::equal(*root, expected);
    };
    if (reaches(session(step))) return;
    auto other = reopen();
    for (const auto& earlier : journal_) earlier(*other);
    (void)call(*other, kAmple);
    auto again = call(*other, step["gas_limit"].u64());
    if (!reaches(*other)) return;
    journal_.emplace_back(
        [contract = step["contract"].array<32>(), function = step["fn"].text(),
         argument = step["arg"].hex()](vm::Session& in) { (void)in.call(contract, function, argument, kAmple); });
    session_ = std::move(other);
    receipt = std::move(again);
}

// A session like the present one was at first.
std::unique_ptr<vm::Session> Scenario::reopen() {
    if (!session_base_) return machine_->genesis_session(chain_id_);
    auto session = machine_->session(*session_base_, chain_id_, block_height_);
    if (!session) throw std::runtime_error(describe(session.error()));
    return *std::move(session);
}

void Scenario::commit(const Node& step) {
    const auto root = session(step).commit();
    session_.reset();
    if (!root) step.complain(describe(root.error()));
    expect_bytes(*root, step["root"]);
    commits_[step["name"].text()] = *root;
    if (session_base_ && *session_base_ != *root) parents_[*root] = *session_base_;
    if (is_damaged_) damaged_.insert(*root);
}

void Scenario::list_commits(const Node& step) {
    std::vector<vm::Hash> ours = machine_->store().commits();
    std::vector<vm::Hash> theirs;
    for (const Node& commit : step["commits"].items()) theirs.push_back(commit.array<32>());
    std::ranges::sort(ours);
    std::ranges::sort(theirs);
    is_damaged_ = was_damaged_;
    expect(ours == theirs, step["commits"], "the commits differ");
}

void Scenario::compare_root(const Node& step) {
    if (!step.has("root") || step["root"].is_null()) return;
    const auto root = session(step).root();
    if (!root) step.complain(describe(root.error()));
    expect_bytes(*root, step["root"]);
}

void Scenario::compare_receipt(const Node& expected, const vm::CallReceipt& receipt) {
    expect_bytes(receipt.data, expected["ok"]);
    expect(receipt.gas_spent == expected["gas_spent"].u64(), expected["gas_spent"],
           fmt::format("we spent {}", receipt.gas_spent));
    compare_events(expected, receipt);
    compare_call_tree(expected, receipt);
}

void Scenario::compare_events(const Node& expected, const vm::CallReceipt& receipt) {
    std::vector<Node> theirs = expected["events"].items();
    std::vector<vm::Event> ours;
    for (const vm::EventView& event : receipt.events) ours.emplace_back(event);
    if (std::exchange(has_overflowed_, false) && theirs.size() != ours.size()) {
        ++excused_;
        // What is left belongs to this call
        std::erase_if(theirs, [](const Node& event) { return event.describe(), event["reverted"].boolean(); });
        std::erase_if(ours, [](const vm::Event& event) { return event.reverted; });
    }
    expect(theirs.size() == ours.size(), expected["events"], fmt::format("we have {} events", ours.size()));
    for (std::size_t i = 0; i < std::min(theirs.size(), ours.size()); ++i) {
        expect_bytes(ours[i].source, theirs[i]["source"]);
        expect_bytes(as_bytes(ours[i].topic), theirs[i]["topic_hex"]);
        expect_bytes(ours[i].data, theirs[i]["data"]);
        expect(ours[i].reverted == theirs[i]["reverted"].boolean(), theirs[i]["reverted"], "differs");
    }
}

void Scenario::compare_call_tree(const Node& expected, const vm::CallReceipt& receipt) {
    if (!expected.has("call_tree")) {
        expect(receipt.call_tree.size() <= 1, expected, "there are calls between contracts");
        return;
    }
    const auto tree = expected["call_tree"].items();
    expect(tree.size() == receipt.call_tree.size(), expected["call_tree"],
           fmt::format("we have {} calls", receipt.call_tree.size()));
    for (std::size_t i = 0; i < std::min(tree.size(), receipt.call_tree.size()); ++i) {
        const vm::CallTreeElement& element = receipt.call_tree[i];
        expect_bytes(element.contract, tree[i]["id"]);
        expect(element.limit == tree[i]["limit"].u64(), tree[i]["limit"], fmt::format("{}", element.limit));
        expect(element.spent == tree[i]["spent"].u64(), tree[i]["spent"], fmt::format("{}", element.spent));
    }
}

void Scenario::compare_error(const Node& expected, const vm::CallError& error) {
    const std::string kind = expected["kind"].text();
    if (kind == "HostPanic") return;
    const auto* const named = std::ranges::find(kKinds, kind, &KindName::name);
    if (named == std::end(kKinds)) expected["kind"].complain("is an unknown kind");
    expect(error.kind == named->kind, expected["kind"], "ours is: " + describe(error));
    if (expected.has("message_hex")) expect_bytes(as_bytes(error.text), expected["message_hex"]);
    if (expected.has("trap") && !expected["trap"].is_null()) {
        const auto* const trap = std::ranges::find(kTraps, expected["trap"].text(), &TrapName::name);
        if (trap == std::end(kTraps)) expected["trap"].complain("is an unknown trap");
        expect(error.trap == trap->trap, expected["trap"], "ours is: " + describe(error));
    }
}

}  // namespace dusk::vectors
