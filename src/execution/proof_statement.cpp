#include "execution/proof_statement.hpp"

#include <algorithm>

#include "base/archive.hpp"
#include "base/writer.hpp"
#include "crypto/blake3.hpp"

namespace dusk::execution {
namespace {

constexpr std::uint8_t kSignature = 1;
constexpr std::uint8_t kProof = 2;

template <std::size_t N>
std::array<std::uint64_t, N / 8> words_of(const ByteArray<N>& bytes) {
    std::array<std::uint64_t, N / 8> out;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = load_le<std::uint64_t>(bytes.data() + 8 * i);
    return out;
}

ProofStatement statement_of(const ledger::MoonlightTransaction& transaction) {
    ProofStatement out;
    SignedMessage signed_message{transaction.payload.sender, transaction.signature,
                                 transaction.payload.signature_message()};
    Writer mark(1 + 8 + signed_message.message.size() + 96 + 48);
    mark.u8(kSignature).prefixed_le<std::uint64_t>(signed_message.message);
    mark.bytes(signed_message.key.to_bytes()).bytes(signed_message.signature.to_bytes());
    out.mark = crypto::blake3(mark.view());
    out.what = std::move(signed_message);
    return out;
}

ProofStatement statement_of(const ledger::PhoenixTransaction& transaction,
                            const phoenix::TransferVerifiers& verifiers) {
    const std::size_t inputs = transaction.payload.skeleton.nullifiers.size();
    const plonk::Verifier* verifier = verifiers.verifier(inputs);
    if (verifier == nullptr) return {};
    auto public_inputs = transaction.public_inputs();
    if (!public_inputs) return {};
    ProofStatement out;
    const ByteView verifier_data = verifiers.verifier_data(inputs);
    Writer mark;
    mark.u8(kProof).u8(static_cast<std::uint8_t>(verifiers.rules())).prefixed_le<std::uint64_t>(verifier_data);
    mark.count_le<std::uint64_t>(public_inputs->size());
    for (const crypto::Fq& input : *public_inputs) mark.bytes(input.to_bytes());
    mark.bytes(transaction.proof);
    out.mark = crypto::blake3(mark.view());
    out.what = ProvenTransfer{verifier, verifier_data, transaction.proof, *std::move(public_inputs)};
    return out;
}

}  // namespace

vm::BlsStatement SignedMessage::question() const {
    return {message, words_of(key.to_archive()), words_of(signature.to_archive())};
}

vm::PlonkStatement ProvenTransfer::question() const {
    vm::PlonkStatement out{to_vector(verifier_data), to_vector(proof), {}};
    out.public_inputs.reserve(public_inputs.size());
    for (const crypto::Fq& input : public_inputs) out.public_inputs.push_back(input.montgomery());
    return out;
}

ProofStatement proof_statement(const ledger::Transaction& transaction, const phoenix::TransferVerifiers& verifiers) {
    if (const auto* moonlight = transaction.moonlight()) return statement_of(*moonlight);
    return statement_of(*transaction.phoenix(), verifiers);
}

}  // namespace dusk::execution
