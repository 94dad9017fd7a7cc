// Values of the node's database. What decodes is written with the same bytes, but for blocks and transactions, which
// have other encodings of the same.
#include "require.hpp"
#include "storage/stored_values.hpp"

namespace {

using namespace dusk;

template <class T>
void check(ByteView bytes, bool canonical = true) {
    const auto value = storage::decode_value<T>(bytes);
    if (!value) {
        fuzz::require(!value.error().empty());
        return;
    }
    const Bytes encoded = ledger::encode(*value);
    if (canonical) fuzz::require(equal(encoded, bytes));
    const auto again = storage::decode_value<T>(encoded);
    fuzz::require(again.has_value() && ledger::encode(*again) == encoded);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView bytes = ByteView(data, size).subspan(1);
    switch (data[0] % 12) {
        case 0:
            check<storage::StoredFormat>(bytes);
            break;
        case 1:
            check<storage::StoredHeader>(bytes);
            break;
        case 2:
            check<storage::StoredLabel>(bytes);
            break;
        case 3:
            check<storage::StoredHeight>(bytes);
            break;
        case 4:
            check<storage::StoredPlace>(bytes);
            break;
        case 5:
            check<storage::StoredSidecar>(bytes);
            break;
        case 6:
            check<storage::StoredIteration>(bytes);
            break;
        case 7:
            check<storage::StoredStepTimes>(bytes);
            break;
        case 8:
            check<storage::StoredPoolTransaction>(bytes, false);
            break;
        case 9:
            check<ledger::SpentTransaction>(bytes, false);
            break;
        case 10:
            check<ledger::Block>(bytes, false);
            break;
        default:
            check<ledger::ValidationResult>(bytes, false);
            break;
    }
    return 0;
}
