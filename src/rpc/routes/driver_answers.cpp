#include "rpc/routes/driver_answers.hpp"

#include <fmt/core.h>

#include "base/hex.hpp"
#include "crypto/bls_signature.hpp"
#include "crypto/keccak.hpp"
#include "rpc/answers.hpp"
#include "rpc/drivers/driver_module.hpp"

namespace dusk::rpc {
namespace {

HttpResponse text_or_error(const DriverResult<std::string>& text) {
    return text ? text_answer(*text) : internal_error();
}

HttpResponse json_or_error(const DriverResult<nlohmann::json>& json) {
    return json ? json_answer(*json) : internal_error();
}

}  // namespace

HttpResponse driver_answer(DriverShelf& shelf, const ledger::ContractId& contract, std::string_view method,
                           const RequestBody& body) {
    const auto driver = shelf.find(contract);
    if (!driver) return internal_error();
    if (!*driver) return not_found(fmt::format("No data driver for contract id {} found.", to_hex(contract.bytes)));
    const std::size_t colon = method.find(':');
    const std::string_view verb = method.substr(0, colon);
    const ByteView bytes = body.bytes.reveal();
    if (colon == std::string_view::npos) {
        if (verb == "get_schema") return text_or_error((*driver)->schema());
        if (verb == "get_version") return text_or_error((*driver)->version());
    } else {
        const std::string_view name = method.substr(colon + 1);
        if (verb == "decode_input_fn") return json_or_error((*driver)->decode_input(name, bytes));
        if (verb == "decode_output_fn") return json_or_error((*driver)->decode_output(name, bytes));
        if (verb == "decode_event") return json_or_error((*driver)->decode_event(name, bytes));
        if (verb == "encode_input_fn") {
            const auto encoded =
                (*driver)->encode_input(name, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
            return encoded ? bytes_answer(*encoded, body.binary_answer) : internal_error();
        }
    }
    return not_found(fmt::format("Unsupported data driver method {}", method));
}

Result<StoredDriver, HttpResponse> signed_driver(ByteView code, std::string_view signature, ByteView owner) {
    const auto key = ledger::AccountKey::from_bytes(owner);
    if (!key) return fail(internal_error());
    const auto bytes = from_hex(signature);
    const auto decoded = bytes ? crypto::BlsSignature::from_bytes(*bytes) : fail(crypto::DecodeError::bad_text);
    if (!decoded) return fail(invalid_input("Invalid signature"));
    if (!key->verify(*decoded, crypto::sha3_256(code))) return fail(internal_error());
    if (const auto form = contract_form(code); !form) {
        return fail(invalid_input(fmt::format("Invalid driver: {}", form.error())));
    }
    return StoredDriver{.code = to_vector(code), .signature = decoded->to_bytes()};
}

}  // namespace dusk::rpc
