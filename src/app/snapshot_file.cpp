#include "app/snapshot_file.hpp"

#include <fmt/core.h>

#include <cerrno>

namespace dusk::app {
namespace {

std::unexpected<Failure> bad_snapshot(const std::filesystem::path& path, chain::SnapshotError error) {
    return fail(Failure{.exit = ExitCode::bad_input,
                        .code = "bad_snapshot",
                        .message = fmt::format("{}: {}", path.string(), to_string(error))});
}
std::unexpected<Failure> unreadable(const std::filesystem::path& path, vm::SystemError error) {
    const auto kind = error == ENOENT ? FileError::Kind::missing : FileError::Kind::unreadable;
    return fail(failure_of(FileError{.kind = kind, .path = path, .system_error = error}));
}

}  // namespace

Result<SnapshotFile, Failure> SnapshotFile::open(const std::filesystem::path& path) {
    SnapshotFile out;
    out.path_ = path.string();
    auto file = vm::system_files().open(path, vm::FileSystem::Open::read);
    if (!file) return unreadable(path, file.error());
    out.file_ = std::move(*file);
    const auto size = out.file_->size();
    if (!size) return unreadable(path, size.error());
    out.size_ = *size;

    Bytes bytes(chain::ChainSnapshot::kPrefixSize);
    const auto prefix = out.file_->read_at(bytes, 0);
    if (!prefix) return unreadable(path, prefix.error());
    const auto chain_size = chain::snapshot_size(ByteView(bytes).first(*prefix));
    if (!chain_size) return bad_snapshot(path, chain_size.error());
    if (*chain_size > *size) return bad_snapshot(path, chain::SnapshotError::truncated);
    bytes.resize(*chain_size);
    const auto whole = out.file_->read_at(bytes, 0);
    if (!whole) return unreadable(path, whole.error());
    auto chain = chain::decode_snapshot(ByteView(bytes).first(*whole));
    if (!chain) return bad_snapshot(path, chain.error());
    out.chain_ = std::move(*chain);
    out.at_ = *chain_size;
    return out;
}

vm::ByteSource SnapshotFile::state() {
    return [this](MutableByteView out) -> Result<std::size_t, vm::StoreFailure> {
        const auto got = file_->read_at(out, at_);
        if (!got) return fail(vm::system_failure(path_, got.error()));
        at_ += *got;
        return *got;
    };
}

}  // namespace dusk::app
