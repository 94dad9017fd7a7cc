// Files of notes: what is read is written, and reads back as the same.
#include "app/notes_file.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    const auto file = app::read_notes_file({data, size});
    if (!file) {
        fuzz::require(!file.error().empty());
        return 0;
    }
    const std::string written = app::write_notes_file(*file);
    const auto again = app::read_notes_file(as_bytes(written));
    fuzz::require(again.has_value() && again->root == file->root && again->notes.size() == file->notes.size());
    fuzz::require(app::write_notes_file(*again) == written);
    return 0;
}
