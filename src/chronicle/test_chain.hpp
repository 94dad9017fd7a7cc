// For tests: chains with events that grow and shrink at random, with what is known of them because they were made so.
#pragma once

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "base/archive.hpp"
#include "chain/kept_stakes.hpp"
#include "chain/stake_events.hpp"
#include "chain/test_store.hpp"
#include "chronicle/happenings.hpp"
#include "crypto/chacha_rng.hpp"
#include "execution/block_execution.hpp"
#include "ledger/block_samples.hpp"
#include "ledger/sample_transactions.hpp"
#include "ledger/stake_contract.hpp"
#include "ledger/transfer_events.hpp"

namespace dusk::chronicle {

// What is known of a transaction because it was made so.
struct MadeTransaction {
    std::optional<ledger::TransactionId> id{};  // none: the block itself
    std::optional<ledger::SpentTransaction> spent{};
    std::vector<vm::Event> events{};
    struct Happened {
        std::size_t event = 0;  // of these
        AccountBytes account{};
        Happening happening{};
        std::uint64_t lux = 0;
    };
    std::vector<Happened> happened{};
    std::set<AccountBytes> paid{};
    std::set<AccountBytes> was_paid{};
    Bytes memo{};
};
struct MadeBlock {
    ledger::BlockHeader header{};
    std::vector<MadeTransaction> transactions{};  // in the order of execution
    bool known = true;
    consensus::Provisioners stakes{};  // after it
    bool stakes_follow = false;        // from those before it and what it reported
    bool keeps_stakes = false;
};

class RandomChain {
  public:
    static constexpr std::size_t kAccounts = 4;

    explicit RandomChain(std::uint64_t seed) : random_(seed) { begin(); }

    chain::TestStore store;  // what the chronicle follows
    std::vector<MadeBlock> blocks{};
    std::uint64_t last_final = 0;

    // One change: a block comes, some go, some become final.
    void change() {
        switch (below(8)) {
            case 0: {
                const std::uint64_t height = last_final + below(blocks.size() - last_final);
                ASSERT_TRUE(store.revert_to({height}).has_value());
                blocks.resize(height + 1);
                return;
            }
            case 1:
                last_final += below(blocks.size() - last_final);
                store.content.heights.at({last_final}).label = {ledger::Label::Kind::final, 1};
                return;
            default:
                add();
        }
    }

    // As `follow` takes it; it refers to this.
    [[nodiscard]] auto find_stakes() const {
        return [this](ledger::Height height) -> chain::StoreResult<std::optional<std::vector<chain::KeptStake>>> {
            const MadeBlock& block = blocks.at(height.value);
            if (!block.keeps_stakes) return std::nullopt;
            return std::optional(chain::kept_stakes(block.stakes));
        };
    }

    [[nodiscard]] const ledger::BlockHash& genesis() const { return blocks.front().header.hash; }
    static const std::vector<ledger::AccountKey>& accounts() {
        static const std::vector<ledger::AccountKey> some = [] {
            crypto::ChaChaRng random(3);
            std::vector<ledger::AccountKey> out;
            for (std::size_t i = 0; i < kAccounts; ++i) {
                out.push_back(crypto::BlsSecretKey::random(random).public_key());
            }
            return out;
        }();
        return some;
    }
    static ledger::ContractId contract(std::uint64_t i) {
        return i == 0 ? ledger::kTransferContract : ledger::ContractId{{static_cast<std::uint8_t>(40 + i)}};
    }

  private:
    std::uint64_t below(std::uint64_t count) { return random_() % count; }
    const ledger::AccountKey& some_account() { return accounts()[below(kAccounts)]; }

    void begin() {
        ledger::Block genesis{.header = ledger::genesis_header({}, 7), .transactions = {}, .faults = {}};
        ASSERT_TRUE(store.begin(genesis).has_value());
        blocks.push_back({.header = genesis.header,
                          .transactions = {},
                          .known = false,
                          .stakes = some_stakes(),
                          .keeps_stakes = below(2) == 0});
    }

    consensus::Provisioners some_stakes() {
        consensus::Provisioners out;
        for (const ledger::AccountKey& account : accounts()) out.set({account, {below(3) * 1000}, {below(50)}});
        return out;
    }
    // What the block did to the stakes, or any others where that is not known.
    void add_stakes(MadeBlock& made) {
        std::vector<consensus::StakeChange> changes;
        for (const MadeTransaction& one : made.transactions) {
            for (const vm::Event& told : one.events) {
                if (told.reverted) continue;
                const auto change = chain::stake_change({told.source}, told.topic, told.data);
                if (change && *change) changes.push_back(**change);
            }
        }
        made.stakes = blocks.back().stakes;
        made.stakes_follow =
            made.known && made.stakes.apply(changes, made.header.height).has_value() &&
            std::ranges::none_of(made.stakes.all(), [](const auto& one) { return one.second.value.value == 0; });
        if (!made.stakes_follow) made.stakes = some_stakes();
        made.keeps_stakes = below(4) == 0;
    }

