#include "ledger/header_json.hpp"

#include <nlohmann/json.hpp>

#include "base/base58.hpp"
#include "base/hex.hpp"
#include "ledger/hex_name.hpp"

namespace dusk::ledger {
namespace {

using Json = nlohmann::ordered_json;

Json vote_json(const Vote& vote) {
    switch (vote.kind()) {
        case Vote::Kind::no_candidate:
            return "NoCandidate";
        case Vote::Kind::valid:
            return {{"Valid", hex(*vote.block())}};
        case Vote::Kind::invalid:
            return {{"Invalid", hex(*vote.block())}};
        case Vote::Kind::no_quorum:
            return "NoQuorum";
    }
    return nullptr;
}

Json step_json(const StepVotes& votes) {
    return {{"bitset", votes.voters}, {"aggregate_signature", hex(votes.signature)}};
}

}  // namespace

Json attestation_json(const Attestation& attestation) {
    return {{"result", vote_json(attestation.result.vote)},
            {"validation", step_json(attestation.validation)},
            {"ratification", step_json(attestation.ratification)}};
}

Json header_json(const BlockHeader& header) {
    Json failed = Json::array();
    for (const auto& iteration : header.failed_iterations.iterations) {
        if (!iteration) {
            failed.push_back(nullptr);
            continue;
        }
        failed.push_back(
            Json::array({attestation_json(iteration->attestation), to_base58(ByteView(iteration->generator.bytes))}));
    }
    return {{"version", header.version},
            {"height", header.height.value},
            {"timestamp", header.timestamp},
            {"prev_block_hash", hex(header.prev_block_hash)},
            {"seed", hex(header.seed)},
            {"state_hash", hex(header.state_root)},
            {"event_bloom", to_hex(header.event_bloom.bytes())},
            {"generator_bls_pubkey", to_base58(ByteView(header.generator.bytes))},
            {"txroot", hex(header.transactions_root)},
            {"faultroot", hex(header.faults_root)},
            {"gas_limit", header.gas_limit.value},
            {"iteration", header.iteration},
            {"prev_block_cert", attestation_json(header.prev_block_certificate)},
            {"failed_iterations", std::move(failed)},
            {"hash", hex(header.hash)},
            {"signature", hex(header.signature)}};
}

}  // namespace dusk::ledger
