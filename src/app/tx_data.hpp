// What a transaction of `dusk tx build` carries: read from the command, signed where the contracts want it.
#pragma once

#include "app/tx_build.hpp"
#include "ledger/transaction.hpp"
#include "ledger/withdraw.hpp"

namespace dusk::app {

// Of the command line. Errors: usage.
[[nodiscard]] Result<ledger::Lux, Failure> parse_amount(const std::string& text);
[[nodiscard]] Result<ledger::ChainId, Failure> chain_id_of(const BuildTx& command);

// What the transaction hands to the contract that it calls. Errors: usage.
[[nodiscard]] Result<ledger::Lux, Failure> deposit_of(const BuildTx& command);

// Commits to the files, or what was made of them already. Errors: file, bad_blob.
[[nodiscard]] Result<ledger::Blobs, Failure> make_blobs(const BuildBlobs& command, Executor& executor);

// `token` names the transaction in which permits hold: its nonce, or the nullifiers of the notes that it spends. Opens
// further key files; commits to blobs. Errors: usage, file, wrong_password, bad_input, refused, bad_blob.
[[nodiscard]] Result<std::optional<ledger::TransactionData>, Failure> data_of(const BuildTx& command,
                                                                              const OpenedKeys& payer,
                                                                              const ledger::WithdrawReplayToken& token,
                                                                              RandomSource& random, Executor& executor);

}  // namespace dusk::app