    static vm::Event event(const ledger::ContractId& source, std::string topic, Bytes data) {
        vm::Event out;
        out.source = source.bytes;
        out.topic = std::move(topic);
        out.data = std::move(data);
        return out;
    }
    template <class T>
    static vm::Event transfer(std::string topic, const T& value) {
        return event(ledger::kTransferContract, std::move(topic), archive_write(value));
    }

    template <class T>
    static vm::Event staking(std::string topic, const T& value) {
        return event(ledger::kStakeContract, std::move(topic), archive_write(value));
    }

    // What a contract does besides: sometimes it pays an account.
    void add_event_of_call(MadeTransaction& out) {
        const ledger::AccountKey& account = some_account();
        const std::uint64_t lux = below(100);
        const auto tell = [&](Happening happening) {
            out.happened.push_back({out.events.size(), account.to_bytes(), happening, lux});
        };
        switch (below(7)) {
            case 0:
                tell(Happening::received);
                out.events.push_back(
                    transfer("contract_to_account", ledger::ContractToAccountEvent{contract(1), account, {lux}}));
                break;
            case 1:
                tell(Happening::received);
                out.events.push_back(transfer(below(2) == 0 ? "withdraw" : "mint",
                                              ledger::WithdrawEvent{contract(1), ledger::ToAccount{account}, {lux}}));
                break;
            case 2:
                tell(Happening::unshielded);
                out.events.push_back(transfer("convert", ledger::ConvertEvent{{}, ledger::ToAccount{account}, {lux}}));
                break;
            case 5:
                tell(Happening::deposited);
                out.events.push_back(transfer("deposit", ledger::DepositEvent{account, contract(1), {lux}}));
                return;
            case 6:
                tell(Happening::staked);
                out.events.push_back(staking(
                    "stake", ledger::StakeEvent{ledger::StakeKeys::single(account), {lux / 2}, {lux - lux / 2}}));
                return;
            case 3:
                out.events.push_back(
                    transfer("mint", ledger::WithdrawEvent{contract(1), ledger::ToNote{}, {below(100)}}));
                return;
            default: {
                std::string topic = below(3) == 0 ? std::string(below(5000), 't') : "set";
                out.events.push_back(event(contract(1 + below(2)), topic, Bytes(below(40), 9)));
                out.events.back().reverted = below(6) == 0;
                return;
            }
        }
        out.was_paid.insert(account.to_bytes());
    }

    static ledger::ContractDeploy deployment(std::uint64_t nonce) {
        return ledger::ContractDeploy::of({1, 2, 3}, Bytes(nonce % 97, 5), {}, nonce);
    }
    std::optional<ledger::TransactionData> some_data() {
        switch (below(4)) {
            case 0:
                return ledger::ContractCall{contract(1 + below(2)), below(2) == 0 ? "set" : "get", Bytes(below(9), 3)};
            case 1:
                return deployment(random_());
            case 2:
                return ledger::Memo{Bytes(1 + below(5), 'm')};
            default:
                return {};
        }
    }
    // None is valid: nobody here looks at signatures and proofs, which make their ids differ.
    ledger::Transaction body(const ledger::MoonlightTransactionEvent* payment) {
        if (payment == nullptr) {
            static const ledger::Transaction sample = ledger::samples::some_phoenix(1, 0);
            ledger::PhoenixTransaction out = *sample.phoenix();
            out.payload.data = some_data();
            out.payload.fee.gas_price = {1 + below(5)};
            out.proof = Bytes(8);
            store_le<std::uint64_t>(out.proof.data(), random_());
            return {std::move(out)};
        }
        static const ledger::Transaction sample = ledger::samples::some_moonlight(1, 0);
        ledger::MoonlightTransaction out = *sample.moonlight();
        const auto sender = ledger::account_key(payment->sender);
        out.payload.sender = *sender;
        out.payload.receiver = payment->receiver ? *ledger::account_key(*payment->receiver) : *sender;
        out.payload.value = payment->value;
        out.payload.nonce = {random_()};
        out.payload.fee.gas_price = {1 + below(5)};
        out.payload.data = some_data();
        return {std::move(out)};
    }
    void spend(MadeTransaction& out, const ledger::MoonlightTransactionEvent* payment) {
        ledger::SpentTransaction spent{.transaction = {.transaction = body(payment)}};
        spent.gas_spent = {below(1000)};
        if (below(5) == 0) spent.error = "Panic: no";
        out.id = spent.transaction.id();
        out.spent = std::move(spent);
    }

