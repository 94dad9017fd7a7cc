#include "plonk/public_parameters.hpp"

#include <algorithm>
#include <atomic>
#include <optional>

#include "base/secret.hpp"
#include "base/writer.hpp"
#include "crypto/g1_decode.hpp"
#include "crypto/raw_point.hpp"
#include "plonk/fixed_base.hpp"
#include "plonk/trusted_points.hpp"
#include "plonk/verifier_data.hpp"

namespace dusk::plonk {
namespace {

constexpr std::size_t kChunk = 256;

// Decodes all points, `size` bytes each, in pieces: `decode` gives false for a piece with a bad one. None if there is
// one.
template <class Decode>
std::optional<std::vector<G1Affine>> read_pieces(ByteView bytes, std::size_t size, Executor& executor,
                                                 const Decode& decode) {
    std::vector<G1Affine> out(bytes.size() / size);
    std::atomic<bool> good = true;
    executor.parallel_for((out.size() + kChunk - 1) / kChunk, [&](std::size_t chunk) {
        const std::size_t count = std::min(kChunk, out.size() - chunk * kChunk);
        if (good &&
            !decode(bytes.subspan(chunk * kChunk * size, count * size), std::span(out).subspan(chunk * kChunk))) {
            good = false;
        }
    });
    if (!good) return std::nullopt;
    return out;
}

template <class Decode>
std::optional<std::vector<G1Affine>> read_points(ByteView bytes, std::size_t size, Executor& executor,
                                                 const Decode& decode) {
    return read_pieces(bytes, size, executor, [&](ByteView piece, std::span<G1Affine> out) {
        for (std::size_t i = 0; i < piece.size() / size; ++i) {
            const std::optional<G1Affine> point = decode(piece.subspan(i * size, size));
            if (!point) return false;
            out[i] = *point;
        }
        return true;
    });
}

bool read_compressed(ByteView piece, std::span<G1Affine> out) {
    const auto points = crypto::decode_g1(piece);
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!points[i]) return false;
        out[i] = *points[i];
    }
    return true;
}

std::optional<G1Affine> read_raw_on_curve(ByteView bytes) {
    const auto point = crypto::RawG1::from_slice_unchecked(bytes).to_affine_unchecked();
    return point && point->is_on_curve() ? point : std::nullopt;
}

std::optional<G1Affine> read_raw(ByteView bytes) {
    const auto point = read_raw_on_curve(bytes);
    // One encoding per point: that of the identity has its own coordinates.
    return point && point->is_in_subgroup() && equal(point->to_raw_bytes(), bytes) ? point : std::nullopt;
}

struct RawFile {
    OpeningKey opening_key;
    ByteView points;
};

Result<RawFile, ProofError> read_raw_header(ByteView bytes) {
    const auto opening_key = OpeningKey::from_slice_strict(bytes);
    if (!opening_key) return fail(opening_key.error());
    bytes = bytes.subspan(OpeningKey::kSize);
    if (bytes.size() < 8) return fail(ProofError::short_input);
    const auto count = load_le<std::uint64_t>(bytes.data());
    bytes = bytes.subspan(8);
    if (count > bytes.size() / G1Affine::kRawSize) return fail(ProofError::short_input);
    if (count * G1Affine::kRawSize < bytes.size()) return fail(ProofError::trailing_bytes);
    return RawFile{.opening_key = *opening_key, .points = bytes};
}

// Not zero.
Fq draw(RandomSource& random) {
    Fq out;
    while (out.is_zero()) out = Fq::random(random);
    return out;
}

}  // namespace

bool secret_is_root_of_unity(std::span<const G1Affine> powers) {
    for (std::size_t k = 1; k < powers.size(); k *= 2) {
        if (powers[k] == powers[0]) return true;
    }
    return false;
}

Result<std::vector<G1Affine>, ProofError> read_raw_points(ByteView bytes, Executor& executor) {
    auto points = read_points(bytes, G1Affine::kRawSize, executor, read_raw);
    if (!points) return fail(ProofError::bad_point);
    return std::move(*points);
}

Result<std::vector<G1Affine>, ProofError> read_trusted_raw_points(ByteView bytes, Executor& executor) {
    auto points = read_points(bytes, G1Affine::kRawSize, executor, read_raw_on_curve);
    if (!points) return fail(ProofError::bad_point);
    return std::move(*points);
}

