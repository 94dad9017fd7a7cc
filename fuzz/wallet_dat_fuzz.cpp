// wallet.dat of rusk-wallet: what opens is recognised as one.
#include <cstdlib>

#include "app/key_files.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    const auto opened = wallet::open_wallet_dat({data, size}, SecretBytes(std::string_view("password")));
    if (opened && app::kind_of("name.dat", {data, size}) != app::KeyFileKind::wallet_dat) std::abort();
    if (opened ? opened->profiles() == 0 : to_string(opened.error()).empty()) std::abort();
    return 0;
}
