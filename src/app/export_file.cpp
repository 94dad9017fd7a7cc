#include "app/export_file.hpp"

#include "app/db_store.hpp"
#include "app/free_name.hpp"

namespace dusk::app {

namespace fs = std::filesystem;

ExportFile::~ExportFile() {
    if (file_ && !placed_) (void)vm::system_files().remove(temporary_);
}

Result<void, Failure> ExportFile::may_write(const fs::path& path, Overwrite overwrite) {
    std::error_code ignored;
    if (overwrite == Overwrite::allow || !fs::exists(fs::symlink_status(path, ignored))) return {};
    return fail(failure_of(FileError{.kind = FileError::Kind::exists, .path = path}));
}

Result<void, vm::StoreFailure> ExportFile::open() {
    auto file = vm::system_files().open(temporary_, vm::FileSystem::Open::replace);
    if (!file) return fail(vm::system_failure(temporary_, file.error()));
    file_ = std::move(*file);
    return {};
}

Result<void, vm::StoreFailure> ExportFile::write(ByteView bytes) {
    const auto written = file_->write_at({&bytes, 1}, size_);
    if (!written) return fail(vm::system_failure(temporary_, written.error()));
    size_ += bytes.size();
    return {};
}

Result<void, Failure> ExportFile::put_in_place(Overwrite overwrite) {
    if (const auto synced = file_->sync(); !synced) {
        return fail(failure_of(vm::system_failure(temporary_, synced.error())));
    }
    if (overwrite == Overwrite::allow) {
        if (const auto named = vm::system_files().rename(temporary_, path_); !named) {
            return fail(failure_of(vm::system_failure(path_.string(), named.error())));
        }
    } else {
        const Naming naming = give_free_name(temporary_.c_str(), path_.c_str());
        const auto kind = naming == Naming::taken ? FileError::Kind::exists : FileError::Kind::unwritable;
        if (naming != Naming::done) return fail(failure_of(FileError{.kind = kind, .path = path_}));
    }
    placed_ = true;
    return {};
}

}  // namespace dusk::app
