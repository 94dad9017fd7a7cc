#include "walletcore/coset_work.hpp"

#include "base/reader.hpp"
#include "plonk/public_parameters.hpp"

namespace dusk::walletcore {
namespace {

using crypto::Fq;
using plonk::Challenges;

constexpr std::array kChallenges{&Challenges::beta,         &Challenges::gamma, &Challenges::alpha,
                                 &Challenges::range,        &Challenges::logic, &Challenges::fixed_base,
                                 &Challenges::variable_base};

std::array<std::span<const Fq>, plonk::kWires + 2> all(const plonk::ProofColumns& columns) {
    const auto& wires = columns.wires;
    return {wires[0], wires[1], wires[2], wires[3], columns.permutation, columns.public_};
}

// Puts scalars one after the other.
class Pen {
  public:
    explicit Pen(std::uint8_t* at) : at_(at) {}
    void scalar(const Fq& value) {
        const auto bytes = value.to_archive();
        std::memcpy(at_, bytes.data(), bytes.size());
        at_ += bytes.size();
    }
    void count(std::size_t count) {
        store_le(at_, static_cast<std::uint32_t>(count));
        at_ += 4;
    }

  private:
    std::uint8_t* at_;
};

constexpr std::size_t kMost = (std::size_t{1} << 17) + plonk::kSpareDegree + 1;

template <class Column>
bool read_into(Reader& in, Column& out) {
    const std::size_t count = in.count_le<std::uint32_t>(kMost, Fq::kSize);
    out.resize(count);
    for (Fq& value : out) {
        const auto read = Fq::from_archive(in.bytes(Fq::kSize));
        if (!read) return false;
        value = *read;
    }
    return in.ok();
}

}  // namespace

SecretBytes write_coset_work(const plonk::ProofColumns& columns, const Challenges& challenges) {
    std::size_t size = kChallenges.size() * Fq::kSize;
    for (const auto column : all(columns)) size += 4 + column.size() * Fq::kSize;
    SecretBytes out(size);
    Pen pen(out.reveal().data());
    for (const auto challenge : kChallenges) pen.scalar(challenges.*challenge);
    for (const auto column : all(columns)) {
        pen.count(column.size());
        for (const Fq& coefficient : column) pen.scalar(coefficient);
    }
    return out;
}

std::optional<CosetWork> read_coset_work(ByteView bytes) {
    Reader in(bytes);
    CosetWork out;
    for (const auto challenge : kChallenges) {
        const auto read = Fq::from_archive(in.bytes(Fq::kSize));
        if (!read) return std::nullopt;
        out.challenges.*challenge = *read;
    }
    for (auto& wire : out.columns.wires) {
        if (!read_into(in, wire) || wire.empty()) return std::nullopt;
    }
    if (!read_into(in, out.columns.permutation) || out.columns.permutation.empty()) return std::nullopt;
    if (!read_into(in, out.columns.public_)) return std::nullopt;
    if (in.remaining() != 0) return std::nullopt;
    return out;
}

std::optional<plonk::SecretPolynomial> read_coefficients(ByteView bytes, std::size_t count) {
    if (bytes.size() != count * Fq::kSize) return std::nullopt;
    plonk::SecretPolynomial out(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto read = Fq::from_archive(bytes.subspan(i * Fq::kSize, Fq::kSize));
        if (!read) return std::nullopt;
        out[i] = *read;
    }
    return out;
}

}  // namespace dusk::walletcore
