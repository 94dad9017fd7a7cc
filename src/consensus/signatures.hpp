// Signatures as consensus sees them: 96-byte keys, 48-byte signatures that can be added up (spec/consensus.md §2).
// Behind an interface, because the simulator of thousands of nodes cannot afford pairings; everything else uses
// `BlsSignatures`.
#pragma once

#include <span>

#include "base/random.hpp"
#include "base/result.hpp"
#include "ledger/consensus_header.hpp"

namespace dusk::consensus {

class Signatures {
  public:
    Signatures() = default;
    Signatures(const Signatures&) = delete;
    Signatures& operator=(const Signatures&) = delete;
    virtual ~Signatures() = default;

    // Whether `signature` is the sum of the shares of these keys, one or more, in a signature of the message.
    // Errors: no_keys, invalid_point (also for bytes that are no point), invalid_signature.
    [[nodiscard]] virtual Result<void, crypto::BlsError> verify(std::span<const crypto::BlsPublicKey> keys,
                                                                const ledger::SignatureBytes& signature,
                                                                ByteView message) = 0;
    // The sum of two; nothing where one of them is no signature.
    [[nodiscard]] virtual std::optional<ledger::SignatureBytes> add(const ledger::SignatureBytes& a,
                                                                    const ledger::SignatureBytes& b) = 0;

    // A vote or block by one key.
    struct Claim {
        ledger::SignInfo sign_info{};
        Bytes message{};
    };
    [[nodiscard]] Result<void, crypto::BlsError> verify(const ledger::SignInfo& info, ByteView message) {
        return verify(std::span(&info.signer, 1), info.signature, message);
    }
    // Looks at several together where that takes less time: `verify` then knows the good ones. No verdict changes.
    virtual void verify_ahead(std::span<const Claim> /*claims*/, RandomSource& /*random*/) {}
};

// What a signature is for: nobody may sign two different things for the same purpose.
struct SigningSlot {
    ledger::ConsensusHeader header{};
    ledger::Step step = ledger::Step::proposal;
    friend auto operator<=>(const SigningSlot&, const SigningSlot&) = default;
};

enum class SigningError : std::uint8_t {
    conflict,    // something else was signed for this purpose before
    not_stored,  // the journal could not be written, so nothing may be signed
    waiting,     // another node with this key may be running; the waiting time is not over
};
[[nodiscard]] std::string_view to_string(SigningError error);

// The provisioner's key. Whoever implements it writes down what is signed before it signs.
class Signer {
  public:
    Signer() = default;
    Signer(const Signer&) = delete;
    Signer& operator=(const Signer&) = delete;
    virtual ~Signer() = default;

    [[nodiscard]] virtual const crypto::BlsPublicKey& key() const = 0;
    // Votes and candidates. The same message for the same slot may be signed again.
    [[nodiscard]] virtual Result<ledger::SignatureBytes, SigningError> sign(const SigningSlot& slot,
                                                                            ByteView message) = 0;
    // The seed of the next block: there is only one.
    [[nodiscard]] virtual ledger::Seed sign_seed(const ledger::Seed& previous) = 0;
};

}  // namespace dusk::consensus
