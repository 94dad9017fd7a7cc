#include "app/key_files.hpp"

#include <fmt/core.h>

namespace dusk::app {
namespace {

namespace fs = std::filesystem;

// The file as it was before it was written; away where there was none. Whether that could be done.
bool take_back(const fs::path& path, const Result<SecretBytes, FileError>& before) {
    if (before) return write_key_file(path, before->reveal(), Overwrite::allow).has_value();
    std::error_code error;
    return before.error().kind == FileError::Kind::missing && fs::remove(path, error);
}

// Keeps the content of a file and writes its keys in the current format. Where the copy lies.
Result<fs::path, FileError> renew(const fs::path& path, ByteView content, const crypto::ConsensusKeys& keys,
                                  const SecretBytes& password, RandomSource& random) {
    fs::path copy = path;
    copy += ".old";
    auto kept = keep_copy(copy, content);
    if (!kept) return kept;
    const std::string sealed = crypto::seal_consensus_keys(keys, password.reveal(), random);
    if (const auto written = write_key_file(path, as_bytes(sealed), Overwrite::allow); !written) {
        return fail(written.error());
    }
    return kept;
}

}  // namespace

KeyFileKind kind_of(const fs::path& path, ByteView content) {
    if (wallet::looks_like_keystore(content)) return KeyFileKind::wallet;
    if (wallet::looks_like_wallet_dat(content)) return KeyFileKind::wallet_dat;
    if (path.extension() == ".dat" && wallet::may_be_old_wallet_dat(content)) return KeyFileKind::wallet_dat;
    if (path.extension() == ".cpk") return KeyFileKind::consensus_public_key;
    if (path.extension() == ".keys" || crypto::looks_like_consensus_keys(content)) return KeyFileKind::consensus_keys;
    if (content.size() == crypto::BlsPublicKey::kSize) return KeyFileKind::consensus_public_key;
    return KeyFileKind::unknown;
}

std::string mode_warning(const fs::path& path) {
    std::error_code error;
    const fs::perms mode = fs::status(path, error).permissions();
    if (error || (mode & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none) return {};
    return fmt::format("others on this machine may read {}: chmod 600 {}", path.string(), path.string());
}

Result<wallet::WalletSecret, Failure> open_wallet(const fs::path& path, ByteView content, const SecretBytes& password) {
    if (kind_of(path, content) == KeyFileKind::wallet_dat) {
        auto secret = wallet::open_wallet_dat(content, password);
        if (!secret) return fail(failure_of(secret.error(), path));
        return std::move(*secret);
    }
    auto secret = wallet::open_keystore(content, password);
    if (!secret) return fail(failure_of(secret.error(), path));
    return std::move(*secret);
}

ConsensusKeyPaths consensus_key_paths(const fs::path& name) {
    fs::path stem = name;
    if (stem.extension() == ".keys" || stem.extension() == ".cpk") stem.replace_extension();
    fs::path keys = stem;
    fs::path public_key = stem;
    keys += ".keys";
    public_key += ".cpk";
    return {.keys = keys, .public_key = public_key};
}

Result<ConsensusKeyPaths, Failure> write_consensus_keys(const fs::path& name, const crypto::ConsensusKeys& keys,
                                                        const SecretBytes& password, Overwrite overwrite,
                                                        RandomSource& random) {
    ConsensusKeyPaths paths = consensus_key_paths(name);
    if (overwrite == Overwrite::refuse) {
        for (const fs::path& path : {paths.keys, paths.public_key}) {
            std::error_code error;
            if (fs::exists(path, error)) {
                return fail(failure_of(FileError{.kind = FileError::Kind::exists, .path = path}));
            }
        }
    }
    const std::string sealed = crypto::seal_consensus_keys(keys, password.reveal(), random);
    const auto before = read_key_file(paths.public_key);
    auto public_file = StagedFile::write(paths.public_key, keys.public_key.to_bytes());
    if (!public_file) return fail(failure_of(public_file.error()));
    auto secret_file = StagedFile::write(paths.keys, as_bytes(sealed));
    if (!secret_file) return fail(failure_of(secret_file.error()));
    if (const auto put = public_file->put_in_place(overwrite); !put) return fail(failure_of(put.error()));
    if (const auto put = secret_file->put_in_place(overwrite); !put) {
        Failure failure = failure_of(put.error());
        if (!take_back(paths.public_key, before)) {
            failure.message += fmt::format("; {} is of the new keys already", paths.public_key.string());
        }
        return fail(std::move(failure));
    }
    return paths;
}

Result<LoadedConsensusKeys, Failure> load_consensus_keys(const fs::path& path, const SecretBytes& password,
                                                         RandomSource& random) {
    const auto content = read_key_file(path);
    if (!content) return fail(failure_of(content.error()));
    auto opened = crypto::open_consensus_keys(content->reveal(), password.reveal());
    if (!opened) return fail(failure_of(opened.error(), path));
    LoadedConsensusKeys loaded{.keys = std::move(opened->keys)};
    if (opened->format == crypto::ConsensusKeysFormat::current) return loaded;

    auto old_copy = renew(path, content->reveal(), loaded.keys, password, random);
    if (old_copy) {
        loaded.old_copy = std::move(*old_copy);
    } else {
        loaded.not_renewed = failure_of(old_copy.error());
    }
    return loaded;
}

}  // namespace dusk::app
