// What the signature or proof of a transaction says, by itself: the statement, its name, and how to ask a contract's
// question about it.
#pragma once

#include <optional>

#include "crypto/bls_batch.hpp"
#include "ledger/transaction.hpp"
#include "phoenix/transfer_verifiers.hpp"
#include "plonk/verifier.hpp"
#include "vm/queries/query_arguments.hpp"

namespace dusk::execution {

// `key` has signed `message`.
struct SignedMessage {
    crypto::BlsPublicKey key;
    crypto::BlsSignature signature;
    Bytes message;

    [[nodiscard]] crypto::BlsClaim claim() const { return {key, signature, message}; }
    [[nodiscard]] vm::BlsStatement question() const;
};

// The public inputs satisfy the transfer circuit for so many notes. Borrows the bytes of the proof, which may be none.
struct ProvenTransfer {
    const plonk::Verifier* verifier;
    ByteView verifier_data;
    ByteView proof;
    std::vector<crypto::Fq> public_inputs;

    [[nodiscard]] vm::PlonkStatement question() const;
};

struct ProofStatement {
    std::variant<std::monostate, SignedMessage, ProvenTransfer> what;  // nothing: it can hold for no proof
    // A hash of the rules of the network, verifier data, inputs and proof; or message, key and signature.
    ByteArray<32> mark{};
    bool holds = false;
};

// Hashes, and verifies nothing. It lives no longer than the transaction and the verifiers.
[[nodiscard]] ProofStatement proof_statement(const ledger::Transaction& transaction,
                                             const phoenix::TransferVerifiers& verifiers);

}  // namespace dusk::execution
