#include "vm/scenario.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

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

Scenario::Scenario(Report& report) : report_(&report) {
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

void Scenario::open_genesis(std::uint8_t chain_id) { session_ = machine_->genesis_session(chain_id); }

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
    if (op == "set_meta") return session(step).set_metadata(step["key"].text(), step["bytes"].hex());
    if (op == "commit") return commit(step);
    if (op == "note") return step.describe();
    if (op == "pages") {
        std::vector<std::uint32_t> leaves;
        for (const Node& leaf : step["leaves"].items()) leaves.push_back(static_cast<std::uint32_t>(leaf.u64()));
        const auto ours = session(step).page_leaves(step["contract"].array<32>());
        report_->expect(ours == leaves, step["leaves"], "the pages with a leaf differ");
        return;
    }
    if (op == "finalize") {
        if (!machine_->store().finalize(commit_named(step["name"]))) step.complain("cannot be finalized");
        return list_commits(step);
    }
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
    auto session = machine_->session(commit_named(step["base"]), static_cast<std::uint8_t>(step["chain_id"].u64()),
                                     step["block_height"].u64());
    if (!session) step.complain(describe(session.error()));
    session_ = *std::move(session);
    compare_root(step);
}

void Scenario::deploy(const Node& step) {
    std::optional<vm::ContractId> id;
    if (!step["id"].is_null()) id = step["id"].array<32>();
    Bytes argument;
    if (!step["init_arg"].is_null()) argument = step["init_arg"].hex();
    const auto deployed =
        session(step).deploy(id, contract(step["wasm"].text()), step["owner"].hex(), argument, step["gas_limit"].u64());
    if (step.has("err")) {
        report_->expect(!deployed.has_value(), step["err"], "was deployed");
        if (!deployed) compare_error(step["err"], deployed.error());
    } else if (!deployed) {
        step.complain(describe(deployed.error()));
    } else {
        report_->expect_bytes(deployed->contract, step["contract"]);
        const Node receipt = step["init_receipt"];
        if (receipt.is_null()) {
            report_->expect(!deployed->init, receipt, "init ran");
        } else {
            report_->expect(deployed->init.has_value(), receipt, "init did not run");
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
    const auto receipt = with_feed ? session(step).feeder_call(contract, function, argument, limit,
                                                               [&](Bytes data) { fed.push_back(std::move(data)); })
                                   : session(step).call(contract, function, argument, limit);
    if (with_feed) report_->expect(fed == step["feed"].hex_list(), step["feed"], "something else was reported");
    if (step.has("err")) {
        report_->expect(!receipt.has_value(), step["err"], "succeeded");
        // The reference ends its process here; the script goes on with a new session.
        const bool aborts = step["err"]["kind"].text() == "HostPanic";
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

void Scenario::commit(const Node& step) {
    const auto root = session(step).commit();
    session_.reset();
    if (!root) step.complain(describe(root.error()));
    report_->expect_bytes(*root, step["root"]);
    commits_[step["name"].text()] = *root;
}

void Scenario::list_commits(const Node& step) {
    std::vector<vm::Hash> ours = machine_->store().commits();
    std::vector<vm::Hash> theirs;
    for (const Node& commit : step["commits"].items()) theirs.push_back(commit.array<32>());
    std::ranges::sort(ours);
    std::ranges::sort(theirs);
    report_->expect(ours == theirs, step["commits"], "the commits differ");
}

void Scenario::compare_root(const Node& step) {
    if (!step.has("root") || step["root"].is_null()) return;
    const auto root = session(step).root();
    if (!root) step.complain(describe(root.error()));
    report_->expect_bytes(*root, step["root"]);
}

void Scenario::compare_receipt(const Node& expected, const vm::CallReceipt& receipt) {
    report_->expect_bytes(receipt.data, expected["ok"]);
    report_->expect(receipt.gas_spent == expected["gas_spent"].u64(), expected["gas_spent"],
                    fmt::format("we spent {}", receipt.gas_spent));
    const auto events = expected["events"].items();
    report_->expect(events.size() == receipt.events.size(), expected["events"],
                    fmt::format("we have {} events", receipt.events.size()));
    for (std::size_t i = 0; i < std::min(events.size(), receipt.events.size()); ++i) {
        const vm::Event& event = receipt.events[i];
        report_->expect_bytes(event.source, events[i]["source"]);
        report_->expect_bytes(as_bytes(event.topic), events[i]["topic_hex"]);
        report_->expect_bytes(event.data, events[i]["data"]);
        report_->expect(event.reverted == events[i]["reverted"].boolean(), events[i]["reverted"], "differs");
    }
    if (!expected.has("call_tree")) {
        report_->expect(receipt.call_tree.size() <= 1, expected, "there are calls between contracts");
        return;
    }
    const auto tree = expected["call_tree"].items();
    report_->expect(tree.size() == receipt.call_tree.size(), expected["call_tree"],
                    fmt::format("we have {} calls", receipt.call_tree.size()));
    for (std::size_t i = 0; i < std::min(tree.size(), receipt.call_tree.size()); ++i) {
        const vm::CallTreeElement& element = receipt.call_tree[i];
        report_->expect_bytes(element.contract, tree[i]["id"]);
        report_->expect(element.limit == tree[i]["limit"].u64(), tree[i]["limit"], fmt::format("{}", element.limit));
        report_->expect(element.spent == tree[i]["spent"].u64(), tree[i]["spent"], fmt::format("{}", element.spent));
    }
}

void Scenario::compare_error(const Node& expected, const vm::CallError& error) {
    const std::string kind = expected["kind"].text();
    if (kind == "HostPanic") return;
    const auto* const named = std::ranges::find(kKinds, kind, &KindName::name);
    if (named == std::end(kKinds)) expected["kind"].complain("is an unknown kind");
    report_->expect(error.kind == named->kind, expected["kind"], "ours is: " + describe(error));
    if (expected.has("message_hex")) report_->expect_bytes(as_bytes(error.text), expected["message_hex"]);
    if (expected.has("trap") && !expected["trap"].is_null()) {
        const auto* const trap = std::ranges::find(kTraps, expected["trap"].text(), &TrapName::name);
        if (trap == std::end(kTraps)) expected["trap"].complain("is an unknown trap");
        report_->expect(error.trap == trap->trap, expected["trap"], "ours is: " + describe(error));
    }
}

}  // namespace dusk::vectors
