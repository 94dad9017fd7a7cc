#include "phoenix/transfer_request.hpp"

#include <algorithm>

#include "base/reader.hpp"

namespace dusk::phoenix {

using crypto::Fq;
using crypto::Fr;
using crypto::JubJubAffine;
using crypto::elgamal::Encryption;
using crypto::schnorr::Signature;
using crypto::schnorr::SignatureDouble;

static_assert(TransferRequest::size(1) == 8 + 2778 + 592 + 64 + 16 + 64 + 128);

namespace {

constexpr std::size_t kPoint = JubJubAffine::kSize;

// Reads fields in a row; the first error sticks. All bytes are there: the size is asked before.
class Fields {
  public:
    Fields(ByteView bytes, PointRule rule) : in_(bytes), rule_(rule) {}

    std::uint64_t u64() { return in_.le<std::uint64_t>(); }
    Fq field() { return keep(Fq::from_bytes(in_.bytes(Fq::kSize)), RequestError::bad_scalar, Fq()); }
    Fr scalar() { return keep(Fr::from_bytes(in_.bytes(Fr::kSize)), RequestError::bad_scalar, Fr()); }
    JubJubAffine point() {
        return keep(decode_point(in_.bytes(kPoint), rule_), RequestError::bad_point, JubJubAffine());
    }
    Encryption encryption() {
        const JubJubAffine c1 = point();
        const JubJubAffine c2 = point();
        return {c1, c2};
    }
    crypto::NoteOpening opening() {
        return keep(crypto::decode_note_opening(in_.bytes(crypto::kNoteOpeningSize)), RequestError::bad_opening,
                    crypto::NoteOpening{});
    }
    Note note() { return keep(Note::from_bytes(in_.bytes(Note::kSize), rule_), RequestError::bad_note, Note()); }
    PublicKey key() {
        return keep(PublicKey::from_bytes(in_.bytes(PublicKey::kSize)), RequestError::bad_point, PublicKey());
    }
    Signature signature() {
        return keep(Signature::from_bytes(in_.bytes(Signature::kSize)), RequestError::bad_signature, Signature({}, {}));
    }
    SignatureDouble signature_double() {
        return keep(SignatureDouble::from_bytes(in_.bytes(SignatureDouble::kSize)), RequestError::bad_signature,
                    SignatureDouble({}, {}, {}));
    }
    [[nodiscard]] const std::optional<RequestError>& error() const { return error_; }

  private:
    template <class T>
    T keep(const Result<T, crypto::DecodeError>& result, RequestError error, const T& otherwise) {
        if (result) return *result;
        if (!error_) error_ = error;
        return otherwise;
    }

    Reader in_;
    PointRule rule_;
    std::optional<RequestError> error_;
};

// Members in the order of the bytes: braces evaluate from left to right.
InputNote read_input(Fields& in) {
    return {.opening = in.opening(),
            .note = in.note(),
            .note_pk_prime = in.point(),
            .value = Secret(in.u64()),
            .value_blinder = Secret(in.scalar()),
            .nullifier = in.field(),
            .signature = in.signature_double()};
}

OutputNote read_output(Fields& in) {
    return {.value = Secret(in.u64()),
            .value_commitment = in.point(),
            .value_blinder = Secret(in.scalar()),
            .note_pk = in.point(),
            .sender_encryption = {in.encryption(), in.encryption()},
            .sender_blinders = Secret(std::array{in.scalar(), in.scalar()})};
}

class Writer {
  public:
    explicit Writer(std::size_t size) : out_(size) {}
    void put(ByteView bytes) {
        std::ranges::copy(bytes, out_.reveal().begin() + static_cast<std::ptrdiff_t>(at_));
        at_ += bytes.size();
    }
    void put_u64(std::uint64_t value) {
        store_le(out_.reveal().data() + at_, value);
        at_ += 8;
    }
    void put_scalar(const Fr& scalar) { put(SecretArray<Fr::kSize>(scalar.to_bytes()).reveal()); }
    SecretBytes finish() { return std::move(out_); }

