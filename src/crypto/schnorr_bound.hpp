// Schnorr signatures whose challenge binds every key: those of the sound circuits (spec/plonk-sound.md §7, the release
// 0.7.0 of the reference). Single signatures are those of crypto/schnorr.hpp; double signatures and those with an own
// generator of the older release do not verify here, nor the other way round.
//
// Nonces are hashed from fresh randomness, the key and the message: a bad generator alone reveals no key. Signing is
// constant time in keys and nonces and draws 64 bytes; verification is of public data.
#pragma once

#include "crypto/schnorr.hpp"

namespace dusk::crypto::schnorr::bound {

// "JJSCHDBL", the first element of a double challenge.
inline constexpr std::uint64_t kDoubleTag = 0x4a4a53434844424c;

// Of a double signature: tag, R, R', pk, pk', message.
[[nodiscard]] Fr challenge_double(const JubJubAffine& r, const JubJubAffine& r_prime, const JubJubAffine& pk,
                                  const JubJubAffine& pk_prime, const Fq& message);
// Of a signature with an own generator: R, pk, generator, message.
[[nodiscard]] Fr challenge_var_gen(const JubJubAffine& r, const JubJubAffine& pk, const JubJubAffine& generator,
                                   const Fq& message);

[[nodiscard]] Signature sign(const SecretKey& key, RandomSource& random, const Fq& message);
[[nodiscard]] SignatureDouble sign_double(const SecretKey& key, RandomSource& random, const Fq& message);
[[nodiscard]] Signature sign_var_gen(const SecretKeyVarGen& key, RandomSource& random, const Fq& message);

[[nodiscard]] Result<void, VerifyError> verify_double(const PublicKeyDouble& key, const SignatureDouble& signature,
                                                      const Fq& message);
[[nodiscard]] Result<void, VerifyError> verify_var_gen(const PublicKeyVarGen& key, const Signature& signature,
                                                       const Fq& message);

}  // namespace dusk::crypto::schnorr::bound
