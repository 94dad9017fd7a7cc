// Compressed streams (zstd), with a BLAKE3 of all that goes through.
#pragma once

#include <functional>
#include <memory>

#include "crypto/blake3.hpp"
#include "vm/contract_id.hpp"
#include "vm/store/error.hpp"

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace dusk::vm {

using ByteSink = std::function<Result<void, StoreFailure>(ByteView)>;
// Fills what it can of a buffer: how much, 0 at the end.
using ByteSource = std::function<Result<std::size_t, StoreFailure>(MutableByteView)>;

class CompressingWriter {
  public:
    explicit CompressingWriter(ByteSink sink);

    [[nodiscard]] Result<void, StoreFailure> write(ByteView bytes);
    // Writes the digest of everything so far and ends the stream.
    [[nodiscard]] Result<void, StoreFailure> finish();

  private:
    [[nodiscard]] Result<void, StoreFailure> compress(ByteView bytes, bool end);

    ByteSink sink_;
    std::unique_ptr<ZSTD_CCtx_s, void (*)(ZSTD_CCtx_s*)> context_;
    crypto::Blake3 hasher_;
    Bytes buffer_;
};

// Errors are bad_export, with the place in the compressed stream, and those of the source.
class DecompressingReader {
  public:
    explicit DecompressingReader(ByteSource source);

    // Exactly this much.
    [[nodiscard]] Result<void, StoreFailure> read(MutableByteView out);
    // Reads the digest, compares it, and nothing may follow.
    [[nodiscard]] Result<void, StoreFailure> finish();
    [[nodiscard]] StoreFailure malformed() const { return {.kind = StoreError::bad_export, .offset = taken_}; }

  private:
    [[nodiscard]] Result<std::size_t, StoreFailure> decompress(MutableByteView out);

    ByteSource source_;
    std::unique_ptr<ZSTD_DCtx_s, void (*)(ZSTD_DCtx_s*)> context_;
    crypto::Blake3 hasher_;
    Bytes buffer_;
    std::size_t filled_ = 0;   // of the buffer
    std::size_t used_ = 0;     // of these
    std::uint64_t taken_ = 0;  // bytes of the source
    bool at_end_ = false;      // of the compressed frame
};

}  // namespace dusk::vm
