// Public parameters in both formats, and prover files: what reads is written the same.
#include <cstdlib>

#include "plonk/prover_file.hpp"

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    using namespace dusk::plonk;
    if (size == 0) return 0;
    const ByteView bytes(data + 1, size - 1);
    SerialExecutor executor;
    switch (data[0] % 3) {
        case 0:
            if (const auto read = PublicParameters::from_bytes(bytes, executor)) {
                require(equal(read->to_bytes(), bytes));
                require(!secret_is_root_of_unity(read->powers()));
            }
            break;
        case 1:
            if (const auto read = PublicParameters::from_trusted_raw_bytes(bytes, executor)) {
                for (const G1Affine& point : read->powers()) require(point.is_on_curve());
            }
            break;
        default:
            if (const auto read = read_prover_file(bytes, executor)) {
                Bytes written;
                write_prover_file(*read, [&](ByteView piece) { append(written, piece); }, executor);
                require(equal(written, bytes));
            }
            break;
    }
    return 0;
}