  private:
    SecretBytes out_;
    std::size_t at_ = 0;
};

void write(Writer& out, const InputNote& input) {
    out.put(crypto::encode(input.opening));
    out.put(input.note.to_bytes());
    out.put(input.note_pk_prime.to_bytes());
    out.put_u64(input.value.reveal());
    out.put_scalar(input.value_blinder.reveal());
    out.put(input.nullifier.to_bytes());
    out.put(input.signature.to_bytes());
}

void write(Writer& out, const OutputNote& output) {
    out.put_u64(output.value.reveal());
    out.put(output.value_commitment.to_bytes());
    out.put_scalar(output.value_blinder.reveal());
    out.put(output.note_pk.to_bytes());
    for (const Encryption& encryption : output.sender_encryption) out.put(encryption.to_bytes());
    for (const Fr& blinder : output.sender_blinders.reveal()) out.put_scalar(blinder);
}

OutputNote blank_output() {
    const Encryption nothing({}, {});
    return {.value = {},
            .value_commitment = {},
            .value_blinder = {},
            .note_pk = {},
            .sender_encryption = {nothing, nothing},
            .sender_blinders = {}};
}

}  // namespace

std::string_view to_string(RequestError error) {
    switch (error) {
        case RequestError::bad_input_count:
            return "a transaction spends one to four notes";
        case RequestError::too_short:
            return "the request ends before its last field";
        case RequestError::bad_opening:
            return "a Merkle opening is not canonical";
        case RequestError::bad_note:
            return "a spent note does not decode";
        case RequestError::bad_point:
            return "a point is malformed or outside the subgroup";
        case RequestError::bad_scalar:
            return "a scalar is not canonical";
        case RequestError::bad_signature:
            return "a signature does not decode";
    }
    return "unknown error";
}

Result<TransferRequest, RequestError> TransferRequest::from_bytes(ByteView bytes, PointRule rule) {
    if (bytes.size() < 8) return fail(RequestError::too_short);
    const auto said = load_le<std::uint64_t>(bytes.data());
    if (said < 1 || said > kMaxInputs) return fail(RequestError::bad_input_count);
    const auto count = static_cast<std::size_t>(said);
    if (bytes.size() < size(count)) return fail(RequestError::too_short);
    Fields in(bytes.subspan(8), rule);
    std::vector<InputNote> inputs;
    inputs.reserve(count);
    for (std::size_t i = 0; i < count; ++i) inputs.push_back(read_input(in));
    TransferRequest request{.inputs = std::move(inputs),
                            .outputs = {read_output(in), read_output(in)},
                            .payload_hash = in.field(),
                            .root = in.field(),
                            .deposit = in.u64(),
                            .max_fee = in.u64(),
                            .sender = in.key(),
                            .signature_a = in.signature(),
                            .signature_b = in.signature()};
    if (in.error()) return fail(*in.error());
    return request;
}

SecretBytes TransferRequest::to_bytes() const {
    Writer out(size(inputs.size()));
    out.put_u64(inputs.size());
    for (const InputNote& input : inputs) write(out, input);
    for (const OutputNote& output : outputs) write(out, output);
    out.put(payload_hash.to_bytes());
    out.put(root.to_bytes());
    out.put_u64(deposit);
    out.put_u64(max_fee);
    out.put(sender.to_bytes());
    out.put(signature_a.to_bytes());
    out.put(signature_b.to_bytes());
    return out.finish();
}

TransferRequest TransferRequest::blank(std::size_t inputs) {
    TransferRequest request{.inputs = {},
                            .outputs = {blank_output(), blank_output()},
                            .payload_hash = {},
                            .root = {},
                            .deposit = 0,
                            .max_fee = 0,
                            .sender = {},
                            .signature_a = Signature({}, {}),
                            .signature_b = Signature({}, {})};
    for (std::size_t i = 0; i < inputs; ++i) {
        request.inputs.push_back({.opening = {},
                                  .note = {},
                                  .note_pk_prime = {},
                                  .value = {},
                                  .value_blinder = {},
                                  .nullifier = {},
                                  .signature = SignatureDouble({}, {}, {})});
    }
    return request;
}

}  // namespace dusk::phoenix
