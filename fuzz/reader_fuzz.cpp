// The wire reader, driven by the input: its first half says what to read, its second half is read. Whatever was read is
// written again and must give the bytes that were consumed.
#include <cstdlib>

#include "base/reader.hpp"
#include "base/writer.hpp"

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

void step(std::uint8_t action, dusk::Reader& in, dusk::Writer& out) {
    switch (action % 12) {
        case 0:
            out.u8(in.u8());
            break;
        case 1:
            out.le(in.le<std::uint16_t>());
            break;
        case 2:
            out.be(in.be<std::uint32_t>());
            break;
        case 3:
            out.le(in.le<std::uint64_t>());
            break;
        case 4:
            out.boolean(in.boolean());
            break;
        case 5:
            out.u8(in.tag(action));
            break;
        case 6:
            out.bytes(in.bytes(action));
            break;
        case 7:
            out.bytes(in.array<32>());
            break;
        case 8:
            out.prefixed_le<std::uint8_t>(in.prefixed_le<std::uint8_t>(action));
            break;
        case 9:
            out.prefixed_be<std::uint16_t>(in.prefixed_be<std::uint16_t>(4U * action));
            break;
        case 10: {
            const std::size_t count = in.count_le<std::uint32_t>(1000, 2);
            require(count * 2 <= in.remaining() || !in.ok());
            out.count_le<std::uint32_t>(count);
            break;
        }
        default: {
            const std::size_t count = in.count_be<std::uint64_t>(action, 4);
            require(count <= action);
            out.count_be<std::uint64_t>(count);
            break;
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const dusk::ByteView plan(data, size / 2);
    const dusk::ByteView bytes(data + size / 2, size - size / 2);
    dusk::Reader in(bytes);
    dusk::Writer out;
    for (const std::uint8_t action : plan) {
        const std::size_t before = in.position();
        dusk::Writer trial = out;
        step(action, in, trial);
        require(in.position() >= before && in.position() <= bytes.size());
        if (!in.ok()) break;
        out = std::move(trial);
        require(dusk::equal(out.view(), bytes.first(in.position())));
    }
    const bool all_read = in.ok() && in.remaining() == 0;
    require(in.finish().has_value() == all_read);
    if (!in.ok()) require(in.error()->offset <= bytes.size());
    return 0;
}
