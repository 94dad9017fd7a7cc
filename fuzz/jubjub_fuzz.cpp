// Points of JubJub. Strict decoding accepts of what lax decoding accepts exactly the points P with r P = identity, by
// the ladder; what is accepted has these bytes and no others; what is refused as no point has no root. Archives
// likewise. What is made of data (hash, mapped integer) is in the subgroup.
#include "crypto/jubjub_checked.hpp"
#include "crypto/jubjub_exact.hpp"
#include "crypto/jubjub_map.hpp"
#include "crypto/jubjub_multiply.hpp"
#include "round_trip.hpp"

namespace {

using namespace dusk;
using namespace dusk::crypto;
using fuzz::require;

void check_point(const JubJubAffine& p) {
    require(p.is_on_curve());
    const bool torsion_free = (multiply_exact(p, -Fr::one()) + p).is_identity();
    require(p.is_torsion_free() == torsion_free);
    require(p.is_prime_order() == (torsion_free && !p.is_identity()));
    require(JubJubAffine::from_archive(p.to_archive()) == p);
    require(JubJubAffine::from_bytes_lax(p.to_bytes()) == p);
    const CheckedPoint checked = CheckedPoint::of(p);
    require(checked.is_prime_order() == p.is_prime_order() && checked.affine() == p);
    require(CheckedPoint::from_bytes_lax(p.to_bytes()) == checked);
    require(JubJubExtended(p).times_cofactor().is_torsion_free());
}

// Why the lax rule refuses the bytes, found again in another way.
void check_refusal(ByteView bytes, DecodeError error) {
    require((error == DecodeError::bad_length) == (bytes.size() != JubJubAffine::kSize));
    if (error == DecodeError::bad_length) return;
    auto v_bytes = take<JubJubAffine::kSize>(bytes);
    const bool sign = (v_bytes[31] & 0x80) != 0;
    v_bytes[31] &= 0x7f;
    const auto v = Fq::from_bytes(v_bytes);
    if (error == DecodeError::not_canonical) {
        require(!v || (sign && v->square() == Fq::one()));
    } else {
        require(error == DecodeError::not_on_curve && v.has_value());
        const Fq v2 = v->square();
        require(!((v2 - Fq::one()) * (Fq::one() + kJubJubD * v2)).sqrt());
    }
}

void check_bytes(ByteView bytes) {
    const auto lax = JubJubAffine::from_bytes_lax(bytes);
    const auto strict = JubJubAffine::from_bytes_strict(bytes);
    require(CheckedPoint::from_bytes_strict(bytes).has_value() == strict.has_value());
    if (!lax) {
        require(strict == fail(lax.error()));
        check_refusal(bytes, lax.error());
        return;
    }
    require(equal(lax->to_bytes(), bytes));
    check_point(*lax);
    require(lax->is_torsion_free() ? strict == *lax : strict == fail(DecodeError::not_in_subgroup));
}

void check_archives(ByteView bytes) {
    if (const auto affine = fuzz::check_archive<JubJubAffine>(bytes, JubJubAffine::kArchivedSize)) check_point(*affine);
    const auto extended = fuzz::check_archive<JubJubExtended>(bytes, JubJubExtended::kArchivedSize);
    require(CheckedPoint::from_archive(bytes).has_value() == extended.has_value());
    if (!extended) return;
    const JubJubAffine affine = extended->to_affine();
    require(*extended == affine && affine.is_identity() == extended->is_identity());
    check_point(affine);
    // The exact operations keep the invariants, which every archive has to fulfil.
    for (const JubJubExtended& p : {extended->doubled(), *extended + kJubJubGenerator, -*extended}) {
        require(JubJubExtended::from_archive(p.to_archive()) == p);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    check_bytes(bytes);
    check_archives(bytes);

    const JubJubAffine hashed = hash_to_point(bytes);
    require(hashed.is_prime_order() && JubJubAffine::from_bytes_strict(hashed.to_bytes()) == hashed);
    if (size >= 8) {
        const auto value = load_le<std::uint64_t>(data);
        const JubJubAffine mapped = map_to_point(value);
        require(mapped.is_prime_order() && unmap_from_point(mapped) == value);
    }
    return 0;
}
