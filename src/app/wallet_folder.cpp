#include "app/wallet_folder.hpp"

#include <fmt/core.h>

#include <cstdlib>

#include "app/key_files.hpp"
#include "app/public_files.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSettings = "wallet.json";
constexpr const char* kContacts = "contacts.json";
constexpr const char* kNotes = "notes.json";
constexpr const char* kJournal = "journal.json";

bool is_there(const fs::path& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

Result<node::FolderLock, Failure> lock(const fs::path& path) {
    auto taken = node::FolderLock::take(path);
    if (taken) return *std::move(taken);
    return fail(Failure{.exit = ExitCode::file, .code = "wallet_busy", .message = taken.error()});
}

}  // namespace

Result<fs::path, Failure> wallet_folder_of(const WalletOptions& options) {
    if (!options.folder.empty()) return options.folder;
    if (const char* const own = std::getenv("DUSK_WALLET"); own != nullptr && *own != '\0') return fs::path(own);
    if (const char* const home = std::getenv("HOME"); home != nullptr && fs::path(home).is_absolute()) {
        return fs::path(home) / ".dusk" / "wallet";
    }
    return usage("name the folder of the wallet with --wallet, or set HOME");
}

NewFolder::~NewFolder() {
    if (path_.empty()) return;
    // Only what is empty but for the lock goes.
    std::error_code ignored;
    fs::remove(path_ / "lock", ignored);
    fs::remove(path_, ignored);
}

Result<WalletFolder, Failure> WalletFolder::make(const WalletOptions& options) {
    const auto path = wallet_folder_of(options);
    if (!path) return fail(path.error());
    std::error_code error;
    const bool is_new = !is_there(*path) && fs::create_directories(*path, error);
    NewFolder made = is_new ? NewFolder(*path) : NewFolder();
    if (is_new) fs::permissions(*path, fs::perms::owner_all, error);
    if (error) return file_failure("file_unwritable", fmt::format("{}: {}", path->string(), error.message()));
    auto held = lock(*path);
    if (!held) return fail(held.error());
    if (is_there(*path / kSettings) || is_there(*path / "wallet.keys")) {
        return file_failure("wallet_exists",
                            fmt::format("there is a wallet in {}: name another folder with --wallet", path->string()));
    }
    return WalletFolder(*path, *std::move(held), std::move(made));
}

Result<WalletFolder, Failure> WalletFolder::open(const WalletOptions& options) {
    const auto path = wallet_folder_of(options);
    if (!path) return fail(path.error());
    if (!is_there(*path / kSettings)) {
        const fs::path keys = *path / "wallet.keys";
        if (is_there(keys)) {
            return file_failure(
                "no_wallet",
                fmt::format("{} is there, but {} is not: `dusk wallet open {} --wallet OTHER` makes a wallet "
                            "of the keys in another folder",
                            keys.string(), kSettings, keys.string()));
        }
        return file_failure("no_wallet", fmt::format("there is no wallet in {}: `dusk wallet create` makes one, "
                                                     "--wallet names another folder",
                                                     path->string()));
    }
    auto held = lock(*path);
    if (!held) return fail(held.error());
    WalletFolder out(*path, *std::move(held));
    auto settings = out.read<wallet::WalletSettings>(kSettings);
    if (!settings) return fail(settings.error());
    out.settings = *std::move(settings);
    out.authorities = options.authorities;
    return out;
}

Result<wallet::WalletSecret, Failure> WalletFolder::open_secret(const WalletOptions& options) const {
    if (settings.watches) return refused("watch_only", "this wallet only watches: it has no secret keys");
    const auto content = read_key_file(keystore());
    if (!content) return fail(failure_of(content.error()));
    const auto password =
        read_password(options.password, PasswordUse::open_existing, "Password for " + keystore().string());
    if (!password) return fail(failure_of(password.error()));
    return open_wallet(keystore(), content->reveal(), *password);
}

template <class File>
Result<File, Failure> WalletFolder::read(const char* name) const {
    const fs::path file = path_ / name;
    if (!is_there(file)) return File();
    const auto content = read_public_file(file);
    if (!content) return fail(content.error());
    auto out = File::read(*content);
    if (out) return *std::move(out);
    return fail(Failure{
        .exit = ExitCode::bad_input, .code = "damaged", .message = fmt::format("{}: {}", file.string(), out.error())});
}

Result<wallet::AddressBook, Failure> WalletFolder::contacts() const { return read<wallet::AddressBook>(kContacts); }
Result<wallet::NoteCache, Failure> WalletFolder::notes() const {
    auto out = read<wallet::NoteCache>(kNotes);
    if (!out && out.error().code == "damaged") {
        out.error().message += "; `dusk wallet sync --anew` finds the notes again in the chain";
    }
    return out;
}
Result<wallet::Journal, Failure> WalletFolder::journal() const { return read<wallet::Journal>(kJournal); }

Result<void, Failure> WalletFolder::write(const char* name, const std::string& text) const {
    const auto written = write_key_file(path_ / name, as_bytes(text), Overwrite::allow);
    if (!written) return fail(failure_of(written.error()));
    return {};
}

Result<void, Failure> WalletFolder::save_settings() const { return write(kSettings, settings.to_file()); }
Result<void, Failure> WalletFolder::save(const wallet::AddressBook& contacts) const {
    return write(kContacts, contacts.to_file());
}
Result<void, Failure> WalletFolder::save(const wallet::NoteCache& notes) const {
    return write(kNotes, notes.to_file());
}
Result<void, Failure> WalletFolder::save(const wallet::Journal& journal) const {
    return write(kJournal, journal.to_file());
}

}  // namespace dusk::app
