#include "app/tx_commands.hpp"

#include <fmt/core.h>

#include "app/tx_file.hpp"
#include "execution/blob_proof.hpp"
#include "execution/preverify.hpp"
#include "execution/proof_checks.hpp"
#include "ledger/network.hpp"

namespace dusk::app {
namespace {

using ledger::DecodedTransaction;

// Stable names of what `to_string` says in a sentence.
std::string_view code_of(execution::Refusal refusal) {
    using enum execution::Refusal;
    switch (refusal) {
        case fee_overflow:
            return "fee_overflow";
        case fee_tampered:
            return "fee_tampered";
        case refund_address:
            return "refund_address";
        case deploy_charge_overflow:
            return "deploy_charge_overflow";
        case deploy_price:
            return "deploy_price";
        case deploy_limit:
            return "deploy_limit";
        case memory64:
            return "memory64";
        case no_blob:
            return "no_blob";
        case too_many_blobs:
            return "too_many_blobs";
        case blob_limit:
            return "blob_limit";
        case no_price:
            return "no_price";
        case low_gas_limit:
            return "low_gas_limit";
        case too_large:
            return "too_large";
        case bad_signature:
            return "bad_signature";
        case bad_proof:
            return "bad_proof";
        default:
            return "refused";
    }
}

std::string_view code_of(execution::BlobFault fault) {
    switch (fault) {
        case execution::BlobFault::no_content:
            return "blob_content";
        case execution::BlobFault::hash:
            return "blob_hash";
        case execution::BlobFault::field:
            return "blob_field";
        case execution::BlobFault::proof:
            return "blob_proof";
    }
    return "refused";
}

struct Broken {
    std::string code;
    std::string sentence;
};

template <class Rule>
Broken broken(Rule rule) {
    return {std::string(code_of(rule)), std::string(to_string(rule))};
}

Result<const ledger::Network*, Failure> network_of(const ReadTx& command) {
    if (const ledger::Network* network = ledger::network_named(command.network)) return network;
    return fail(Failure{.exit = ExitCode::usage,
                        .code = "unknown_network",
                        .message = fmt::format("there is no network \"{}\"", command.network)});
}

// Without signature, proof and blobs.
std::vector<Broken> broken_rules(const DecodedTransaction& decoded, const ledger::Network& network,
                                 std::optional<unsigned> chain_id) {
    std::vector<Broken> out;
    const unsigned expected = chain_id.value_or(static_cast<unsigned>(network.chain_id));
    const auto actual = static_cast<unsigned>(decoded.transaction.chain_id());
    if (actual != expected) {
        out.push_back({"chain_id", fmt::format("it is for the chain {}, not {}", actual, expected)});
    }
    if (const auto checked = execution::check_for_pool(decoded.transaction); !checked) {
        out.push_back(broken(checked.error()));
    }
    const auto* call = decoded.transaction.call();
    if (decoded.transaction.deposit() > ledger::Lux{0} && call == nullptr) {
        out.push_back({"deposit_without_call", "a deposit without a contract that is called"});
    }
    return out;
}

Outcome outcome_of(const DecodedTransaction& decoded) {
    return {.text = transaction_text(decoded), .json = transaction_report(decoded)};
}

void add_rules(Outcome& outcome, const std::vector<Broken>& rules) {
    outcome.json["broken_rules"] = nlohmann::ordered_json::array();
    for (const Broken& rule : rules) {
        outcome.text += fmt::format("  refused       {}\n", rule.sentence);
        outcome.json["broken_rules"].push_back({{"rule", rule.code}, {"message", rule.sentence}});
    }
}

}  // namespace

CommandResult decode_tx(const ReadTx& command) {
    const auto decoded = read_transaction(command.transaction);
    if (!decoded) return fail(decoded.error());
    return outcome_of(*decoded);
}

CommandResult inspect_tx(const ReadTx& command) {
    const auto network = network_of(command);
    if (!network) return fail(network.error());
    const auto decoded = read_transaction(command.transaction);
    if (!decoded) return fail(decoded.error());
    Outcome outcome = outcome_of(*decoded);
    add_rules(outcome, broken_rules(*decoded, **network, command.chain_id));
    return outcome;
}

CommandResult verify_tx(const ReadTx& command, RandomSource& random, Executor& executor) {
    const auto network = network_of(command);
    if (!network) return fail(network.error());
    const auto decoded = read_transaction(command.transaction);
    if (!decoded) return fail(decoded.error());
    auto rules = broken_rules(*decoded, **network, command.chain_id);
    execution::ProofChecks checks(phoenix::TransferVerifiers::of_network((*network)->name).value());
    const ledger::Transaction* const transaction = &decoded->transaction;
    const auto verdict = checks.check({&transaction, 1}, random, executor).front();
    if (!verdict) rules.push_back(broken(verdict.error()));
    if (const auto blobs = execution::check_blobs(*transaction); !blobs) rules.push_back(broken(blobs.error()));

    Outcome outcome = outcome_of(*decoded);
    add_rules(outcome, rules);
    if (rules.empty()) {
        outcome.text += "  verified      no rule is broken that needs no state\n";
        return outcome;
    }
    return fail(Failure{.exit = ExitCode::bad_input,
                        .code = rules.front().code,
                        .message = "the transaction is refused: " + rules.front().sentence,
                        .report = outcome.text,
                        .details = outcome.json});
}

}  // namespace dusk::app
