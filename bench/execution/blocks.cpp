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

void block_row(Bench& bench, TestNetwork& network, const std::string& name, const std::string& official, bool checked,
               const std::function<std::vector<LedgerTransaction>(std::uint64_t)>& transactions_of) {
    std::vector<LedgerTransaction> transactions;
    std::optional<ProofChecks> marks;
    node::ThreadPool pool;
    std::uint64_t sample = 0;
    const auto prepare = [&] {
        transactions = transactions_of(++sample);
        network.reopen();
        marks.emplace(phoenix::TransferVerifiers::of_network("devnet").value());
        crypto::ChaChaRng random(1);
        if (checked) (void)marks->check(pointers(transactions, transactions.size()), random, pool);
    };
    bench.run_each(name, official, 5, prepare, [&] { run_block(network, *marks, transactions, pool); });
}

void rows(Bench& bench) {
    TestNetwork network;
    if (bench.wants("preverify: Moonlight, 64 at once")) {
        check_rows(bench, "preverify: Moonlight", "preverify_moonlight_signature", network.transfers(kBatch, 0));
    }
    const auto transfers = [&](std::uint64_t sample) { return network.transfers(kTransfers, sample); };
    block_row(bench, network, "block: 1000 Moonlight transfers, new", "moonlight_new", false, transfers);
    block_row(bench, network, "block: 1000 Moonlight transfers, checked before", "moonlight_checked", true, transfers);

    const std::string phoenix = "block: 20 Phoenix transactions, new";
    if (!bench.wants("preverify: Phoenix, 64 at once") && !bench.wants(phoenix)) return;
    const auto payments = network.payments();
    check_rows(bench, "preverify: Phoenix", "preverify_phoenix_proof", payments);
    block_row(bench, network, phoenix, "phoenix_new", false, [&](std::uint64_t) { return payments; });
}

const Registered registered("execution", rows);

}  // namespace
}  // namespace dusk::bench
