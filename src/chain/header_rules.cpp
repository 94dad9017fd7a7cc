#include "chain/header_rules.hpp"

#include <algorithm>

#include "ledger/limits.hpp"

namespace dusk::chain {
namespace {

using consensus::AttestationFailure;
using consensus::RoundCommittees;
using ledger::Attestation;
using ledger::BlockHeader;
using ledger::RatificationResult;
using ledger::Vote;

class HeaderCheck {
  public:
    HeaderCheck(const BlockHeader& header, const HeaderPlace& place, consensus::Signatures& signatures)
        : header_(header), place_(place), signatures_(signatures) {}

    [[nodiscard]] Result<HeaderFindings, HeaderFailure> run(HeaderUse use) const {
        const auto generator = expected_generator();
        if (!generator || !is_signed(*generator)) return fail(HeaderFailure{HeaderError::invalid_block_signature});
        if (const auto error = field_error()) return fail(HeaderFailure{*error});
        if (!signs(*generator, {header_.seed.bytes}, place_.previous.seed.bytes)) {
            return fail(HeaderFailure{HeaderError::invalid_seed});
        }
        HeaderFindings out;
        if (has_certificate(place_.previous)) {
            auto voters = verify(header_.prev_block_certificate, consensus_header(place_.previous),
                                 *place_.previous_committees, success(place_.previous));
            if (!voters) return fail(HeaderFailure{HeaderError::invalid_certificate, voters.error()});
            out.certificate_voters = std::move(*voters);
        }
        if (use == HeaderUse::block && !is_emergency(header_)) {
            auto voters = verify(header_.attestation, consensus_header(header_), place_.committees, success(header_));
            if (!voters) return fail(HeaderFailure{HeaderError::invalid_attestation, voters.error()});
            out.attestation_voters = std::move(*voters);
        }
        const auto failed = count_failed();
        if (!failed) return fail(failed.error());
        out.unshown_iterations =
            static_cast<std::uint8_t>(std::min(header_.iteration, consensus::kMostIterations) - *failed);
        return out;
    }

  private:
    static RatificationResult success(const BlockHeader& header) { return {true, Vote::valid(header.hash)}; }

    // Rules 1 and 2: the key, where the header's generator is the one it has to be.
    [[nodiscard]] std::optional<crypto::BlsPublicKey> expected_generator() const {
        if (is_emergency(header_)) {
            if (header_.generator.bytes != place_.emergency_key.to_bytes()) return {};
            return place_.emergency_key;
        }
        const auto* const member = place_.committees.generator(header_.iteration);
        if (member == nullptr || header_.generator != member->bytes) return {};
        if (member->key.unreduced() == nullptr) return member->key;
        // The stake has other limbs; the header's bytes have none.
        const auto key = crypto::BlsPublicKey::from_bytes(header_.generator.bytes);
        return key ? std::optional(*key) : std::nullopt;
    }

    [[nodiscard]] bool signs(const crypto::BlsPublicKey& key, const ledger::SignatureBytes& signature,
                             ByteView message) const {
        return signatures_.verify(std::span(&key, 1), signature, message).has_value();
    }
    [[nodiscard]] bool is_signed(const crypto::BlsPublicKey& generator) const {
        return signs(generator, header_.signature, header_.hash.bytes);
    }

    // Rules 3 to 10.
    [[nodiscard]] std::optional<HeaderError> field_error() const {
        const BlockHeader& previous = place_.previous;
        if (header_.version != BlockHeader::kVersion) return HeaderError::unsupported_version;
        if (header_.hash.is_zero()) return HeaderError::empty_hash;
        if (header_.height != ledger::Height{previous.height.value + 1}) return HeaderError::other_height;
        if (!is_after(place_.minimum_block_time)) return HeaderError::too_early;
        if (is_emergency(header_) && !is_after(consensus::kMinimumEmergencyBlockTime)) return HeaderError::too_early;
        if (header_.timestamp > latest_timestamp()) return HeaderError::too_far_ahead;
        if (header_.prev_block_hash != previous.hash) return HeaderError::other_parent;
        if (place_.is_known) return HeaderError::known_block;
        return {};
    }
    [[nodiscard]] bool is_after(std::chrono::seconds time) const {
        const std::uint64_t before = place_.previous.timestamp;
        return header_.timestamp >= before && header_.timestamp - before >= static_cast<std::uint64_t>(time.count());
    }
    [[nodiscard]] std::uint64_t latest_timestamp() const {
        return unix_seconds(place_.now) + static_cast<std::uint64_t>(consensus::kTimestampMargin.count());
    }

