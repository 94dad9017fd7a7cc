#include "vm/store/log_file.hpp"

#include <algorithm>
#include <limits>

#include "base/writer.hpp"
#include "crypto/blake3.hpp"

namespace dusk::vm {
namespace {

constexpr ByteArray<8> kMagic = {'D', 'U', 'S', 'K', 'V', 'M', 'L', 'G'};
constexpr std::uint32_t kVersion = 1;

template <std::size_t N>
ByteArray<N> check_of(std::uint64_t generation, std::uint64_t offset, std::initializer_list<ByteView> parts) {
    ByteArray<16> place;
    store_le(place.data(), generation);
    store_le(place.data() + 8, offset);
    crypto::Blake3 hasher;
    hasher.update(place);
    for (const ByteView part : parts) hasher.update(part);
    return take<N>(hasher.finish());
}

Bytes header_of(std::uint64_t generation) {
    Writer out(LogReader::kHeaderSize);
    out.bytes(kMagic).le(kVersion).le(generation);
    const auto check = check_of<16>(generation, 0, {out.view()});
    out.bytes(check);
    return std::move(out).finish();
}

}  // namespace

Result<LogReader, StoreFailure> LogReader::open(ByteView file) {
    if (file.size() < kHeaderSize || !equal(file.first(kMagic.size()), kMagic)) {
        return fail(StoreFailure{.kind = StoreError::not_a_store});
    }
    const auto generation = load_le<std::uint64_t>(file.data() + 12);
    if (!equal(file.subspan(20, 16), check_of<16>(generation, 0, {file.first(20)}))) {
        return fail(StoreFailure{.kind = StoreError::damaged_log});
    }
    if (load_le<std::uint32_t>(file.data() + 8) != kVersion) {
        return fail(StoreFailure{.kind = StoreError::unknown_version});
    }
    return LogReader(file.subspan(kHeaderSize), generation, kHeaderSize);
}

std::optional<LogRecord> LogReader::record_at(std::uint64_t offset) const {
    const ByteView rest = bytes_.subspan(offset - first_);
    if (rest.size() < kOverhead) return std::nullopt;
    const ByteView head = rest.first(5);
    const std::uint64_t length = load_le<std::uint32_t>(head.data());
    if (length > rest.size() - kOverhead || head[4] == 0 || head[4] > kLastRecordType) return std::nullopt;
    if (!equal(rest.subspan(5, 8), check_of<8>(generation_, offset, {head}))) return std::nullopt;
    const ByteView record = rest.first(kRecordHead + length);
    if (!equal(rest.subspan(record.size(), 16), check_of<16>(generation_, offset, {record}))) return std::nullopt;
    return LogRecord{
        .type = static_cast<RecordType>(head[4]), .payload = record.subspan(kRecordHead), .offset = offset};
}

std::optional<LogRecord> LogReader::next() {
    const auto record = record_at(position_);
    if (record) position_ += record->payload.size() + kOverhead;
    return record;
}

bool LogReader::skip_damage() {
    for (std::uint64_t at = position_ + 1; at + kOverhead <= end(); ++at) {
        if (!record_at(at)) continue;
        position_ = at;
        return true;
    }
    return false;
}

Result<LogFile, StoreFailure> LogFile::create(FileSystem& system, const std::filesystem::path& path,
                                              std::uint64_t generation) {
    auto file = system.open(path, FileSystem::Open::replace);
    if (!file) return fail(system_failure(path.string(), file.error()));
    const Bytes header = header_of(generation);
    const ByteView piece = header;
    if (const auto written = (*file)->write_at({&piece, 1}, 0); !written) {
        return fail(system_failure(path.string(), written.error()));
    }
    return LogFile(std::move(*file), path.string(), generation, header.size());
}

Result<LogFile, StoreFailure> LogFile::resume(std::unique_ptr<File> file, std::string name, std::uint64_t generation,
                                              std::uint64_t end, std::uint64_t size, bool sync) {
    if (end < size) {
        auto cut = file->resize(end);
        if (cut && sync) cut = file->sync();
        if (!cut) return fail(system_failure(name, cut.error()));
    }
    return LogFile(std::move(file), std::move(name), generation, end);
}

Result<void, StoreFailure> LogFile::append(RecordType type, ByteView payload, bool sync) {
    if (failed_) return fail(StoreFailure{.kind = StoreError::failed_before, .file = name_});
    if (payload.size() > std::numeric_limits<std::uint32_t>::max() - LogReader::kOverhead) {
        return fail(StoreFailure{.kind = StoreError::no_space, .file = name_});
    }
    Writer head(LogReader::kRecordHead);
    head.le(static_cast<std::uint32_t>(payload.size())).u8(static_cast<std::uint8_t>(type));
    const auto head_check = check_of<8>(generation_, end_, {head.view()});
    head.bytes(head_check);
    const auto check = check_of<16>(generation_, end_, {head.view(), payload});
    const std::array<ByteView, 3> pieces = {head.view(), payload, check};
    if (const auto written = file_->write_at(pieces, end_); !written) {
        failed_ = !file_->resize(end_).has_value();
        return fail(system_failure(name_, written.error()));
    }
    if (sync) {
        if (const auto synced = file_->sync(); !synced) {
            failed_ = true;
            return fail(system_failure(name_, synced.error()));
        }
    }
    end_ += payload.size() + LogReader::kOverhead;
    return {};
}

}  // namespace dusk::vm
