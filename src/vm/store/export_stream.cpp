#include "vm/store/export_stream.hpp"

#include <zstd.h>

namespace dusk::vm {
namespace {

constexpr int kLevel = 3;
constexpr int kLargestWindow = 23;  // log2 of 8 MiB: the memory that a stream from outside may ask for
constexpr std::size_t kBuffer = std::size_t{1} << 17;

void free_compressor(ZSTD_CCtx_s* context) { ZSTD_freeCCtx(context); }
void free_decompressor(ZSTD_DCtx_s* context) { ZSTD_freeDCtx(context); }

}  // namespace

CompressingWriter::CompressingWriter(ByteSink sink)
    : sink_(std::move(sink)), context_(ZSTD_createCCtx(), free_compressor), buffer_(kBuffer) {
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, kLevel);
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_windowLog, kLargestWindow);
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
}

Result<void, StoreFailure> CompressingWriter::compress(ByteView bytes, bool end) {
    ZSTD_inBuffer in{.src = bytes.data(), .size = bytes.size(), .pos = 0};
    while (true) {
        ZSTD_outBuffer out{.dst = buffer_.data(), .size = buffer_.size(), .pos = 0};
        const std::size_t left = ZSTD_compressStream2(context_.get(), &out, &in, end ? ZSTD_e_end : ZSTD_e_continue);
        if (ZSTD_isError(left) != 0) return fail(StoreFailure{.kind = StoreError::io});
        if (out.pos != 0) {
            if (auto written = sink_(ByteView(buffer_).first(out.pos)); !written) return written;
        }
        if (end ? left == 0 : in.pos == in.size) return {};
    }
}

Result<void, StoreFailure> CompressingWriter::write(ByteView bytes) {
    hasher_.update(bytes);
    return compress(bytes, false);
}

Result<void, StoreFailure> CompressingWriter::finish() { return compress(hasher_.finish(), true); }

DecompressingReader::DecompressingReader(ByteSource source)
    : source_(std::move(source)), context_(ZSTD_createDCtx(), free_decompressor), buffer_(kBuffer) {
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kLargestWindow);
}

// Some bytes; none at the end of the compressed frame.
Result<std::size_t, StoreFailure> DecompressingReader::decompress(MutableByteView bytes) {
    ZSTD_outBuffer out{.dst = bytes.data(), .size = bytes.size(), .pos = 0};
    while (out.pos == 0 && !at_end_) {
        if (used_ == filled_) {
            const auto got = source_(buffer_);
            if (!got) return fail(got.error());
            if (*got == 0) return fail(malformed());
            filled_ = *got;
            used_ = 0;
            taken_ += *got;
        }
        ZSTD_inBuffer in{.src = buffer_.data(), .size = filled_, .pos = used_};
        const std::size_t left = ZSTD_decompressStream(context_.get(), &out, &in);
        used_ = in.pos;
        if (ZSTD_isError(left) != 0) return fail(malformed());
        at_end_ = left == 0;
    }
    return out.pos;
}

Result<void, StoreFailure> DecompressingReader::read(MutableByteView out) {
    for (MutableByteView rest = out; !rest.empty();) {
        const auto got = decompress(rest);
        if (!got) return fail(got.error());
        if (*got == 0) return fail(malformed());
        rest = rest.subspan(*got);
    }
    hasher_.update(out);
    return {};
}

Result<void, StoreFailure> DecompressingReader::finish() {
    const Hash expected = hasher_.finish();
    Hash digest;
    if (auto got = read(digest); !got) return got;
    if (digest != expected) return fail(malformed());
    // The frame ends here, and so does the source.
    std::uint8_t more = 0;
    const auto behind = decompress({&more, 1});
    if (!behind) return fail(behind.error());
    if (*behind != 0 || used_ != filled_) return fail(malformed());
    const auto rest = source_(buffer_);
    if (!rest) return fail(rest.error());
    if (*rest != 0) return fail(malformed());
    return {};
}

}  // namespace dusk::vm
