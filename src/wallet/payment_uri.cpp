#include "wallet/payment_uri.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "base/utf8.hpp"
#include "ledger/dusk_amount.hpp"
#include "ledger/transaction_data.hpp"

namespace dusk::wallet {
namespace {

using Error = PaymentUriError;

constexpr std::string_view kScheme = "dusk:";
constexpr std::size_t kLongest = 4096;

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~").contains(c);
}

std::string encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (is_plain(c)) {
            out += c;
        } else {
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return out;
}

std::optional<unsigned> digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return {};
}

// Nothing for what is badly encoded, or no text that a terminal may show.
std::optional<std::string> decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size()) return {};
            const auto high = digit(text[i + 1]);
            const auto low = digit(text[i + 2]);
            if (!high || !low) return {};
            c = static_cast<char>(*high * 16 + *low);
            i += 2;
        }
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) return {};
        out += c;
    }
    if (!is_utf8(as_bytes(out))) return {};
    return out;
}

using Parameters = std::map<std::string, std::string, std::less<>>;

std::optional<Parameters> parameters_of(std::string_view query) {
    Parameters out;
    while (!query.empty()) {
        const std::string_view one = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), one.size() + 1));
        const std::size_t equals = one.find('=');
        if (equals == 0 || equals == std::string_view::npos) return {};
        auto value = decoded(one.substr(equals + 1));
        if (!value || !out.emplace(one.substr(0, equals), *std::move(value)).second) return {};
    }
    return out;
}

bool has_scheme(std::string_view text) {
    return text.size() >= kScheme.size() &&
           std::ranges::equal(text.substr(0, kScheme.size()), kScheme,
                              [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && a + 32 == b); });
}

std::string take(Parameters& from, std::string_view name) {
    const auto found = from.find(name);
    return found == from.end() ? std::string() : std::move(from.extract(found).mapped());
}

}  // namespace

std::string PaymentUri::to_text() const {
    std::string out = std::string(kScheme) + phoenix::to_base58(address);
    char separator = '?';
    const auto add = [&](std::string_view name, const std::string& value) {
        out += fmt::format("{}{}={}", separator, name, encoded(value));
        separator = '&';
    };
    if (amount) add("amount", ledger::format_dusk(*amount));
    if (!label.empty()) add("label", label);
    if (!memo.empty()) add("memo", memo);
    return out;
}

std::string_view to_string(PaymentUriError error) {
    switch (error) {
        case Error::not_a_request:
            return "a request for payment begins with \"dusk:\"";
        case Error::too_long:
            return "the request for payment is too long";
        case Error::bad_address:
            return "the request for payment names no valid address";
        case Error::bad_parameter:
            return "the request for payment is damaged: a part of it is badly encoded or there twice";
        case Error::bad_amount:
            return "the request for payment names no amount of DUSK";
        case Error::memo_too_long:
            return "the request for payment has a memo of more than 512 bytes";
        case Error::unknown_demand:
            return "the request for payment demands something that this wallet does not know";
    }
    return "unknown error of a request for payment";
}

Result<PaymentUri, PaymentUriError> parse_payment_uri(std::string_view text) {
    if (!has_scheme(text)) return fail(Error::not_a_request);
    if (text.size() > kLongest) return fail(Error::too_long);
    text.remove_prefix(kScheme.size());
    const std::size_t question = text.find('?');
    auto address = phoenix::parse_address(text.substr(0, question));
    if (!address) return fail(Error::bad_address);
    auto parameters = parameters_of(question == std::string_view::npos ? "" : text.substr(question + 1));
    if (!parameters) return fail(Error::bad_parameter);
    const bool demands =
        std::ranges::any_of(*parameters, [](const auto& one) { return one.first.starts_with("req-"); });
    if (demands) return fail(Error::unknown_demand);

    PaymentUri out{.address = *std::move(address)};
    if (const std::string amount = take(*parameters, "amount"); !amount.empty()) {
        const auto lux = ledger::parse_dusk(amount);
        if (!lux) return fail(Error::bad_amount);
        out.amount = *lux;
    }
    out.label = take(*parameters, "label");
    out.memo = take(*parameters, "memo");
    if (out.memo.size() > ledger::Memo::kMaxSize) return fail(Error::memo_too_long);
    return out;
}

}  // namespace dusk::wallet
