// headers.json: bytes and hashes of headers, and whether one may follow another.
#include "chain/header_rules.hpp"
#include "consensus/bls_signatures.hpp"
#include "fields.hpp"
#include "stakes.hpp"

namespace dusk::vectors {
namespace {

using chain::HeaderError;
using chain::HeaderFailure;
using consensus::AttestationFailure;
using consensus::RoundCommittees;
using ledger::BlockHeader;

std::string_view reference_error(HeaderError error) {
    switch (error) {
        case HeaderError::invalid_block_signature:
            return "InvalidBlockSignature";
        case HeaderError::unsupported_version:
            return "UnsupportedVersion";
        case HeaderError::empty_hash:
            return "EmptyHash";
        case HeaderError::other_height:
            return "MismatchHeight";
        case HeaderError::too_early:
            return "BlockTimeLess";
        case HeaderError::too_far_ahead:
            return "BlockTimeHigher";
        case HeaderError::other_parent:
            return "PrevBlockHash";
        case HeaderError::known_block:
            return "BlockExists";
        case HeaderError::invalid_seed:
            return "InvalidSeed";
        case HeaderError::invalid_certificate:
        case HeaderError::invalid_attestation:
            return "InvalidAttestation";
        case HeaderError::too_many_failed_iterations:
        case HeaderError::other_failed_generator:
        case HeaderError::invalid_failed_attestation:
            return "InvalidFailedIterations";
    }
    return "";
}

std::string_view reference_detail(const AttestationFailure& failure) {
    switch (failure.kind) {
        case AttestationFailure::Kind::invalid_hash:
            return "Expected block hash";
        case AttestationFailure::Kind::invalid_result:
            return "Result";
        case AttestationFailure::Kind::invalid_votes:
            return failure.step == ledger::VotingStep::validation ? "Invalid votes for Validation"
                                                                  : "Invalid votes for Ratification";
    }
    return "";
}
std::string_view reference_detail(const HeaderFailure& failure) {
    switch (failure.error) {
        case HeaderError::too_many_failed_iterations:
            return "TooMany";
        case HeaderError::other_failed_generator:
            return "InvalidGenerator";
        case HeaderError::invalid_failed_attestation:
            return "InvalidAttestation";
        default:
            return failure.attestation ? reference_detail(*failure.attestation) : "";
    }
}

void expect_failure(const HeaderFailure& failure, const Node& result, Report& report) {
    report.expect(reference_error(failure.error) == result["error"].text(), result["error"],
                  "is another reason: " + describe(failure));
    const std::string detail = result["detail"].is_null() ? "" : result["detail"].text();
    report.expect(reference_detail(failure) == detail, result["detail"], "is another reason: " + describe(failure));
    report.expect(must_vote(failure.error) == result["must_vote"].boolean(), result, "is voted on or not");
}

class World {
  public:
    World(const Node& c, Report& report)
        : stakes_(read_stakes(c["provisioners"])),
          previous_(read_back<BlockHeader>(c["previous_header"], report)),
          emergency_key_(crypto::BlsPublicKey::from_bytes(c["emergency_key"].hex()).value()),
          committees_(stakes_.provisioners, previous_.seed, {previous_.height.value + 1}),
          previous_committees_(stakes_.provisioners, {c["seed_of_previous_parent"].array<48>()}, previous_.height) {
        report.expect(previous_.hash == previous_.content_hash(), c["previous_header"], "has another hash");
    }

    void header(const Node& c, Report& report) {
        c["name"].describe();
        const Node result = c["result"];
        const auto header = ledger::decode<BlockHeader>(c["header"].hex());
        const chain::HeaderPlace place{.previous = previous_,
                                       .committees = committees_,
                                       .previous_committees = &previous_committees_,
                                       .now = WallTime(std::chrono::seconds(c["now"].u64())),
                                       .is_known = c["in_ledger"].boolean(),
                                       .emergency_key = emergency_key_};
        // More failed iterations than a header names do not decode.
        if (!header) {
            const bool is_count = header.error().fault == ledger::WireFault::too_many_iterations;
            report.expect(is_count && !result["ok"].boolean(), c["header"], "should decode");
            return expect_failure({HeaderError::too_many_failed_iterations}, result, report);
        }
        report.expect_bytes(encode(*header), c["header"]);
        const auto found = check_header(*header, chain::HeaderUse::block, place, signatures_);
        report.expect(found.has_value() == result["ok"].boolean(), c,
                      found ? "should not be valid" : "should be valid: " + describe(found.error()));
        if (!found) return expect_failure(found.error(), result, report);
        expect_number(found->unshown_iterations, result["pni"], report);
        expect_voters(found->certificate_voters, result["cert_voters"], report);
        expect_voters(found->attestation_voters, result["att_voters"], report);
        expect_candidate(*header, place, *found, c, report);
    }

  private:
    // The same, before anybody attested it.
    void expect_candidate(BlockHeader header, const chain::HeaderPlace& place, const chain::HeaderFindings& expected,
                          const Node& c, Report& report) {
        header.attestation = {};
        const auto found = check_header(header, chain::HeaderUse::candidate, place, signatures_);
        report.expect(found && found->unshown_iterations == expected.unshown_iterations &&
                          found->certificate_voters == expected.certificate_voters && found->attestation_voters.empty(),
                      c, "is another candidate");
    }

    Stakes stakes_;
    BlockHeader previous_;
    ledger::AccountKey emergency_key_;
    RoundCommittees committees_;
    RoundCommittees previous_committees_;
    consensus::BlsSignatures signatures_;
};

void run(const Node& root, Report& report) {
    root["seed"].describe();
    for (const Node& chain : root["headers"].items()) {
        std::optional<World> world;
        report.run(chain, [&] { world.emplace(chain, report); });
        for (const Node& c : chain["cases"].items()) {
            report.run(c, [&] { world.value().header(c, report); });
        }
    }
}

const Registered registered{{"consensus", "headers", {"headers", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
