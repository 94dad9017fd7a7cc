#include "plonk/prover_file.hpp"

#include <algorithm>
#include <atomic>
#include <functional>

#include "base/reader.hpp"
#include "base/writer.hpp"
#include "crypto/fft.hpp"

namespace dusk::plonk {
namespace {

constexpr std::uint64_t kMagic = 0x50525632FFFFFFFF;
constexpr unsigned kLog2Blowup = 3;  // values on 8n points
constexpr std::size_t kChunk = 1024;
constexpr std::size_t kDomainHeaderSize = 8 + 4 + 5 * Fq::kSize;

// The values of polynomials in the file, in the order of their points 7 w^i.
class ValueBlocks {
  public:
    explicit ValueBlocks(unsigned log2_rows)
        : domain_(log2_rows + kLog2Blowup),
          n_(std::size_t{1} << log2_rows),
          shift_(Fq::from_u64(crypto::kGeneratorOfFq)) {}

    [[nodiscard]] std::size_t block_size() const { return kDomainHeaderSize + domain_.size() * Fq::kSize; }

    [[nodiscard]] Bytes header() const {
        Writer out(kDomainHeaderSize);
        const Fq size = Fq::from_u64(domain_.size());
        out.le<std::uint64_t>(domain_.size()).le<std::uint32_t>(domain_.log2_size());
        for (const Fq& number : {size, size.invert().value(), domain_.generator(), domain_.generator().invert().value(),
                                 shift_.invert().value()}) {
            out.bytes(number.to_bytes());
        }
        return std::move(out).finish();
    }

    [[nodiscard]] Polynomial of_polynomial(std::span<const Fq> polynomial, Executor& executor) const {
        Polynomial values(domain_.size());
        if (polynomial.empty()) return values;
        std::ranges::copy(polynomial, values.begin());
        domain_.forward_coset(values, shift_, executor);
        return values;
    }
    [[nodiscard]] Polynomial of_x() const {
        Polynomial values(domain_.size());
        Fq x = shift_;
        for (Fq& value : values) {
            value = x;
            x *= domain_.generator();
        }
        return values;
    }
    // X^n - 1 has eight values in turn.
    [[nodiscard]] Polynomial of_vanishing() const {
        const std::uint64_t n = n_;
        Polynomial values(domain_.size());
        const Fq step = domain_.generator().pow_vartime({&n, 1});
        Fq power = shift_.pow_vartime({&n, 1});
        for (Fq& value : values) {
            value = power - Fq::one();
            power *= step;
        }
        return values;
    }

  private:
    crypto::FftDomain domain_;
    std::size_t n_;
    Fq shift_;
};

Bytes encode(std::span<const Fq> values) {
    Writer out(values.size() * Fq::kSize);
    for (const Fq& value : values) out.bytes(value.to_bytes());
    return std::move(out).finish();
}

void write_values(std::span<const Fq> values, const std::function<void(ByteView)>& sink) {
    for (std::size_t i = 0; i < values.size(); i += kChunk) {
        sink(encode(values.subspan(i, std::min(kChunk, values.size() - i))));
    }
}

// Whether the bytes are the encodings of the values.
bool equal_values(ByteView bytes, std::span<const Fq> values, Executor& executor) {
    std::atomic<bool> good = bytes.size() == values.size() * Fq::kSize;
    executor.parallel_for((values.size() + kChunk - 1) / kChunk, [&](std::size_t chunk) {
        const std::size_t begin = chunk * kChunk;
        const std::size_t size = std::min(kChunk, values.size() - begin);
        if (good && !equal(bytes.subspan(begin * Fq::kSize, size * Fq::kSize), encode(values.subspan(begin, size)))) {
            good = false;
        }
    });
    return good;
}

std::optional<Polynomial> read_scalars(ByteView bytes) {
    Polynomial out(bytes.size() / Fq::kSize);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto value = Fq::from_bytes(bytes.subspan(i * Fq::kSize, Fq::kSize));
        if (!value) return std::nullopt;
        out[i] = *value;
    }
    return out;
}

struct Header {
    std::uint64_t label, prover_key, commit_key, verifier_key, size, rows;
};

Result<void, ProofError> read_prover_key(ByteView bytes, ProverKey& key, Executor& executor) {
    Reader in(bytes);
    const auto size = in.le<std::uint64_t>();
    const auto block_size = in.le<std::uint64_t>();
    if (!in.ok()) return fail(ProofError::short_input);
    if (size != key.size()) return fail(ProofError::bad_size);
    // Before any table of the domain is made: every polynomial has a block of values.
    if (bytes.size() / (kKeyColumns + 2) < (size << kLog2Blowup) * Fq::kSize) return fail(ProofError::short_input);
    const ValueBlocks blocks(key.log2_size);
    if (block_size != blocks.block_size()) return fail(ProofError::bad_header);
    const Bytes domain = blocks.header();
    const auto block_is = [&](ByteView block, std::span<const Fq> values) {
        return equal(block.first(domain.size()), domain) &&
               equal_values(block.subspan(domain.size()), values, executor);
    };
    for (Polynomial& polynomial : key.polynomials) {
        const auto count = in.le<std::uint64_t>();
        if (count > key.size()) return fail(ProofError::bad_polynomial);
        const ByteView coefficients = in.bytes(count * Fq::kSize);
        const ByteView block = in.bytes(block_size);
        if (!in.ok()) return fail(ProofError::short_input);
        auto read = read_scalars(coefficients);
        if (!read) return fail(ProofError::bad_scalar);
        if (!read->empty() && read->back().is_zero()) return fail(ProofError::bad_polynomial);
        polynomial = std::move(*read);
        if (!block_is(block, blocks.of_polynomial(polynomial, executor))) return fail(ProofError::bad_evaluations);
    }
    const ByteView x = in.bytes(block_size);
    const ByteView vanishing = in.bytes(block_size);
    if (!in.ok()) return fail(ProofError::short_input);
    if (in.remaining() != 0) return fail(ProofError::trailing_bytes);
    if (!block_is(x, blocks.of_x()) || !block_is(vanishing, blocks.of_vanishing())) {
        return fail(ProofError::bad_evaluations);
    }
    return {};
}

Result<void, ProofError> read_commit_key(ByteView bytes, ProverKey& key, Executor& executor) {
    if (bytes.size() < 8) return fail(ProofError::short_input);
    const auto count = load_le<std::uint64_t>(bytes.data());
    bytes = bytes.subspan(8);
    if (count != bytes.size() / G1Affine::kRawSize || bytes.size() % G1Affine::kRawSize != 0) {
        return fail(ProofError::bad_header);
    }
    if (count == 0) return fail(ProofError::empty);
    if (count < key.size() + kSpareDegree + 1) return fail(ProofError::parameters_too_small);
    auto points = read_raw_points(bytes, executor);
    if (!points) return fail(points.error());
    if (secret_is_root_of_unity(*points)) return fail(ProofError::root_of_unity_secret);
    key.powers = std::move(*points);
    return {};
}

}  // namespace