    [[nodiscard]] Result<std::vector<ledger::Voter>, AttestationFailure> verify(
        const Attestation& attestation, const ledger::ConsensusHeader& header, RoundCommittees& committees,
        const RatificationResult& expected) const {
        return consensus::verify_attestation(attestation, header, committees, expected, signatures_);
    }

    // Rule 14. Nothing bounds the entries by the header's own iteration.
    [[nodiscard]] Result<int, HeaderFailure> count_failed() const {
        const auto& iterations = header_.failed_iterations.iterations;
        if (iterations.size() > ledger::kMostFailedIterations) {
            return fail(HeaderFailure{HeaderError::too_many_failed_iterations});
        }
        int out = 0;
        ledger::ConsensusHeader failed = consensus_header(header_);
        for (std::size_t i = 0; i < iterations.size(); ++i) {
            if (!iterations[i]) continue;
            failed.iteration = static_cast<std::uint8_t>(i);
            const auto* const generator = place_.committees.generator(failed.iteration);
            if (generator == nullptr || iterations[i]->generator != generator->bytes) {
                return fail(HeaderFailure{HeaderError::other_failed_generator});
            }
            const auto voters = verify(iterations[i]->attestation, failed, place_.committees, RatificationResult{});
            if (!voters) return fail(HeaderFailure{HeaderError::invalid_failed_attestation, voters.error()});
            ++out;
        }
        return out;
    }

    const BlockHeader& header_;
    const HeaderPlace& place_;
    consensus::Signatures& signatures_;
};

}  // namespace

std::string_view to_string(HeaderError error) {
    switch (error) {
        case HeaderError::invalid_block_signature:
            return "the block is not signed by the generator of its iteration";
        case HeaderError::unsupported_version:
            return "the version is not known";
        case HeaderError::empty_hash:
            return "the hash is zero";
        case HeaderError::other_height:
            return "the height does not follow that of the block before";
        case HeaderError::too_early:
            return "the block comes too early after the one before";
        case HeaderError::too_far_ahead:
            return "the block is ahead of the clock";
        case HeaderError::other_parent:
            return "the block builds on another block";
        case HeaderError::known_block:
            return "the block is in the ledger already";
        case HeaderError::invalid_seed:
            return "the seed is not signed by the generator";
        case HeaderError::invalid_certificate:
            return "the certificate of the block before does not hold";
        case HeaderError::invalid_attestation:
            return "the attestation does not hold";
        case HeaderError::too_many_failed_iterations:
            return "the block names too many failed iterations";
        case HeaderError::other_failed_generator:
            return "a failed iteration names another generator";
        case HeaderError::invalid_failed_attestation:
            return "the attestation of a failed iteration does not hold";
    }
    return "unknown error";
}

bool must_vote(HeaderError error) {
    switch (error) {
        case HeaderError::invalid_block_signature:
        case HeaderError::other_height:
        case HeaderError::too_far_ahead:
        case HeaderError::other_parent:
        case HeaderError::known_block:
            return false;
        default:
            return true;
    }
}

std::string describe(const HeaderFailure& failure) {
    std::string out(to_string(failure.error));
    if (failure.attestation) out.append(": ").append(describe(*failure.attestation));
    return out;
}

bool has_certificate(const BlockHeader& previous) {
    return previous.height != ledger::Height{0} && !is_emergency(previous);
}

bool is_emergency(const BlockHeader& header) { return header.iteration == consensus::kEmergencyBlockIteration; }

Result<HeaderFindings, HeaderFailure> check_header(const BlockHeader& header, HeaderUse use, const HeaderPlace& place,
                                                   consensus::Signatures& signatures) {
    return HeaderCheck(header, place, signatures).run(use);
}

}  // namespace dusk::chain
