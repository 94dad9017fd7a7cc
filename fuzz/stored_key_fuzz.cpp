// Stored prover keys behind their digests, which a fuzzer cannot find: they are put there. The input is two bytes with
// the length of the header, the header, and the parts. What reads is written the same.
#include <algorithm>
#include <cstdlib>

#include "base/writer.hpp"
#include "crypto/blake3.hpp"
#include "plonk/stored_key.hpp"

namespace {

using namespace dusk;

// Of all parts whose bytes are there.
void set_digests(Bytes& header, ByteView parts) {
    constexpr std::size_t kParts = plonk::kKeyColumns + 1;
    constexpr std::size_t kHead = 8 + 32;
    if (header.size() < kParts * kHead) return;
    std::uint8_t* head = header.data() + header.size() - kParts * kHead;
    for (std::size_t i = 0; i < kParts; ++i, head += kHead) {
        const std::size_t item = i < plonk::kKeyColumns ? crypto::Fq::kSize : crypto::G1Affine::kRawSize;
        const auto count = load_le<std::uint64_t>(head);
        if (count > parts.size() / item) return;
        std::ranges::copy(crypto::blake3(parts.first(count * item)), head + 8);
        parts = parts.subspan(count * item);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    if (size < 2) return 0;
    const std::size_t length = std::min<std::size_t>(load_le<std::uint16_t>(data), size - 2);
    Bytes header = to_vector(input.subspan(2, length));
    const ByteView parts = input.subspan(2 + length);
    set_digests(header, parts);
    constexpr std::uint32_t kVersion = 3;
    Writer stored;
    stored.bytes(as_bytes("DUSKPKEY")).le(kVersion).prefixed_le<std::uint32_t>(header);
    stored.bytes(crypto::blake3(header)).bytes(parts);
    plonk::KeyOrigin origin{};
    if (header.size() >= origin.size()) origin = take<32>(header);
    static SerialExecutor executor;
    const auto key = plonk::read_stored_key(stored.view(), origin, executor);
    if (key && !equal(plonk::write_stored_key(*key, origin), stored.view())) std::abort();
    return 0;
}
