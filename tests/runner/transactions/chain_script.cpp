#include "transactions/chain_script.hpp"

#include "base/archive.hpp"
#include "base/hex.hpp"
#include "execution/call_errors.hpp"
#include "execution/reward_schedule.hpp"
#include "execution/unlimited_gas.hpp"
#include "ledger/stake_contract.hpp"

namespace dusk::vectors {
namespace {

using execution::BlockExecution;
using ledger::AccountKey;
using ledger::StateRoot;

constexpr ledger::ChainId kChainId = ledger::kGenesisChainId;
constexpr std::uint64_t kQueryGas = 3'000'000'000;

AccountKey account_key(const Node& node) {
    const auto key = AccountKey::from_bytes(node.hex());
    if (!key) node.complain("is no account key");
    return *key;
}

template <class T>
T done(execution::BlockResult<T> result, const Node& node) {
    if (!result) node.complain(describe(result.error()));
    return *std::move(result);
}

// The text of a failed deployment whose module the engine refused is the engine's.
bool is_same_text(std::string_view got, std::string_view expected) {
    constexpr std::string_view kRefusedModule = "Panic: failed deployment: RuntimeError(";
    return got == expected || (got.starts_with(kRefusedModule) && expected.starts_with(kRefusedModule));
}

}  // namespace

// What goes into rewards and bloom.
struct ChainScript::Totals {
    AccountKey generator;
    std::vector<execution::Voter> voters;
    ledger::EventBloom reverted;  // of calls of the protocol, which the file's bloom has too
    std::vector<vm::Event> leftovers;
};

void ChainScript::start_at(const StateRoot& root, const Node& expected) {
    root_ = root;
    report_->expect_bytes(root.bytes, expected);
}

BlockExecution ChainScript::begin(const Node& block) const {
    return done(BlockExecution::begin(*machine_, {root_, kChainId, {block["height"].u64()}}), block);
}

void ChainScript::play_block(const Node& block) {
    std::optional<BlockExecution> execution;
    Totals totals;
    report_->run(block, [&] {
        report_->expect_bytes(root_.bytes, block["prev_root"]);
        totals.generator = account_key(block["generator"]);
        for (const Node& voter : block["voters"].items()) {
            totals.voters.push_back({account_key(voter.items().at(0)), voter.items().at(1).u64()});
        }
        execution.emplace(begin(block));
    });
    if (!execution) return;
    for (const Node& step : block["steps"].items()) {
        report_->run(step, [&] {
            play(*execution, step, totals);
            report_->expect_bytes(done(execution->root(), step).bytes, step["root"]);
        });
    }
    report_->run(block, [&] {
        const auto& receipts = execution->receipts();
        report_->expect(receipts.fees.value == block["dusk_spent"].u64(), block["dusk_spent"], "other fees");
        report_->expect(execution::emission({block["height"].u64()}).value == block["emission"].u64(),
                        block["emission"], "another emission");
        ledger::EventBloom bloom = receipts.bloom;
        for (const vm::Event& event : totals.leftovers) bloom.add(event.source, as_bytes(event.topic), event.data);
        report_->expect_bytes(bloom.bytes(), block["event_bloom"]);
        root_ = done(execution->commit(), block);
        report_->expect_bytes(root_.bytes, block["state_root"]);
    });
}

void ChainScript::play(BlockExecution& block, const Node& step, Totals& totals) {
    const std::string kind = step["step"].text();
    if (kind == "before_state_transition") {
        compare_receipt(block.beginning(), step, totals);
    } else if (kind == "slash") {
        play_slash(block, step, totals);
    } else if (kind == "tx") {
        play_transaction(block, step);
    } else if (kind == "reward") {
        play_rewards(block, step, totals);
    } else if (kind == "update_root") {
        compare_receipt(done(block.update_root(), step), step, totals);
    } else {
        step.complain("is a step that the runner does not know");
    }
}

void ChainScript::play_slash(BlockExecution& block, const Node& step, Totals& totals) {
    const AccountKey account = account_key(step["account"]);
    const auto receipt = done(block.slash({account, execution::Penalty::Kind::soft}), step);
    if (step.has("skipped")) {
        step["skipped"].describe();
        report_->expect(!receipt, step, "an account without a stake was slashed");
        return;
    }
    if (!receipt) step.complain("nobody was slashed");
    report_->expect_bytes(archive_write(ledger::Slash{account, {}}), step["arg"]);
    compare_receipt(*receipt, step, totals);
}

void ChainScript::play_transaction(BlockExecution& block, const Node& step) {
    step["name"].describe();
    const ledger::Transaction transaction = read_transaction(step, verifier_data_, *report_);
    const auto outcome = done(block.execute(transaction), step);
    if (step.has("receipt_gas_limit")) {
        report_->expect(transaction.gas_limit().value == step["receipt_gas_limit"].u64(), step["receipt_gas_limit"],
                        "another gas limit");
    }
    compare_outcome(outcome, step);
}

void ChainScript::compare_outcome(const execution::TransactionOutcome& outcome, const Node& step) {
    if (step["outcome"].text() == "discarded") {
        const auto* discarded = std::get_if<execution::Discarded>(&outcome);
        if (discarded == nullptr) step.complain("was not discarded");
        const std::string expected = step["error"].text();
        report_->expect(discarded->text == expected, step["error"], "other words: " + discarded->text);
        return;
    }
    const auto* spent = std::get_if<execution::Spent>(&outcome);
    if (const auto* discarded = std::get_if<execution::Discarded>(&outcome)) step.complain(discarded->text);
    if (spent == nullptr) step.complain("was not spent");
    report_->expect(spent->gas_spent.value == step["gas_spent"].u64(), step["gas_spent"],
                    "other gas: " + std::to_string(spent->gas_spent.value));
    compare_events(spent->events, step["all_events"]);
    const auto error = error_text(*spent);
    if (step.has("err")) {
        const std::string expected = step["err"].text();
        report_->expect(error && is_same_text(*error, expected), step["err"], "other words: " + error.value_or("none"));
        return;
    }
    if (error) step.complain(*error);
    report_->expect_bytes(*spent->result, step["return"]);
}

void ChainScript::play_rewards(BlockExecution& block, const Node& step, Totals& totals) {
    const auto rewards =
        execution::block_rewards({block.context().height, block.receipts().fees, totals.generator, totals.voters});
    if (!rewards) step.complain(to_string(rewards.error()));
    const auto values = step["values"].items();
    report_->expect(values.size() == rewards->size(), step["values"], "has another number of rewards");
    for (std::size_t i = 0; i < std::min(values.size(), rewards->size()); ++i) {
        report_->expect((*rewards)[i].value.value == values[i].u64(), values[i], "is another reward");
    }
    report_->expect_bytes(archive_write(*rewards), step["arg"]);
    compare_receipt(done(block.reward(*rewards), step), step, totals);
}

void ChainScript::compare_receipt(const BlockExecution::SystemReceipt& receipt, const Node& step, Totals& totals) {
    report_->expect(receipt.gas_spent == step["gas"].u64(), step["gas"],
                    "other gas: " + std::to_string(receipt.gas_spent));
    if (step.has("events")) compare_events(receipt.events, step["events"]);
    std::ranges::copy_if(receipt.events, std::back_inserter(totals.leftovers), &vm::Event::reverted);
}

void ChainScript::compare_events(const std::vector<vm::Event>& events, const Node& expected) {
    const auto items = expected.items();
    report_->expect(items.size() == events.size(), expected, "has another number of events");
    for (std::size_t i = 0; i < std::min(items.size(), events.size()); ++i) {
        const vm::Event& event = events[i];
        report_->expect_bytes(event.source, items[i]["source"]);
        report_->expect(event.topic == items[i]["topic"].text(), items[i], "has another topic: " + event.topic);
        report_->expect_bytes(event.data, items[i]["data"]);
        report_->expect(event.reverted == items[i]["reverted"].boolean(), items[i], "is reverted here or there");
    }
}

void ChainScript::ask(std::uint64_t height, const Node& queries) {
    for (const Node& query : queries.items()) {
        report_->run(query, [&] { ask_one(height, query); });
    }
}

void ChainScript::ask_one(std::uint64_t height, const Node& query) {
    const auto session = machine_->session(root_.bytes, static_cast<std::uint8_t>(kChainId), height);
    if (!session) query.complain(describe(session.error()));
    const vm::ContractId contract{static_cast<std::uint8_t>(query["contract"].u64())};
    const std::string function = query["fn"].text();
    const Bytes argument = query["arg"].hex();
    std::vector<Bytes> fed;
    const bool is_feed = query.has("fed");
    const auto receipt = is_feed ? (*session)->feeder_call(contract, function, argument, execution::kUnlimitedGas,
                                                           [&](Bytes item) { fed.push_back(std::move(item)); })
                                 : (*session)->call(contract, function, argument, kQueryGas);
    if (is_feed) {
        const auto items = query["fed"].items();
        report_->expect(items.size() == fed.size(), query["fed"], "has another number of items");
        for (std::size_t i = 0; i < std::min(items.size(), fed.size()); ++i) {
            report_->expect_bytes(fed[i], items[i]);
        }
    }
    if (query.has("error")) {
        report_->expect(!receipt && execution::display(receipt.error()) == query["error"].text(), query["error"],
                        "another error");
        return;
    }
    if (!receipt) query.complain(describe(receipt.error()));
    if (is_feed) return;
    report_->expect_bytes(receipt->data, query["return"]);
    report_->expect(receipt->gas_spent == query["gas"].u64(), query["gas"], "other gas");
}

}  // namespace dusk::vectors
