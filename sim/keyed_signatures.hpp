// Signatures of the simulator: keyed hashes that add up like BLS shares and cost no pairing. Whoever knows the salt can
// sign for everybody, so they are good for nothing but a simulation in which nobody tries.
//
// 48 bytes: five u64 sums, then a check of them, so that bytes that nobody made are no signature, as with points.
#pragma once

#include "consensus/signatures.hpp"

namespace dusk::sim {

// Shared by all nodes of a simulation.
class KeyedSignatures final : public consensus::Signatures {
  public:
    explicit KeyedSignatures(std::uint64_t salt);

    using consensus::Signatures::verify;
    [[nodiscard]] Result<void, crypto::BlsError> verify(std::span<const crypto::BlsPublicKey> keys,
                                                        const ledger::SignatureBytes& signature,
                                                        ByteView message) override;
    [[nodiscard]] std::optional<ledger::SignatureBytes> add(const ledger::SignatureBytes& a,
                                                            const ledger::SignatureBytes& b) override;

    [[nodiscard]] ledger::SignatureBytes sign(const crypto::BlsPublicKey& key, ByteView message) const;

  private:
    static constexpr std::size_t kLanes = 5;
    using Sum = std::array<std::uint64_t, kLanes>;
    struct Digest {
        std::uint64_t low;
        std::uint64_t high;
    };

    [[nodiscard]] Digest digest(ByteView message) const;
    void add_share(Sum& sum, const crypto::BlsPublicKey& key, const Digest& message) const;
    [[nodiscard]] ledger::SignatureBytes written(const Sum& sum) const;
    [[nodiscard]] std::optional<Sum> read(const ledger::SignatureBytes& signature) const;
    [[nodiscard]] std::uint64_t check_of(const Sum& sum) const;

    ByteArray<16> salt_{};
};

}  // namespace dusk::sim
