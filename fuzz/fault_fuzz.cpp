// Faults, their ids, and what their items say.
#include "ledger/fault.hpp"
#include "wire_round_trip.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    const auto fault = fuzz::check_wire<ledger::Fault>({data, size});
    if (!fault) return 0;
    fuzz::require(fault->is_about_the_same(*fault));
    fuzz::require(fault->size_in_candidate() + 1 == ledger::encode(*fault).size());
    fuzz::require(fault->claims()[0].sign_info.signer == fault->culprit());
    return 0;
}