void write_prover_file(const ProverKey& key, const std::function<void(ByteView)>& sink, Executor& executor) {
    const ValueBlocks blocks(key.log2_size);
    std::uint64_t prover_key_size = 16 + 2 * blocks.block_size();
    for (const Polynomial& polynomial : key.polynomials) {
        prover_key_size += 8 + polynomial.size() * Fq::kSize + blocks.block_size();
    }
    Writer header;
    header.be(kMagic).be<std::uint64_t>(key.label.size()).be(prover_key_size);
    header.be<std::uint64_t>(8 + key.powers.size() * G1Affine::kRawSize).be<std::uint64_t>(VerifierKey::kSize);
    header.be<std::uint64_t>(key.size()).be(key.rows).bytes(key.label);
    header.le<std::uint64_t>(key.size()).le<std::uint64_t>(blocks.block_size());
    sink(header.view());

    const Bytes domain = blocks.header();
    for (const Polynomial& polynomial : key.polynomials) {
        sink(Writer().le<std::uint64_t>(polynomial.size()).view());
        write_values(polynomial, sink);
        sink(domain);
        write_values(blocks.of_polynomial(polynomial, executor), sink);
    }
    sink(domain);
    write_values(blocks.of_x(), sink);
    sink(domain);
    write_values(blocks.of_vanishing(), sink);

    sink(Writer().le<std::uint64_t>(key.powers.size()).view());
    for (const G1Affine& point : key.powers) sink(point.to_raw_bytes());
    sink(key.verifier_key.to_bytes());
    Writer rows;
    rows.be<std::uint64_t>(key.public_rows.size());
    for (const std::uint64_t row : key.public_rows) rows.be(row);
    sink(rows.view());
}

Result<ProverKey, ProofError> read_prover_file(ByteView bytes, Executor& executor) {
    Reader in(bytes);
    const auto magic = in.be<std::uint64_t>();
    const Header header{.label = in.be<std::uint64_t>(),
                        .prover_key = in.be<std::uint64_t>(),
                        .commit_key = in.be<std::uint64_t>(),
                        .verifier_key = in.be<std::uint64_t>(),
                        .size = in.be<std::uint64_t>(),
                        .rows = in.be<std::uint64_t>()};
    if (!in.ok()) return fail(ProofError::short_input);
    if (magic != kMagic || header.verifier_key != VerifierKey::kSize) return fail(ProofError::bad_header);
    if (header.rows == 0) return fail(ProofError::empty);
    const auto log2_size = log2_domain(header.rows);
    if (!log2_size || *log2_size + kLog2Blowup > crypto::FftDomain::kMaxLog2Size) return fail(ProofError::bad_domain);
    ProverKey key;
    key.rows = header.rows;
    key.log2_size = *log2_size;
    if (header.size != key.size()) return fail(ProofError::bad_size);
    key.label = to_vector(in.bytes(header.label));
    const ByteView prover_key = in.bytes(header.prover_key);
    const ByteView commit_key = in.bytes(header.commit_key);
    const ByteView verifier_key = in.bytes(header.verifier_key);
    const auto row_count = in.be<std::uint64_t>();
    if (!in.ok() || row_count > in.remaining() / 8) return fail(ProofError::short_input);
    for (std::uint64_t i = 0; i < row_count; ++i) key.public_rows.push_back(in.be<std::uint64_t>());
    if (in.remaining() != 0) return fail(ProofError::trailing_bytes);
    if (std::ranges::adjacent_find(key.public_rows, std::greater_equal{}) != key.public_rows.end() ||
        (!key.public_rows.empty() && key.public_rows.back() >= key.rows)) {
        return fail(ProofError::bad_rows);
    }
    const auto read_verifier_key = VerifierKey::from_slice(verifier_key);
    if (!read_verifier_key) return fail(read_verifier_key.error());
    key.verifier_key = *read_verifier_key;
    if (key.verifier_key.rows != key.rows) return fail(ProofError::bad_size);
    if (!equal(key.verifier_key.to_bytes(), verifier_key)) return fail(ProofError::bad_padding);
    if (const auto read = read_commit_key(commit_key, key, executor); !read) return fail(read.error());
    if (const auto read = read_prover_key(prover_key, key, executor); !read) return fail(read.error());
    return key;
}

}  // namespace dusk::plonk
