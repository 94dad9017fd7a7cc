// Exported states, as a file from outside and as what is below the compression of a whole one. What is imported has
// the root that it claims, and comes out of the store with the same contents.
#include "require.hpp"
#include "vm/store/memory_files.hpp"
#include "vm/store/state_export.hpp"

namespace {

using namespace dusk;
using namespace dusk::vm;

ByteSource source_of(ByteView bytes) {
    return [bytes](MutableByteView out) mutable -> Result<std::size_t, StoreFailure> {
        const std::size_t size = std::min(out.size(), bytes.size());
        std::copy_n(bytes.begin(), size, out.begin());
        bytes = bytes.subspan(size);
        return size;
    };
}

ByteSink sink_to(Bytes& out) {
    return [&out](ByteView bytes) {
        append(out, bytes);
        return Result<void, StoreFailure>();
    };
}

void check(ByteView file) {
    MemoryFiles files;
    const auto store = *Store::open("db", {.files = &files});
    const auto report = import_state(*store, source_of(file));
    if (!report) {
        fuzz::require(!describe(report.error()).empty() && store->commits().empty());
        return;
    }
    const auto state = store->state(report->root);
    fuzz::require(state.has_value() && (*state)->root() == report->root);
    Bytes again;
    fuzz::require(write_export(*store, **state, sink_to(again)).has_value());
    fuzz::require(import_state(*store, source_of(again)).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    check({data, size});
    Bytes whole;
    CompressingWriter out(sink_to(whole));
    fuzz::require(out.write({data, size}).has_value() && out.finish().has_value());
    check(whole);
    return 0;
}
