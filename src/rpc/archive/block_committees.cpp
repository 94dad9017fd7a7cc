#include "rpc/archive/block_committees.hpp"

#include "base/base58.hpp"
#include "consensus/committee.hpp"
#include "ledger/hex_name.hpp"
#include "rpc/jsonrpc/values.hpp"

namespace dusk::rpc {
namespace {

using consensus::Committee;
using Json = nlohmann::ordered_json;
using ledger::Attestation;
using ledger::Height;

// `votes`: null where nobody knows who voted.
Json committee_json(const Committee& committee, const ledger::StepVotes* votes) {
    Json members = Json::array();
    for (std::size_t place = 0; place < committee.members().size(); ++place) {
        const Committee::Member& member = committee.members()[place];
        members.push_back({{"account", to_base58(member.bytes.bytes)},
                           {"credits", member.credits},
                           {"voted", votes == nullptr ? Json(nullptr) : Json((votes->voters >> place & 1) != 0)}});
    }
    return {{"credits", committee.credits()},
            {"voted_credits", votes == nullptr ? Json(nullptr) : Json(committee.credits_of(votes->voters))},
            {"members", std::move(members)}};
}

Json iteration_json(consensus::RoundCommittees& committees, std::uint8_t iteration, const Attestation* attestation) {
    const auto* generator = committees.generator(iteration);
    const auto step = [&](ledger::VotingStep of, const ledger::StepVotes Attestation::* votes) {
        return committee_json(committees.voters(iteration, of),
                              attestation == nullptr ? nullptr : &(attestation->*votes));
    };
    return {{"iteration", iteration},
            {"generator", generator == nullptr ? Json(nullptr) : Json(to_base58(generator->bytes.bytes))},
            {"outcome", attestation == nullptr ? Json(nullptr) : Json(jsonrpc::vote_name(attestation->result.vote))},
            {"validation", step(ledger::VotingStep::validation, &Attestation::validation)},
            {"ratification", step(ledger::VotingStep::ratification, &Attestation::ratification)}};
}

chain::StoreResult<std::optional<ledger::BlockHeader>> header_at(chain::BlockStore& blocks, Height height) {
    const auto at = blocks.at(height);
    if (!at) return fail(at.error());
    if (!*at) return std::nullopt;
    return blocks.header((*at)->hash);
}

consensus::Provisioners provisioners_of(std::span<const chain::KeptStake> stakes, Height round) {
    consensus::Provisioners out;
    for (const chain::KeptStake& one : stakes) {
        if (one.eligible_since > round || one.value < consensus::kMinimumStake) continue;  // it does not count
        const auto key = crypto::BlsPublicKey::from_bytes(one.key.bytes);
        if (key) out.set({*key, one.value, one.eligible_since});
    }
    return out;
}

}  // namespace

chain::StoreResult<std::optional<CommitteeSource>> committee_source(chain::BlockStore& blocks, Height height) {
    if (height == Height{0}) return std::nullopt;
    auto header = header_at(blocks, height);
    if (!header) return fail(header.error());
    const auto before = header_at(blocks, {height.value - 1});
    if (!before) return fail(before.error());
    if (!*header || !*before) return std::nullopt;
    const auto after = header_at(blocks, {height.value + 1});
    if (!after) return fail(after.error());
    CommitteeSource out{.header = **std::move(header), .seed = (*before)->seed};
    const Attestation& attestation = *after ? (*after)->prev_block_certificate : out.header.attestation;
    if (!attestation.is_default()) out.attestation = attestation;
    return std::optional(std::move(out));
}

Json committees_json(const CommitteeSource& source, std::span<const chain::KeptStake> stakes) {
    const ledger::BlockHeader& header = source.header;
    consensus::RoundCommittees committees(provisioners_of(stakes, header.height), source.seed, header.height);
    const auto& failed = header.failed_iterations.iterations;
    Json iterations = Json::array();
    // An emergency block belongs to no iteration.
    const bool has_own = header.iteration < consensus::kMostIterations;
    const std::size_t before = has_own ? header.iteration : failed.size();
    for (std::size_t i = 0; i < before; ++i) {
        const bool is_told = i < failed.size() && failed[i].has_value();
        iterations.push_back(
            iteration_json(committees, static_cast<std::uint8_t>(i), is_told ? &failed[i]->attestation : nullptr));
    }
    if (has_own) {
        iterations.push_back(
            iteration_json(committees, header.iteration, source.attestation ? &*source.attestation : nullptr));
    }
    return {{"height", header.height.value},
            {"hash", hex(header.hash)},
            {"iteration", has_own ? Json(header.iteration) : Json(nullptr)},
            {"iterations", std::move(iterations)}};
}

}  // namespace dusk::rpc
