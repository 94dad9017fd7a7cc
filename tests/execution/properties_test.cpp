// What must hold of every block, whoever makes it: random blocks of both families, with what fails and what is refused.
#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "execution/build_candidate.hpp"
#include "ledger/charges.hpp"
#include "proven_chain.hpp"

namespace dusk::execution {
namespace {

using ledger::ContractCall;
using ledger::ContractDeploy;
using ledger::kStakeContract;
using ledger::kTransferContract;
using ledger::LedgerTransaction;
using ledger::Lux;
using ledger::MoonlightPayload;
using ledger::Transaction;

// All that the contracts of the protocol hold.
struct Holdings {
    std::vector<ledger::AccountEntry> accounts;
    std::vector<ledger::ContractAmount> contracts;
    std::vector<ledger::StakeEntry> stakes;
    std::vector<phoenix::NoteLeaf> notes;
    friend bool operator==(const Holdings&, const Holdings&) = default;
};

Holdings holdings_of(vm::Session& session) {
    StateQueries state(session);
    return {state.accounts().value(), state.contract_balances().value(), state.stakes().value(),
            state.notes(0).value()};
}

class Properties : public ProvenChain {
  protected:
    static constexpr ledger::Gas kBlockGas{3'000'000'000};
    static constexpr std::uint64_t kHistories = 12;

    // Offered in this order; some cannot be executed.
    [[nodiscard]] std::vector<Transaction> offered(crypto::ChaChaRng& random, std::size_t count) {
        std::vector<Transaction> out;
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint64_t kind = random.next_u64() % 16;
            if (kind < 4) {
                out.push_back(payment(static_cast<Payment>(random.next_u64() % kPayments)));
            } else if (kind == 4 && !seen_.empty()) {
                out.push_back(seen_[random.next_u64() % seen_.size()]);
            } else {
                out.push_back(of_an_account(random, kind));
            }
            seen_.push_back(out.back());
        }
        return out;
    }