    MadeTransaction made_transaction() {
        MadeTransaction out;
        for (std::uint64_t i = below(4); i > 1; --i) add_event_of_call(out);
        if (below(4) == 0) {
            out.events.push_back(event(ledger::kTransferContract, "phoenix", Bytes(below(30), 1)));
            spend(out, nullptr);
            return out;
        }
        ledger::MoonlightTransactionEvent payment;
        payment.sender = some_account();
        payment.value = {below(50)};
        const std::size_t place = out.events.size();
        const AccountBytes sender = ledger::account_bytes(payment.sender);
        out.paid.insert(sender);
        out.happened.push_back({place, sender, Happening::sent, payment.value.value});
        if (below(2) == 0) {
            payment.receiver = some_account();
            const AccountBytes receiver = ledger::account_bytes(*payment.receiver);
            out.was_paid.insert(receiver);
            if (receiver != sender) out.happened.push_back({place, receiver, Happening::received, payment.value.value});
        } else if (out.events.empty()) {
            out.was_paid.insert(sender);
        }
        if (below(4) == 0) {
            payment.refund_info = ledger::AccountAmount{some_account(), {below(2)}};
            const AccountBytes refunded = ledger::account_bytes(payment.refund_info->account);
            if (payment.refund_info->value.value > 0 && refunded != sender) {
                out.was_paid.insert(refunded);
                out.happened.push_back({place, refunded, Happening::refunded, payment.refund_info->value.value});
            }
        }
        if (below(3) == 0) payment.memo = out.memo = Bytes(1 + below(2), 'm');
        out.events.push_back(transfer("moonlight", payment));
        spend(out, &payment);
        return out;
    }
    // What the end of a block does: rewards, and sometimes a punishment.
    MadeTransaction made_end() {
        MadeTransaction out;
        const ledger::AccountKey& generator = some_account();
        const ledger::AccountKey& voter = some_account();
        const std::uint64_t lux = below(100);
        // Two of the same are one.
        const std::vector<ledger::Reward> rewards{{generator, {lux}, ledger::RewardReason::generator_fixed},
                                                  {generator, {7}, ledger::RewardReason::generator_extra},
                                                  {voter, {3}, ledger::RewardReason::voter},
                                                  {voter, {4}, ledger::RewardReason::voter}};
        out.events.push_back(staking("reward", rewards));
        out.happened.push_back({0, generator.to_bytes(), Happening::reward_generator_fixed, lux});
        out.happened.push_back({0, generator.to_bytes(), Happening::reward_generator_extra, 7});
        out.happened.push_back({0, voter.to_bytes(), Happening::reward_voter, 7});
        if (below(3) == 0) {
            const bool hard = below(2) == 0;
            out.happened.push_back({1, voter.to_bytes(), hard ? Happening::hard_slashed : Happening::slashed, lux});
            out.events.push_back(staking(hard ? "hard_slash" : "slash", ledger::SlashEvent{voter, {lux}, {5}}));
        }
        return out;
    }

    void add() {
        MadeBlock made{.header = ledger::BlockSamples(random_()).header()};
        made.header.height = {blocks.size()};
        made.header.prev_block_hash = blocks.back().header.hash;
        made.header.timestamp = blocks.back().header.timestamp + below(300);
        made.header.iteration %= 50;
        if (below(2) == 0) made.header.generator = {some_account().to_bytes()};
        for (auto& one : made.header.failed_iterations.iterations) {
            if (one && below(2) == 0) one->generator = {some_account().to_bytes()};
        }
        made.known = below(10) != 0;
        for (std::uint64_t i = below(4); i > 0; --i) {
            made.transactions.push_back(made_transaction());
            if (made.known) continue;
            MadeTransaction& last = made.transactions.back();
            last = {.id = last.id, .spent = std::move(last.spent)};
        }
        if (made.known && below(2) == 0) made.transactions.push_back(made_end());
        add_stakes(made);
        chain::AcceptedBlock block{.block = {.header = made.header, .transactions = {}, .faults = {}},
                                   .label = {ledger::Label::Kind::accepted, 0}};
        for (MadeTransaction& one : made.transactions) {
            if (!one.spent) continue;
            one.spent->block_height = made.header.height;
            block.block.transactions.push_back(one.spent->transaction);
            block.spent.push_back(*one.spent);
        }
        if (made.known) {
            auto receipts = std::make_shared<execution::BlockReceipts>();
            for (const MadeTransaction& one : made.transactions) {
                receipts->origins.push_back({.transaction = one.id, .events = one.events.size()});
                for (const vm::Event& told : one.events) {
                    receipts->events.add({told.source, told.topic, told.data, told.reverted});
                }
            }
            block.receipts = receipts;
        }
        ASSERT_TRUE(store.accept(block).has_value());
        blocks.push_back(std::move(made));
    }

    std::mt19937_64 random_;
};

}  // namespace dusk::chronicle
