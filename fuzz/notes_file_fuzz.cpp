// Files of notes: what is read is written, and reads back as the same.
#include "require.hpp"
#include "wallet/notes_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    const auto file = wallet::read_notes_file({data, size});
    if (!file) {
        fuzz::require(!file.error().empty());
        return 0;
    }
    const std::string written = wallet::write_notes_file(*file);
    const auto again = wallet::read_notes_file(as_bytes(written));
    fuzz::require(again.has_value() && again->root == file->root && again->notes.size() == file->notes.size());
    fuzz::require(wallet::write_notes_file(*again) == written);
    return 0;
}
