#include "plonk/ceremony.hpp"

#include <algorithm>

#include "crypto/blake2b.hpp"
#include "plonk/powers_check.hpp"
#include "plonk/secret_powers.hpp"

namespace dusk::plonk {
namespace {

constexpr std::string_view kMagic = "dusk-crs";
constexpr std::uint32_t kVersion = 1;
constexpr std::string_view kStartTag = "dusk ceremony: start";

CeremonyError error(CeremonyFault fault) { return {.fault = fault}; }

CeremonyError about(const Contribution& contribution, std::size_t index, CeremonyFault fault) {
    return {.fault = fault, .contribution = index, .name = contribution.name};
}

std::size_t powers_of(unsigned log2_degree) { return (std::size_t{1} << log2_degree) + kSpareDegree + 1; }

bool is_count(std::uint64_t count) {
    for (unsigned log2 = Ceremony::kSmallestLog2; log2 <= Ceremony::kLargestLog2; ++log2) {
        if (count == powers_of(log2)) return true;
    }
    return false;
}

CeremonyDigest start_digest(std::size_t count) {
    Writer out(64);
    out.bytes(as_bytes(kStartTag)).le(kVersion).le<std::uint64_t>(count);
    return crypto::blake2b_512(out.view());
}

Result<std::vector<Contribution>, CeremonyError> read_contributions(Reader& in, std::size_t count) {
    std::vector<Contribution> out;
    out.reserve(count);
    while (out.size() < count) {
        auto contribution = Contribution::read(in);
        if (!contribution) return fail(CeremonyError{.fault = contribution.error().fault, .contribution = out.size()});
        out.push_back(std::move(*contribution));
    }
    return out;
}

}  // namespace

Result<Ceremony, CeremonyError> Ceremony::start(unsigned log2_degree) {
    if (log2_degree < kSmallestLog2 || log2_degree > kLargestLog2) return fail(error(CeremonyFault::bad_count));
    return Ceremony({}, std::vector<G1Affine>(powers_of(log2_degree), G1Affine::generator()));
}

bool Ceremony::is_ceremony(ByteView bytes) {
    return bytes.size() >= kMagic.size() && equal(bytes.first(kMagic.size()), as_bytes(kMagic));
}

Result<Ceremony, CeremonyError> Ceremony::from_bytes(ByteView bytes, Executor& executor) {
    if (!is_ceremony(bytes)) return fail(error(CeremonyFault::not_a_ceremony));
    Reader in(bytes.subspan(kMagic.size()));
    const auto version = in.le<std::uint32_t>();
    const auto count = in.le<std::uint64_t>();
    const auto contributions = in.le<std::uint32_t>();
    if (!in.ok()) return fail(error(CeremonyFault::short_input));
    if (version != kVersion) return fail(error(CeremonyFault::unknown_version));
    if (!is_count(count)) return fail(error(CeremonyFault::bad_count));
    if (contributions > kMostContributions) return fail(error(CeremonyFault::too_many));
    if (contributions * Contribution::kSmallestSize > in.remaining()) return fail(error(CeremonyFault::short_input));
    auto made = read_contributions(in, contributions);
    if (!made) return fail(made.error());
    const std::uint64_t size = count * G1Affine::kCompressedSize;
    if (in.remaining() < size) return fail(error(CeremonyFault::short_input));
    if (in.remaining() > size) return fail(error(CeremonyFault::trailing_bytes));
    auto powers = read_compressed_points(in.rest(), executor);
    if (!powers) return fail(error(CeremonyFault::bad_point));
    if (std::ranges::any_of(*powers, &G1Affine::is_identity)) return fail(error(CeremonyFault::identity));
    return Ceremony(std::move(*made), std::move(*powers));
}

Bytes Ceremony::to_bytes() const {
    constexpr std::size_t kMostPerContribution = Contribution::kSmallestSize + kLongestName;
    Writer out(64 + contributions_.size() * kMostPerContribution + powers_.size() * G1Affine::kCompressedSize);
    out.bytes(as_bytes(kMagic)).le(kVersion).le<std::uint64_t>(powers_.size());
    out.count_le<std::uint32_t>(contributions_.size());
    for (const Contribution& contribution : contributions_) contribution.write(out);
    for (const G1Affine& point : powers_) out.bytes(point.to_compressed());
    return std::move(out).finish();
}

CeremonyState Ceremony::state_before(std::size_t contribution) const {
    if (contribution == 0) {
        return {.digest = start_digest(powers_.size()),
                .product = G1Affine::generator(),
                .product_h = G2Affine::generator()};
    }
    const Contribution& last = contributions_[contribution - 1];
    return {.digest = last.digest(), .product = last.product, .product_h = last.product_h};
}

Result<void, CeremonyError> Ceremony::verify_so_far(RandomSource& random, Executor& executor) const {
    for (std::size_t i = 0; i < contributions_.size(); ++i) {
        if (const auto good = check_contribution(state_before(i), contributions_[i]); !good) {
            return fail(about(contributions_[i], i, good.error().fault));
        }
    }
    if (!(powers_[0] == G1Affine::generator())) return fail(error(CeremonyFault::wrong_generator));
    const CeremonyState now = state();
    if (!(powers_[1] == now.product)) return fail(error(CeremonyFault::wrong_product));
    if (!contributions_.empty() && secret_is_root_of_unity(powers_)) {
        return fail(error(CeremonyFault::root_of_unity_secret));
    }
    if (!are_powers_of_secret(powers_, G2Affine::generator(), now.product_h, random, executor)) {
        return fail(error(CeremonyFault::not_powers));
    }
    return {};
}

Result<void, CeremonyError> Ceremony::verify(RandomSource& random, Executor& executor) const {
    if (contributions_.empty()) return fail(error(CeremonyFault::no_contributions));
    return verify_so_far(random, executor);
}

Result<void, CeremonyError> Ceremony::contribute(std::string name, RandomSource& random, Executor& executor,
                                                 CeremonySecret secrecy, const Progress& progress) {
    if (!is_contributor_name(name)) return fail(error(CeremonyFault::bad_name));
    if (contributions_.size() >= kMostContributions) return fail(error(CeremonyFault::too_many));
    const auto secret = draw_ceremony_secret(random);
    if (!secret) return fail(secret.error());
    auto contribution = make_contribution(state(), std::move(name), *secret, random);
    if (!contribution) return fail(contribution.error());
    if (contributions_.empty() && secrecy == CeremonySecret::known_to_all) {
        powers_ = generator_by_powers_vartime(powers_.size(), *secret, executor);
    } else {
        multiply_by_powers(powers_, *secret, executor, progress);
    }
    contributions_.push_back(std::move(*contribution));
    return {};
}

OpeningKey Ceremony::opening_key() const {
    return {.g = G1Affine::generator(), .h = G2Affine::generator(), .x_h = state().product_h};
}

Result<PublicParameters, ProofError> Ceremony::parameters() const {
    return PublicParameters::from_points(opening_key(), powers_);
}

}  // namespace dusk::plonk
