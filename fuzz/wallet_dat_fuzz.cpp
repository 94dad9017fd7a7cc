// wallet.dat of rusk-wallet.
#include <cstdlib>

#include "app/wallet_dat.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    const auto opened = app::open_wallet_dat({data, size}, SecretBytes(std::string_view("password")));
    if (opened ? opened->profiles() == 0 : app::to_string(opened.error()).empty()) std::abort();
    return 0;
}
