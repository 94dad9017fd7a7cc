// Archives of transactions and of what the genesis contracts exchange: the first byte picks a type. Whatever is
// accepted is written again; the new archive must read as an equal value, and from then on the bytes no longer change.
#include "ledger/contract_error.hpp"
#include "ledger/stake_contract.hpp"
#include "ledger/transaction_archive.hpp"
#include "ledger/transfer_events.hpp"
#include "require.hpp"

namespace {

using namespace dusk;
using namespace dusk::ledger;
using fuzz::require;

template <class T>
void check(ByteView bytes) {
    const auto value = archive_read<T>(bytes);
    if (!value) {
        require(value.error().offset <= bytes.size());
        return;
    }
    const Bytes written = archive_write(*value);
    const auto again = archive_read<T>(written);
    require(again.has_value() && *again == *value);
    require(archive_write(*again) == written);
}

// What is signed and who signed it, whatever the limbs.
void check_permit(ByteView bytes) {
    check<Withdraw>(bytes);
    const auto permit = archive_read<Withdraw>(bytes);
    if (!permit) return;
    require(permit->signature_message().has_value() || !permit->wrapped_signature_message());
    (void)permit->is_signed_by_receiver();
}

void check_stake(ByteView bytes) {
    check<Stake>(bytes);
    const auto stake = archive_read<Stake>(bytes);
    if (stake) (void)stake->signature_message();
}

// The order is that of fuzz/corpus.py.
constexpr void (*kChecks[])(ByteView) = {check<Transaction>,
                                         check_permit,
                                         check_stake,
                                         check<StakeWithdraw>,
                                         check<PhoenixTransactionEvent>,
                                         check<MoonlightTransactionEvent>,
                                         check<ConvertEvent>,
                                         check<std::vector<Reward>>,
                                         check<StakeEntry>,
                                         check<ContractToContract>,
                                         check<std::optional<crypto::NoteOpening>>,
                                         check<std::expected<Bytes, ContractError>>};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    kChecks[data[0] % std::size(kChecks)](ByteView(data + 1, size - 1));
    return 0;
}
