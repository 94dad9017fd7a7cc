// Who sent a note: the sender's public key, encrypted for the receiver, or 128 bytes that a contract wrote
// (spec/crypto.md §11.3).
#pragma once

#include <variant>

#include "phoenix/error.hpp"
#include "phoenix/keys.hpp"

namespace dusk::phoenix {

// ElGamal under note_pk (§8, generator G) of both points of the sender's key: c1 = blinder G, c2 = point + blinder
// note_pk. Decoding lets the identity pass; decryption does not.
struct EncryptedSender {
    crypto::JubJubAffine a_c1, a_c2, b_c1, b_c2;
    bool operator==(const EncryptedSender&) const = default;
};

// What a contract says of itself: function name, contract id, zeros; free bytes to everybody else.
struct ContractInfo {
    ByteArray<128> bytes{};
    bool operator==(const ContractInfo&) const = default;
};

class Sender {
  public:
    static constexpr std::size_t kSize = 129;
    static constexpr std::size_t kArchivedSize = 264;

    Sender() = default;  // encryption of four identities
    Sender(const EncryptedSender& encrypted) : value_(encrypted) {}
    Sender(const ContractInfo& info) : value_(info) {}

    // The blinders are secrets, one for A and one for B of the sender; the same blinder twice shows A - B.
    [[nodiscard]] static Sender encrypt(const PublicKey& sender, const crypto::JubJubExtended& note_pk,
                                        const std::array<crypto::Fr, 2>& blinders);
    // The sender's key. A wrong note_sk gives a wrong key, not an error: whoever relies on it compares.
    // Errors: sender_not_encrypted, sender_not_prime_order (of the four points).
    [[nodiscard]] Result<PublicKey, NoteError> decrypt(const crypto::Fr& note_sk) const;

    // Exactly 129 bytes: tag 0 ‖ A.c1 ‖ A.c2 ‖ B.c1 ‖ B.c2, or tag 1 ‖ 128 bytes.
    // Errors: bad_length, bad_tag, and those of the point decoder.
    [[nodiscard]] static Result<Sender, crypto::DecodeError> from_bytes(ByteView bytes,
                                                                        PointRule rule = PointRule::strict);
    [[nodiscard]] ByteArray<kSize> to_bytes() const;
    // rkyv, 264 bytes: tag at 0; four affine points at 8, or 128 bytes at 1; the rest zero (§17).
    [[nodiscard]] ByteArray<kArchivedSize> to_archive() const;
    // Errors: bad_length, bad_tag, not_canonical, not_on_curve.
    [[nodiscard]] static Result<Sender, crypto::DecodeError> from_archive(ByteView archive);

    // Null where it is the other.
    [[nodiscard]] const EncryptedSender* encrypted() const { return std::get_if<EncryptedSender>(&value_); }
    [[nodiscard]] const ContractInfo* contract_info() const { return std::get_if<ContractInfo>(&value_); }

    bool operator==(const Sender&) const = default;

  private:
    std::variant<EncryptedSender, ContractInfo> value_;
};

}  // namespace dusk::phoenix