    // The nonce is the one that is due, as far as all that was offered before is executed.
    [[nodiscard]] Transaction of_an_account(crypto::ChaChaRng& random, std::uint64_t kind) {
        const std::size_t from = kind >= 10 ? std::size_t{kStaker} : random.next_u64() % kAccounts;
        MoonlightPayload made = payload(++nonces_[from], from, random.next_u64() % (kAccounts + 1));
        made.value = {random.next_u64() % 1'000'000};
        made.fee.gas_limit = {100'000'000};
        made.fee.refund_address = account(random.next_u64() % kAccounts);
        const Lux amount{1 + random.next_u64() % kDusk.value};
        switch (kind) {
            case 5:
                made.deposit = amount;
                made.data = ContractCall{kStakeContract, "stake", {1, 2, 3}};  // fails
                break;
            case 6:
                made.fee.gas_price = ledger::kMinDeployPrice;
                made.data = ContractDeploy::of(test_contract("counter"), {}, {}, random.next_u64() % 3);
                break;
            case 7:  // fails
                made.fee.gas_price = ledger::kMinDeployPrice;
                made.data = ContractDeploy{.hash = {}, .bytecode = test_contract("init"), .owner = {}, .init_args = {}};
                break;
            case 8:
                made.value = {~std::uint64_t{0} / 2};  // more than there is
                --nonces_[from];
                break;
            case 9:
                made.data = ledger::Memo{{1, 2, 3}};
                break;
            case 10:
                made.deposit = amount;
                made.data = stake_call("stake", ledger::Stake::sign(kTestChain, amount, keys_[from], keys_[from]));
                break;
            case 11:
                made.data = stake_call("unstake", taken(amount, made.nonce, from));
                break;
            case 12:  // may fail: there may be less reward
                made.data = stake_call("withdraw", taken(amount, made.nonce, from));
                break;
            case 13:
                made.deposit = amount;
                made.data = conversion_to_note(amount, made.nonce, random);
                break;
            case 14:  // fails, and its withdrawal is undone
                made.data = stake_call("unstake", taken({1'500 * kDusk.value}, made.nonce, from));
                break;
            default:
                break;
        }
        return sign(made, from);
    }

    template <class Argument>
    static ContractCall stake_call(std::string_view function, const Argument& argument) {
        return {kStakeContract, std::string(function), archive_write(argument)};
    }
    [[nodiscard]] ledger::StakeWithdraw taken(Lux amount, ledger::Nonce nonce, std::size_t from) const {
        return ledger::StakeWithdraw::sign(
            ledger::Withdraw::to_account(kStakeContract, amount, ledger::NonceToken{nonce}, keys_[from]), keys_[from],
            keys_[from]);
    }
    [[nodiscard]] ContractCall conversion_to_note(Lux amount, ledger::Nonce nonce, crypto::ChaChaRng& random) const {
        const auto address = note_owner_.public_key().stealth_address(crypto::Fr::random(random));
        const auto key = note_owner_.note_secret_key(address);
        const auto permit = ledger::Withdraw::to_note(kTransferContract, amount, address, ledger::NonceToken{nonce},
                                                      key.reveal(), random);
        return {kTransferContract, "convert", archive_write(permit)};
    }

    // Notes that are not spent, and all that lies open.
    [[nodiscard]] std::uint64_t supply(vm::Session& session) const {
        StateQueries state(session);
        std::uint64_t sum = open_supply(state);
        for (const phoenix::NoteLeaf& leaf : state.notes(0).value()) {
            for (const phoenix::SecretKey* key : {&note_owner_, &friends_key()}) {
                const auto view_key = key->view_key();
                if (!view_key.owns(leaf.note.stealth_address())) continue;
                const std::array nullifier{leaf.note.nullifier(*key)};
                if (state.spent_nullifiers(nullifier)->empty()) sum += leaf.note.open_checked(&view_key)->value;
            }
        }
        return sum;
    }
    [[nodiscard]] std::uint64_t supply_now() const {
        const auto opened = session();
        return supply(*opened);
    }

    // A block of what can be executed; `look` is told what became of each.
    using Look = std::function<void(const Transaction&, const TransactionOutcome&)>;
    BlockResult<ExecutedBlock> play(
        std::uint64_t height, const std::vector<Transaction>& transactions,
        const Look& look = [](const auto&, const auto&) {}) {
        auto execution = begin_block(*machine_, frame(height));
        if (!execution) return fail(execution.error());
        for (const Transaction& transaction : transactions) {
            const auto outcome = execution->execute(transaction);
            if (!outcome) return fail(outcome.error());
            look(transaction, *outcome);
        }
        return end_block(*std::move(execution), frame(height));
    }

    void start_again() {
        root_ = genesis_;
        nonces_ = {};
        seen_.clear();
    }

    ledger::StateRoot genesis_ = root_;
    std::array<std::uint64_t, kAccounts> nonces_{};
    std::vector<Transaction> seen_;
};

TEST_F(Properties, SupplyGrowsByTheRewardsLessTheFees) {
    for (std::uint64_t history = 0; history < kHistories; ++history) {
        SCOPED_TRACE(history);
        start_again();
        crypto::ChaChaRng random(history);
        std::uint64_t before = supply_now();
        for (std::uint64_t height = 1; height <= 3; ++height) {
            auto executed = play(height, offered(random, 6));
            ASSERT_TRUE(executed && executed->commit());
            std::uint64_t rewards = 0;
            for (const ledger::Reward& reward : executed->rewards()) rewards += reward.value.value;
            const std::uint64_t fees = executed->receipts().fees.value;
            ASSERT_LE(rewards, emission({height}).value + fees);
            root_ = executed->root();
            const std::uint64_t after = supply_now();
            ASSERT_EQ(after - before, rewards - fees);
            before = after;
        }
    }
}

TEST_F(Properties, NothingIsSpentTwice) {
    for (std::uint64_t history = 0; history < kHistories; ++history) {
        SCOPED_TRACE(history);
        start_again();
        crypto::ChaChaRng random(1000 + history);
        std::set<Bytes> spent;
        std::size_t refused = 0;
        for (std::uint64_t height = 1; height <= 3; ++height) {
            // Every transaction is offered again behind the others.
            auto transactions = offered(random, 4);
            transactions.insert(transactions.end(), seen_.begin(), seen_.end());
            const auto look = [&](const Transaction& transaction, const TransactionOutcome& outcome) {
                const auto ids = transaction.spending_ids();
                const bool is_again = std::ranges::any_of(ids, [&](const Bytes& id) { return spent.contains(id); });
                if (is_again) {
                    EXPECT_TRUE(std::holds_alternative<Discarded>(outcome));
                    ++refused;
                }
                if (std::holds_alternative<Spent>(outcome)) spent.insert(ids.begin(), ids.end());
            };
            auto executed = play(height, transactions, look);
            ASSERT_TRUE(executed && executed->commit());
            root_ = executed->root();
        }
        EXPECT_GE(refused, spent.size());
    }
}

// The accounts as the rules of a spend leave them when its call or deployment failed.
std::vector<ledger::AccountEntry> charged(std::vector<ledger::AccountEntry> accounts, const MoonlightPayload& payload) {
    const auto entry = [&](const ledger::AccountKey& key) -> ledger::AccountData& {
        const auto raw = key.to_raw_bytes();
        const auto found = std::ranges::lower_bound(accounts, raw, {}, &ledger::AccountEntry::key);
        if (found != accounts.end() && found->key == raw) return found->data;
        return accounts.insert(found, {{}, raw})->data;
    };
    const std::uint64_t cost = checked_cost(payload.fee.gas_limit, payload.fee.gas_price)->value;
    entry(payload.sender).nonce = payload.nonce;
    entry(payload.sender).balance.value -= cost + payload.value.value;
    if (payload.value > Lux{0}) entry(payload.receiver).balance.value += payload.value.value;
    // The deposit goes where unspent gas would go; there is no such gas.
    entry(payload.sender).balance.value -= payload.deposit.value;
    entry(payload.fee.refund_address).balance.value += payload.deposit.value;
    return accounts;
}

// The notes that a shielded one leaves: those that are worth nothing openly are dropped.
std::size_t notes_made(const ledger::PhoenixTransaction& transaction) {
    std::size_t out = transaction.payload.skeleton.deposit > 0 ? 1 : 0;
    for (const phoenix::Note& note : transaction.payload.skeleton.outputs) {
        if (note.type() == phoenix::NoteType::obfuscated || note.value(nullptr) != 0U) ++out;
    }
    return out;
}

TEST_F(Properties, AFailureChangesWhatTheRulesSayAndNothingElse) {
    std::size_t failures = 0;
    std::size_t shielded = 0;
    std::size_t refusals = 0;
    const auto look = [&](const Transaction& transaction, const TransactionOutcome& outcome, const Holdings& before,
                          const Holdings& after) {
        const auto* spent = std::get_if<Spent>(&outcome);
        if (spent != nullptr && spent->result) return;
        EXPECT_EQ(after.contracts, before.contracts);
        EXPECT_EQ(after.stakes, before.stakes);
        if (spent == nullptr) {
            ++refusals;
            EXPECT_EQ(after.accounts, before.accounts);
            EXPECT_EQ(after.notes, before.notes);
            return;
        }
        EXPECT_EQ(spent->gas_spent, transaction.gas_limit());
        const auto kept = std::span(after.notes).first(before.notes.size());
        EXPECT_TRUE(std::ranges::equal(kept, before.notes));
        if (const auto* moonlight = transaction.moonlight()) {
            ++failures;
            EXPECT_EQ(after.accounts, charged(before.accounts, moonlight->payload));
            EXPECT_EQ(after.notes.size(), before.notes.size());
        } else {
            ++shielded;
            EXPECT_EQ(after.accounts, before.accounts);
            EXPECT_EQ(after.notes.size(), before.notes.size() + notes_made(*transaction.phoenix()));
            if (transaction.deposit() > Lux{0}) {
                EXPECT_EQ(after.notes.back().note.value(nullptr), transaction.deposit().value);
            }
        }
    };
    for (std::uint64_t history = 0; history < kHistories; ++history) {
        SCOPED_TRACE(history);
        start_again();
        crypto::ChaChaRng random(2000 + history);
        const auto running = session();
        Holdings before = holdings_of(*running);
        for (const Transaction& transaction : offered(random, 24)) {
            const auto outcome = execute_transaction(*running, transaction);
            Holdings after = holdings_of(*running);
            look(transaction, outcome, before, after);
            before = std::move(after);
        }
    }
    // All of these came up.
    EXPECT_GT(failures, 10U);
    EXPECT_GT(shielded, 2U);
    EXPECT_GT(refusals, 10U);
}

// What a node that was not there makes of the blocks that it is sent.
class Rebuilt : public TestChain {
  public:
    void TestBody() override {}
    [[nodiscard]] std::optional<ledger::StateRoot> add(const Bytes& bytes, std::vector<Voter> voters) {
        const auto block = ledger::decode<ledger::Block>(bytes);
        if (!block) return {};
        const auto shape = frame_of(*block, root_, kTestChain, std::move(voters));
        if (!shape) return {};
        auto verified = verify_block(*machine_, *shape, *block);
        if (!verified || !verified->commit()) return {};
        root_ = verified->root();
        return root_;
    }
    [[nodiscard]] Holdings holdings() const { return holdings_of(*session()); }
};

TEST_F(Properties, AFreshMachineMakesTheSameStatesOfTheSameBlocks) {
    for (std::uint64_t history = 0; history < 4; ++history) {
        SCOPED_TRACE(history);
        start_again();
        crypto::ChaChaRng random(3000 + history);
        Rebuilt fresh;
        for (std::uint64_t height = 1; height <= 4; ++height) {
            std::vector<LedgerTransaction> pool;
            for (const Transaction& one : offered(random, 8)) pool.push_back(in_block(one));
            auto next = [&, at = std::size_t{0}]() mutable { return at == pool.size() ? nullptr : &pool[at++]; };
            auto candidate = build_candidate(*machine_, frame(height), next, {}, ManualClock());
            ASSERT_TRUE(candidate) << describe(candidate.error());
            ledger::Block block;
            block.header.height = {height};
            block.header.gas_limit = kBlockGas;
            block.header.state_root = candidate->block.root();
            block.header.event_bloom = candidate->block.receipts().bloom;
            block.header.generator = {account(kStaker).to_bytes()};
            for (const LedgerTransaction* one : candidate->transactions) block.transactions.push_back(*one);
            ASSERT_TRUE(candidate->block.commit());
            root_ = candidate->block.root();
            ASSERT_EQ(fresh.add(ledger::encode(block), frame(height).voters), root_);
        }
        EXPECT_EQ(fresh.holdings(), holdings_of(*session()));
    }
}

}  // namespace
}  // namespace dusk::execution
