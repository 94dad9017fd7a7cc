// The files of a wallet, its requests for payment and what a node tells of its accounts, the first byte says which:
// what is written reads back as the same.
#include "app/wallet_order.hpp"
#include "base/json_nesting.hpp"
#include "require.hpp"
#include "wallet/address_book.hpp"
#include "wallet/journal.hpp"
#include "wallet/note_cache.hpp"
#include "wallet/payment_uri.hpp"
#include "wallet/public_history.hpp"
#include "wallet/wallet_settings.hpp"

namespace {

using dusk::as_bytes;
using dusk::ByteView;

// With the checksum that it should have: what lies behind it is to be reached.
std::string with_checksum(ByteView input) {
    const std::string_view text(reinterpret_cast<const char*>(input.data()), input.size());
    if (dusk::json_nesting(text) > 8) return std::string(text);
    auto json = dusk::wallet::Json::parse(text, nullptr, false);
    if (!json.is_object()) return std::string(text);
    json.erase("checksum");
    return dusk::wallet::file_text(std::move(json), {.format = {}, .has_checksum = true});
}

template <class File>
void file(ByteView bytes) {
    const std::string text = with_checksum(bytes);
    const ByteView input = as_bytes(text);
    const auto read = File::read(input);
    if (!read) {
        dusk::fuzz::require(!read.error().empty());
        return;
    }
    const std::string written = read->to_file();
    const auto again = File::read(as_bytes(written));
    dusk::fuzz::require(again.has_value() && again->to_file() == written);
}

void order(ByteView input) {
    const auto read = dusk::app::read_order(input);
    if (!read) return;
    const std::string written = dusk::app::write_order(*read);
    const auto again = dusk::app::read_order(as_bytes(written));
    dusk::fuzz::require(again.has_value() && dusk::app::write_order(*again) == written);
}

void request(ByteView input) {
    const std::string_view text(reinterpret_cast<const char*>(input.data()), input.size());
    const auto read = dusk::wallet::parse_payment_uri(text);
    if (!read) return;
    const std::string written = read->to_text();
    const auto again = dusk::wallet::parse_payment_uri(written);
    // Encoding may make it longer than a request may be.
    dusk::fuzz::require(again ? again->to_text() == written : again.error() == dusk::wallet::PaymentUriError::too_long);
}

// Of an account that has a part in every second transaction of the seeds.
void history(ByteView input) {
    const std::string_view text(reinterpret_cast<const char*>(input.data()), input.size());
    if (dusk::json_nesting(text) > 128) return;
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (json.is_discarded()) return;
    const auto moves = dusk::wallet::read_public_history(json, "own");
    if (!moves) return;
    for (const auto& move : *moves) dusk::fuzz::require(move.id.size() == 64 && !move.action.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView input(data + 1, size - 1);
    switch (data[0] % 7) {
        case 0:
            file<dusk::wallet::AddressBook>(input);
            break;
        case 1:
            file<dusk::wallet::Journal>(input);
            break;
        case 2:
            file<dusk::wallet::NoteCache>(input);
            break;
        case 3:
            file<dusk::wallet::WalletSettings>(input);
            break;
        case 4:
            order(input);
            break;
        case 5:
            request(input);
            break;
        default:
            history(input);
    }
    return 0;
}
