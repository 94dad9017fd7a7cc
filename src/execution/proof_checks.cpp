#include "execution/proof_checks.hpp"

#include <algorithm>
#include <mutex>
#include <optional>

#include "execution/proof_statement.hpp"
#include "plonk/batch_verifier.hpp"

namespace dusk::execution {
namespace {

using ledger::Transaction;

// One source for several threads.
class SharedRandom final : public RandomSource {
  public:
    explicit SharedRandom(RandomSource& source) : source_(&source) {}
    void fill(MutableByteView out) override {
        const std::scoped_lock lock(mutex_);
        source_->fill(out);
    }

  private:
    RandomSource* source_;
    std::mutex mutex_;
};

void check_signatures(std::span<ProofStatement* const> open, RandomSource& source, Executor& executor) {
    // A batch of a few already shares most of what there is to share.
    constexpr std::size_t kLeastBatch = 8;
    if (open.empty()) return;
    const std::size_t batches =
        std::clamp<std::size_t>(open.size() / kLeastBatch, 1, std::max(executor.concurrency(), 1U));
    SharedRandom random(source);
    executor.parallel_for(batches, [&](std::size_t batch) {
        const std::size_t begin = open.size() * batch / batches;
        const auto part = open.subspan(begin, open.size() * (batch + 1) / batches - begin);
        std::vector<crypto::BlsClaim> claims;
        claims.reserve(part.size());
        for (const ProofStatement* statement : part) claims.push_back(std::get<SignedMessage>(statement->what).claim());
        const auto verdicts = crypto::bls_verify_batch(claims, random);
        for (std::size_t i = 0; i < part.size(); ++i) part[i]->holds = verdicts[i].has_value();
    });
}

// Its points are tested for the subgroup, which takes longer than verifying it in a batch: as many as possible
// together.
std::vector<std::optional<plonk::Proof>> read_proofs(std::span<ProofStatement* const> open,
                                                     const phoenix::TransferVerifiers& verifiers, Executor& executor) {
    std::vector<std::optional<plonk::Proof>> out(open.size());
    const std::size_t parts = std::clamp<std::size_t>(executor.concurrency(), 1, open.size());
    executor.parallel_for(parts, [&](std::size_t part) {
        const std::size_t begin = open.size() * part / parts;
        std::vector<ByteView> proofs;
        for (const ProofStatement* one : open.subspan(begin, open.size() * (part + 1) / parts - begin)) {
            proofs.push_back(std::get<ProvenTransfer>(one->what).proof);
        }
        const auto read = verifiers.read_proofs(proofs);
        for (std::size_t i = 0; i < read.size(); ++i) {
            if (read[i]) out[begin + i] = *read[i];
        }
    });
    return out;
}

void check_transfers(std::span<ProofStatement* const> open, const phoenix::TransferVerifiers& verifiers,
                     RandomSource& random, Executor& executor) {
    const std::vector<std::optional<plonk::Proof>> proofs = read_proofs(open, verifiers, executor);
    std::vector<plonk::Claim> claims;
    std::vector<ProofStatement*> claimed;
    for (std::size_t i = 0; i < open.size(); ++i) {
        if (!proofs[i]) continue;
        const auto& transfer = std::get<ProvenTransfer>(open[i]->what);
        claims.push_back({transfer.verifier, &*proofs[i], transfer.public_inputs});
        claimed.push_back(open[i]);
        open[i]->holds = true;
    }
    for (const std::size_t bad : plonk::find_bad_claims(claims, random, executor)) claimed[bad]->holds = false;
}

}  // namespace

ProofChecks::Statements ProofChecks::check_all(std::span<const Transaction* const> transactions, RandomSource& random,
                                               Executor& executor) {
    Statements statements(transactions.size());
    executor.parallel_for(transactions.size(),
                          [&](std::size_t i) { statements[i] = proof_statement(*transactions[i], verifiers_); });
    std::vector<ProofStatement*> signatures;
    std::vector<ProofStatement*> transfers;
    for (ProofStatement& statement : statements) {
        if (std::holds_alternative<std::monostate>(statement.what)) continue;
        statement.holds = marks_.get(statement.mark).has_value();
        if (statement.holds) continue;
        (std::holds_alternative<SignedMessage>(statement.what) ? signatures : transfers).push_back(&statement);
    }
    check_signatures(signatures, random, executor);
    if (!transfers.empty()) check_transfers(transfers, verifiers_, random, executor);
    for (const auto* open : {&signatures, &transfers}) {
        for (const ProofStatement* statement : *open) {
            if (statement->holds) marks_.put(statement->mark, {}, 1);
        }
    }
    return statements;
}

std::vector<Result<void, Refusal>> ProofChecks::check(std::span<const Transaction* const> transactions,
                                                      RandomSource& random, Executor& executor) {
    const Statements statements = check_all(transactions, random, executor);
    std::vector<Result<void, Refusal>> verdicts(transactions.size());
    for (std::size_t i = 0; i < transactions.size(); ++i) {
        if (statements[i].holds) continue;
        verdicts[i] = fail(transactions[i]->moonlight() != nullptr ? Refusal::bad_signature : Refusal::bad_proof);
    }
    return verdicts;
}

void ProofChecks::prepare(std::span<const Transaction* const> transactions, const vm::HostQueries& queries,
                          RandomSource& random, Executor& executor) {
    for (const ProofStatement& statement : check_all(transactions, random, executor)) {
        if (!statement.holds) continue;
        if (const auto* message = std::get_if<SignedMessage>(&statement.what)) {
            queries.note_verified(message->question());
        } else {
            queries.note_verified(std::get<ProvenTransfer>(statement.what).question());
        }
    }
}

}  // namespace dusk::execution
