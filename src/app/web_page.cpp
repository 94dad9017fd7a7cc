#include "app/web_page.hpp"

#include <cstdlib>

#include "app/embedded_binary.hpp"

namespace dusk::app {

const rpc::PageFiles* web_page() {
    if (embedded_page().empty()) return nullptr;
    static const auto files = rpc::PageFiles::parse(embedded_page());
    if (!files) std::abort();  // a fault of the build
    return &*files;
}

}  // namespace dusk::app
