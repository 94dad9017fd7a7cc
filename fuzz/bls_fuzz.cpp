// BLS keys and signatures: each accepts the points of its group, has the bytes it was read from, and reads back from
// its text and its archive; raw ones are accepted exactly where the network calls them valid. What a secret key signs
// is valid under its public key, which the key 0 does not have.
#include "crypto/bls_signature.hpp"
#include "round_trip.hpp"

namespace {

using namespace dusk;
using namespace dusk::crypto;
using fuzz::require;

template <class T, class Affine>
void check_type(ByteView bytes) {
    const auto decoded = fuzz::check_bytes<T>(bytes);
    const auto point = Affine::from_compressed(bytes);
    require(decoded.has_value() == point.has_value());
    if (!decoded) {
        require(decoded.error() == point.error());
        return;
    }
    require(decoded->to_bytes() == point->to_compressed());
    require(Affine::from_archive(decoded->to_archive()) == *point);
}

template <class T>
void check_text(ByteView bytes) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (const auto decoded = T::from_base58(text)) {
        require(decoded->to_base58() == text);
        require(T::from_bytes(decoded->to_bytes()) == *decoded);
    }
    if (const auto decoded = T::from_bytes(bytes)) require(T::from_base58(decoded->to_base58()) == *decoded);
}

template <class T, class Raw>
void check_raw(ByteView bytes) {
    const auto raw = Raw::from_archive(bytes);
    if (!raw) return;
    const auto made = T::from_raw(*raw);
    require(made.has_value() == raw->is_valid());
    if (!made) {
        require(made.error() == BlsError::invalid_point);
        return;
    }
    require(made->is_valid() && made->to_bytes() == raw->to_compressed());
    require(T::from_bytes(made->to_bytes()) == *made);
}

void check_secret_key(ByteView bytes) {
    const auto decoded = fuzz::check_bytes<BlsSecretKey>(bytes);
    require(decoded.has_value() == Fq::from_bytes(bytes).has_value());
    if (!decoded) return;
    const BlsPublicKey key = decoded->public_key();
    const bool is_zero = decoded->scalar().reveal().is_zero();
    require(key.is_valid() == !is_zero);
    const BlsSignature signature = decoded->sign(bytes);
    const auto verified = key.verify(signature, bytes);
    require(is_zero ? verified == fail(BlsError::invalid_point) : verified.has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    check_type<BlsSignature, G1Affine>(bytes);
    check_type<BlsMultisigSignature, G1Affine>(bytes);
    check_type<BlsPublicKey, G2Affine>(bytes);
    check_type<BlsMultisigPublicKey, G2Affine>(bytes);
    check_text<BlsSignature>(bytes);
    check_text<BlsPublicKey>(bytes);
    check_raw<BlsSignature, RawG1>(bytes);
    check_raw<BlsPublicKey, RawG2>(bytes);
    check_secret_key(bytes);
    return 0;
}
