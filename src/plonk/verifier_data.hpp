// What a verifier knows of a circuit: its commitments, public rows and the opening key; and the two ways to read it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "plonk/gate.hpp"
#include "plonk/opening_key.hpp"

namespace dusk::plonk {

// The polynomials of a circuit, in the order of files: eleven selectors, then the permutation of the four wires.
// `transcript` and canonical selector order (gate.hpp) differ from it.
enum class KeyColumn : std::uint8_t {
    q_m,
    q_l,
    q_r,
    q_o,
    q_f,
    q_c,
    q_arith,
    q_logic,
    q_range,
    q_fixed,
    q_var,
    sigma_1,
    sigma_2,
    sigma_3,
    sigma_4
};
inline constexpr std::size_t kKeyColumns = 15;
// The selectors of gate.hpp in this order.
inline constexpr std::array<Fq Selectors::*, kSelectors> kKeySelectors{&Selectors::m,
                                                                       &Selectors::l,
                                                                       &Selectors::r,
                                                                       &Selectors::o,
                                                                       &Selectors::f,
                                                                       &Selectors::c,
                                                                       &Selectors::arithmetic,
                                                                       &Selectors::logic,
                                                                       &Selectors::range,
                                                                       &Selectors::fixed_base,
                                                                       &Selectors::variable_base};

// One value per column.
template <class T>
struct PerColumn : std::array<T, kKeyColumns> {
    using std::array<T, kKeyColumns>::operator[];
    [[nodiscard]] T& operator[](KeyColumn column) { return (*this)[static_cast<std::size_t>(column)]; }
    [[nodiscard]] const T& operator[](KeyColumn column) const { return (*this)[static_cast<std::size_t>(column)]; }
};

struct VerifierKey {
    static constexpr std::size_t kRetiredSize = 240;  // five commitments that are no longer in use
    static constexpr std::size_t kSize = 8 + kKeyColumns * G1Affine::kCompressedSize + kRetiredSize;  // 968

    std::uint64_t rows = 0;  // n of the transcript: the number of rows, not padded
    PerColumn<G1Affine> commitments;

    // The first 968 bytes; retired bytes may be anything. Errors: short_input, bad_point.
    [[nodiscard]] static Result<VerifierKey, ProofError> from_slice(ByteView bytes);
    [[nodiscard]] ByteArray<kSize> to_bytes() const;

    friend bool operator==(const VerifierKey&, const VerifierKey&) = default;
};

inline constexpr unsigned kMaxLog2Rows = 31;
// The smallest power of two that is not below `rows`, as its logarithm; 0 for no rows. Error: bad_domain above 2^31.
[[nodiscard]] Result<unsigned, ProofError> log2_domain(std::uint64_t rows);

struct VerifierData {
    static constexpr std::size_t kHeaderSize = 48;

    Bytes label;  // of the transcript
    VerifierKey key;
    OpeningKey opening_key;
    std::uint64_t size = 0;                  // of the domain, as the header has it
    std::uint64_t rows = 0;                  // as the header has it
    std::vector<std::uint64_t> public_rows;  // of the public inputs

    // Reads as the released network does (spec/plonk.md §9): bytes beyond the fields, the size, retired bytes and the
    // range and order of rows are not looked at, parts may be declared longer than they are, the opening key may hold
    // the identity. A key of more than 2^31 rows is read and then verifies nothing.
    // Errors: short_input, bad_point.
    [[nodiscard]] static Result<VerifierData, ProofError> from_slice_lenient(ByteView bytes);
    // One encoding per value (spec/plonk-sound.md §4). Errors: short_input, trailing_bytes, bad_header, bad_point,
    // bad_padding, bad_domain, bad_size, bad_rows, bad_opening_key.
    [[nodiscard]] static Result<VerifierData, ProofError> from_bytes(ByteView bytes);
    [[nodiscard]] Bytes to_bytes() const;

    friend bool operator==(const VerifierData&, const VerifierData&) = default;
};

}  // namespace dusk::plonk