Result<std::vector<G1Affine>, ProofError> read_compressed_points(ByteView bytes, Executor& executor) {
    auto points = read_pieces(bytes, G1Affine::kCompressedSize, executor, read_compressed);
    if (!points) return fail(ProofError::bad_point);
    return std::move(*points);
}

PublicParameters PublicParameters::setup(std::size_t degree, RandomSource& random, Executor& executor) {
    Secret<Fq> x(draw(random));
    const Fq g = draw(random);
    const Fq h = draw(random);
    std::vector<Fq, WipingAllocator<Fq>> factors(std::max<std::size_t>(degree, 1) + kSpareDegree + 1);
    Secret<Fq> power(g);
    for (Fq& factor : factors) {
        factor = power.reveal();
        power.reveal() *= x.reveal();
    }
    std::vector<G1Affine> powers = multiples_vartime(G1Affine::generator(), factors, executor);
    const crypto::G2Projective point_h = crypto::G2Projective::generator() * h;
    const G1Affine first = powers.front();
    return {OpeningKey{.g = first, .h = point_h.to_affine(), .x_h = (point_h * x.reveal()).to_affine()},
            std::move(powers)};
}

Result<PublicParameters, ProofError> PublicParameters::from_points(const OpeningKey& opening_key,
                                                                   std::vector<G1Affine> powers) {
    if (opening_key.g.is_identity() || opening_key.h.is_identity() || opening_key.x_h.is_identity()) {
        return fail(ProofError::bad_opening_key);
    }
    if (powers.empty()) return fail(ProofError::empty);
    if (secret_is_root_of_unity(powers)) return fail(ProofError::root_of_unity_secret);
    return PublicParameters(opening_key, std::move(powers));
}

Result<PublicParameters, ProofError> PublicParameters::from_bytes(ByteView bytes, Executor& executor) {
    const auto opening_key = OpeningKey::from_slice_strict(bytes);
    if (!opening_key) return fail(opening_key.error());
    bytes = bytes.subspan(OpeningKey::kSize);
    if (bytes.size() % G1Affine::kCompressedSize != 0) return fail(ProofError::bad_header);
    auto powers = read_compressed_points(bytes, executor);
    if (!powers) return fail(powers.error());
    return from_points(*opening_key, std::move(*powers));
}

Result<PublicParameters, ProofError> PublicParameters::from_raw_bytes(ByteView bytes, Executor& executor) {
    const auto file = read_raw_header(bytes);
    if (!file) return fail(file.error());
    auto powers = read_raw_points(file->points, executor);
    if (!powers) return fail(powers.error());
    return from_points(file->opening_key, std::move(*powers));
}

Result<PublicParameters, ProofError> PublicParameters::from_trusted_raw_bytes(ByteView bytes, Executor& executor) {
    const auto file = read_raw_header(bytes);
    if (!file) return fail(file.error());
    auto powers = read_trusted_raw_points(file->points, executor);
    if (!powers) return fail(powers.error());
    return from_points(file->opening_key, std::move(*powers));
}

Bytes PublicParameters::to_bytes() const {
    Writer out(OpeningKey::kSize + powers_.size() * G1Affine::kCompressedSize);
    out.bytes(opening_key_.to_bytes());
    for (const G1Affine& point : powers_) out.bytes(point.to_compressed());
    return std::move(out).finish();
}

Bytes PublicParameters::to_raw_bytes() const {
    Writer out(OpeningKey::kSize + 8 + powers_.size() * G1Affine::kRawSize);
    out.bytes(opening_key_.to_bytes()).le<std::uint64_t>(powers_.size());
    for (const G1Affine& point : powers_) out.bytes(point.to_raw_bytes());
    return std::move(out).finish();
}

Result<std::span<const G1Affine>, ProofError> PublicParameters::trim(std::uint64_t rows) const {
    if (rows == 0) return fail(ProofError::empty);
    const auto log2_size = log2_domain(rows);
    if (!log2_size) return fail(log2_size.error());
    const std::uint64_t count = (std::uint64_t{1} << *log2_size) + kSpareDegree + 1;
    if (count > powers_.size()) return fail(ProofError::parameters_too_small);
    return powers().first(static_cast<std::size_t>(count));
}

Result<PublicParameters, ProofError> PublicParameters::prefix(std::size_t count) const {
    if (count == 0) return fail(ProofError::empty);
    if (count > powers_.size()) return fail(ProofError::parameters_too_small);
    return PublicParameters(opening_key_, {powers_.begin(), powers_.begin() + static_cast<std::ptrdiff_t>(count)});
}

}  // namespace dusk::plonk
