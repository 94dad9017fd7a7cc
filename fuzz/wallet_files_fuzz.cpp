// The files of a wallet and its requests for payment, the first byte says which: what is read is written, and reads
// back as the same.
#include "app/wallet_order.hpp"
#include "require.hpp"
#include "wallet/address_book.hpp"
#include "wallet/journal.hpp"
#include "wallet/note_cache.hpp"
#include "wallet/payment_uri.hpp"
#include "wallet/wallet_settings.hpp"

namespace {

using dusk::as_bytes;
using dusk::ByteView;

template <class File>
void file(ByteView input) {
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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView input(data + 1, size - 1);
    switch (data[0] % 6) {
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
        default:
            request(input);
    }
    return 0;
}
