// Requests for payment as text that one person sends to another, or shows as a QR code:
//
//     dusk:ADDRESS?amount=12.5&label=Alice&memo=invoice%2017
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "ledger/quantities.hpp"
#include "phoenix/address.hpp"

namespace dusk::wallet {

struct PaymentUri {
    phoenix::Address address;
    std::optional<ledger::Lux> amount{};  // "amount", in DUSK
    std::string label{};                  // "label": who asks
    std::string memo{};                   // "memo": what the payment is to carry, at most 512 bytes

    // Everything but letters, digits and "-._~" is percent-encoded.
    [[nodiscard]] std::string to_text() const;
};

enum class PaymentUriError : std::uint8_t {
    not_a_request,   // does not begin with "dusk:"
    too_long,        // more than 4096 characters
    bad_address,     // what follows is no address
    bad_parameter,   // a parameter twice, without "=", or badly encoded; text that is not UTF-8 or has control
                     // characters
    bad_amount,      // no amount of DUSK
    memo_too_long,   // more than 512 bytes
    unknown_demand,  // a parameter "req-…" that we do not know: the request says not to pay then
};
// What is wrong, one sentence.
[[nodiscard]] std::string_view to_string(PaymentUriError error);

// The scheme in any case. Parameters that are not known are ignored, but for those that begin with "req-".
[[nodiscard]] Result<PaymentUri, PaymentUriError> parse_payment_uri(std::string_view text);

}  // namespace dusk::wallet
