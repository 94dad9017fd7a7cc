// Checks before execution, one by one and 64 at once; and whole blocks, from signatures to the commit.
#include <stdexcept>

#include "crypto/chacha_rng.hpp"
#include "execution/proof_checks.hpp"
#include "harness.hpp"
#include "node/thread_pool.hpp"
#include "test_network.hpp"

namespace dusk::bench {
namespace {

using execution::ProofChecks;
using ledger::LedgerTransaction;
using ledger::Transaction;

constexpr std::size_t kBatch = 64;
constexpr std::size_t kTransfers = 1000;
constexpr ledger::Gas kBlockGas{3'000'000'000};

ProofChecks checks(std::size_t marks) {
    return ProofChecks(phoenix::TransferVerifiers::of_network("devnet").value(), marks);
}

std::vector<const Transaction*> pointers(const std::vector<LedgerTransaction>& transactions, std::size_t count) {
    std::vector<const Transaction*> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(&transactions[i % transactions.size()].transaction);
    return out;
}

// Nothing is remembered, so that the same transactions can be checked again.
void check_rows(Bench& bench, const std::string& name, const std::string& official,
                const std::vector<LedgerTransaction>& transactions) {
    ProofChecks forgetful = checks(0);
    SerialExecutor executor;
    crypto::ChaChaRng random(1);
    for (const std::size_t count : {std::size_t{1}, kBatch}) {
        const auto batch = pointers(transactions, count);
        bench.run(name + (count == 1 ? "" : ", 64 at once"), official, count, 9, [&] {
            for (const auto& verdict : forgetful.check(batch, random, executor)) {
                if (!verdict) throw std::runtime_error("a good transaction is refused");
            }
        });
    }
}

void run_block(TestNetwork& network, ProofChecks& checks, const std::vector<LedgerTransaction>& transactions,
               Executor& executor) {
    crypto::ChaChaRng random(1);
    checks.prepare(pointers(transactions, transactions.size()), network.machine().queries(), random, executor);
    auto executed = execution::execute_block(network.machine(), network.frame(), transactions, kBlockGas);
    if (!executed) throw std::runtime_error(describe(executed.error()));
    if (!executed->commit()) throw std::runtime_error("the state cannot be stored");
}

struct BlockRow {
    std::string name, official;
    bool checked;                                                               // before the block came
    std::function<std::vector<LedgerTransaction>(std::uint64_t)> transactions;  // of the sample
};

void block_row(Bench& bench, TestNetwork& network, const BlockRow& row) {
    std::vector<LedgerTransaction> transactions;
    std::optional<ProofChecks> marks;
    node::ThreadPool pool;
    std::uint64_t sample = 0;
    const auto prepare = [&] {
        transactions = row.transactions(++sample);
        network.reopen();
        marks.emplace(phoenix::TransferVerifiers::of_network("devnet").value());
        crypto::ChaChaRng random(1);
        if (row.checked) (void)marks->check(pointers(transactions, transactions.size()), random, pool);
    };
    bench.run_each(row.name, row.official, 5, prepare, [&] { run_block(network, *marks, transactions, pool); });
}

void rows(Bench& bench) {
    TestNetwork network;
    const auto all_accounts = [&](std::uint64_t sample) {
        return network.transfers(kTransfers, TestNetwork::kAccounts, sample);
    };
    const auto one_account = [&](std::uint64_t sample) { return network.transfers(kTransfers, 1, sample); };
    if (bench.wants("preverify: Moonlight, 64 at once")) {
        check_rows(bench, "preverify: Moonlight", "preverify_moonlight_signature",
                   network.transfers(kBatch, kBatch, 0));
    }
    const std::string transfers = "block: 1000 Moonlight transfers";
    block_row(bench, network, {transfers + ", new", "moonlight_new", false, one_account});
    block_row(bench, network, {transfers + ", checked before", "moonlight_checked", true, one_account});
    block_row(bench, network, {transfers + " of 1000 accounts, new", "accounts_new", false, all_accounts});
    block_row(bench, network,
              {transfers + " of 1000 accounts, checked before", "accounts_checked", true, all_accounts});

    const auto payments = network.payments();
    const auto the_payments = [&](std::uint64_t) { return payments; };
    check_rows(bench, "preverify: Phoenix", "preverify_phoenix_proof", payments);
    block_row(bench, network, {"block: 20 Phoenix transactions, new", "phoenix_new", false, the_payments});
    block_row(bench, network,
              {"block: 20 Phoenix transactions, checked before", "phoenix_checked", true, the_payments});
    network.write_blocks(cache_folder() / "blocks", {{"accounts", all_accounts(0)}, {"phoenix", payments}});
}

const Registered registered("execution", rows);

}  // namespace
}  // namespace dusk::bench
