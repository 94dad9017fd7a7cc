#include "base/executor.hpp"
#include "crypto/msm.hpp"
#include "plonk/development_powers.hpp"
#include "plonk/public_parameters.hpp"
#include "plonk/trusted_points.hpp"
#include "walletcore/exports.hpp"
#include "walletcore/prover.hpp"

namespace dusk::walletcore {
namespace {

using crypto::Fq;
using crypto::G1Affine;

// What this instance holds.
struct Instance {
    std::vector<G1Affine> powers;  // of the secret of the public parameters, from the first on
    TransferProver prover;
};
Instance& instance() {
    static Instance one;
    return one;
}

constexpr std::uint32_t kMostPowers = (1U << 17) + plonk::kSpareDegree + 1;

SerialExecutor& serial() {
    static SerialExecutor executor;
    return executor;
}

Status answer(const Result<void, std::string>& result) {
    return result ? Status::ok : fail_with(Status::refused, result.error());
}

Status give_points(std::span<const G1Affine> points, NewBuffer out) {
    Bytes raw;
    raw.reserve(points.size() * G1Affine::kRawSize);
    for (const G1Affine& point : points) append(raw, point.to_raw_bytes());
    write_buffer(raw, out);
    return Status::ok;
}

}  // namespace

DUSK_EXPORT(powers_development)
Status powers_development(std::uint32_t first, std::uint32_t count, NewBuffer raw) {
    start();
    if (first > kMostPowers || count > kMostPowers - first)
        return fail_with(Status::refused, "there are 2^17 + 10 powers");
    return give_points(plonk::development_powers(first, count, serial()), raw);
}

DUSK_EXPORT(powers_decode) Status powers_decode(In compressed, NewBuffer raw) {
    start();
    const ByteView bytes = read_buffer(compressed);
    if (bytes.size() % G1Affine::kCompressedSize != 0) return fail_with(Status::refused, "points have 48 bytes each");
    const auto points = plonk::read_compressed_points(bytes, serial());
    if (!points) return fail_with(Status::refused, to_string(points.error()));
    return give_points(*points, raw);
}

DUSK_EXPORT(powers_set) Status powers_set(In raw) {
    start();
    const ByteView bytes = read_buffer(raw);
    if (bytes.size() % G1Affine::kRawSize != 0) return fail_with(Status::refused, "points have 97 bytes each");
    auto points = plonk::read_trusted_raw_points(bytes, serial());
    if (!points) return fail_with(Status::refused, to_string(points.error()));
    instance().powers = *std::move(points);
    return Status::ok;
}

DUSK_EXPORT(msm) Status msm(std::uint32_t first, std::uint32_t count, In scalars, Out sum) {
    start();
    const std::span<const G1Affine> powers = instance().powers;
    if (first > powers.size() || count > powers.size() - first) {
        return fail_with(Status::refused, "this instance has fewer powers");
    }
    plonk::SecretPolynomial numbers(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto number = Fq::from_archive({scalars + Fq::kSize * i, Fq::kSize});
        if (!number) return fail_with(Status::unarchiving, "a scalar is not below the order of the field");
        numbers[i] = *number;
    }
    put(crypto::msm_vartime(powers.subspan(first, count), numbers, serial()).to_affine().to_raw_bytes(), sum);
    return Status::ok;
}

DUSK_EXPORT(key_begin) Status key_begin(std::uint32_t inputs, In rng) {
    start();
    return answer(instance().prover.begin_key(inputs, take<32>(fixed<32>(rng))));
}

DUSK_EXPORT(key_load) Status key_load(std::uint32_t inputs, In key) {
    start();
    return answer(instance().prover.load_key(inputs, read_buffer(key)));
}

DUSK_EXPORT(key_get) Status key_get(NewBuffer key) {
    start();
    const auto stored = instance().prover.stored_key();
    if (!stored) return fail_with(Status::refused, "there is no key");
    write_buffer(*stored, key);
    return Status::ok;
}

DUSK_EXPORT(proof_begin) Status proof_begin(In request, In rng) {
    start();
    return answer(instance().prover.begin_proof(read_buffer(request), take<32>(fixed<32>(rng))));
}

DUSK_EXPORT(pending_count) std::uint32_t pending_count() {
    start();
    return static_cast<std::uint32_t>(instance().prover.pending_count());
}

DUSK_EXPORT(pending_size) std::uint32_t pending_size(std::uint32_t index) {
    start();
    if (index >= instance().prover.pending_count()) return 0;
    return static_cast<std::uint32_t>(instance().prover.pending(index).size());
}

// Montgomery limbs, 32 bytes each, as `msm` takes them. They change when the job goes on.
DUSK_EXPORT(pending_scalars) const std::uint8_t* pending_scalars(std::uint32_t index) {
    start();
    if (index >= instance().prover.pending_count()) return nullptr;
    return reinterpret_cast<const std::uint8_t*>(instance().prover.pending(index).data());
}

DUSK_EXPORT(pending_commit) Status pending_commit(std::uint32_t index, In sums) {
    start();
    if (index >= instance().prover.pending_count()) return fail_with(Status::refused, "nothing has this number");
    const ByteView bytes = read_buffer(sums);
    const auto parts = plonk::read_raw_points(bytes, serial());
    if (!parts || bytes.size() % G1Affine::kRawSize != 0) return fail_with(Status::refused, "a sum is no point");
    crypto::G1Projective sum;
    for (const G1Affine& part : *parts) sum += part;
    instance().prover.commit(index, sum.to_affine());
    return Status::ok;
}

DUSK_EXPORT(coset_work) Status coset_work(NewBuffer work) {
    start();
    const auto made = instance().prover.coset_work();
    if (!made) return fail_with(Status::refused, "no proof waits for cosets");
    write_buffer(made->reveal(), work);
    return Status::ok;
}

DUSK_EXPORT(coset_quotient) Status coset_quotient(In work, std::uint32_t coset, NewBuffer coefficients) {
    start();
    const auto made = instance().prover.coset_quotient(read_buffer(work), coset);
    if (!made) return fail_with(Status::refused, made.error());
    write_buffer({reinterpret_cast<const std::uint8_t*>(made->data()), made->size() * Fq::kSize}, coefficients);
    return Status::ok;
}

DUSK_EXPORT(coset_give) Status coset_give(std::uint32_t coset, In coefficients) {
    start();
    return answer(instance().prover.give_coset(coset, read_buffer(coefficients)));
}

DUSK_EXPORT(resume) Status resume() {
    start();
    return answer(instance().prover.resume());
}

DUSK_EXPORT(proof_get) Status proof_get(NewBuffer proof) {
    start();
    const auto made = instance().prover.proof();
    if (!made) return fail_with(Status::refused, "there is no proof");
    write_buffer(made->to_bytes(), proof);
    return Status::ok;
}

}  // namespace dusk::walletcore
