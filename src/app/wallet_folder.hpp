// The folder of a wallet (docs/wallet.md): its secret under a password, and what it remembers.
//
//     wallet.keys     the keystore (docs/formats/keystore.md); not there in a wallet that only watches
//     wallet.json     public keys, network, node
//     contacts.json   the address book
//     notes.json      notes that were found, per chain
//     journal.json    what was sent
//
// Every file has mode 0600 and is replaced as a whole. One program at a time works on a folder.
#pragma once

#include "app/outcome.hpp"
#include "node/folder_lock.hpp"
#include "wallet/address_book.hpp"
#include "wallet/journal.hpp"
#include "wallet/note_cache.hpp"
#include "wallet/profile.hpp"
#include "wallet/wallet_settings.hpp"

namespace dusk::app {

// What every command of a wallet is told.
struct WalletOptions {
    std::filesystem::path folder{};  // empty: $DUSK_WALLET, or ~/.dusk/wallet
    PasswordSource password{};
    std::string node{};         // instead of the one in the settings
    std::string authorities{};  // file of those that nodes and provers over TLS are trusted by; empty: the system's
};

// Error: usage (there is no home).
[[nodiscard]] Result<std::filesystem::path, Failure> wallet_folder_of(const WalletOptions& options);

// A folder that was made for a wallet, and is gone again unless the wallet comes to be.
class NewFolder {
  public:
    NewFolder() = default;
    explicit NewFolder(std::filesystem::path path) : path_(std::move(path)) {}
    NewFolder(NewFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    NewFolder& operator=(NewFolder&&) = delete;
    ~NewFolder();
    void keep() { path_.clear(); }

  private:
    std::filesystem::path path_{};  // empty: nothing is to go
};

class WalletFolder {
  public:
    // Makes the folder where it is missing, with mode 0700; it stays when `keep` is called. Errors: wallet_exists
    // (there is a wallet in it), wallet_busy, file.
    [[nodiscard]] static Result<WalletFolder, Failure> make(const WalletOptions& options);
    void keep() { new_.keep(); }
    // Errors: no_wallet, wallet_busy, file, damaged.
    [[nodiscard]] static Result<WalletFolder, Failure> open(const WalletOptions& options);

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path keystore() const { return path_ / "wallet.keys"; }

    // Asks for the password. Errors: watch_only; those of key files.
    [[nodiscard]] Result<wallet::WalletSecret, Failure> open_secret(const WalletOptions& options) const;

    wallet::WalletSettings settings{};
    std::string authorities{};  // as the options have it
    // Errors: file, damaged. A file that is not there is empty.
    [[nodiscard]] Result<wallet::AddressBook, Failure> contacts() const;
    [[nodiscard]] Result<wallet::NoteCache, Failure> notes() const;
    [[nodiscard]] Result<wallet::Journal, Failure> journal() const;

    // Error: file.
    [[nodiscard]] Result<void, Failure> save_settings() const;
    [[nodiscard]] Result<void, Failure> save(const wallet::AddressBook& contacts) const;
    [[nodiscard]] Result<void, Failure> save(const wallet::NoteCache& notes) const;
    [[nodiscard]] Result<void, Failure> save(const wallet::Journal& journal) const;

  private:
    WalletFolder(std::filesystem::path path, node::FolderLock lock, NewFolder made = {})
        : path_(std::move(path)), lock_(std::move(lock)), new_(std::move(made)) {}
    [[nodiscard]] Result<void, Failure> write(const char* name, const std::string& text) const;
    template <class File>
    [[nodiscard]] Result<File, Failure> read(const char* name) const;

    std::filesystem::path path_;
    node::FolderLock lock_;
    NewFolder new_;
};

}  // namespace dusk::app
