// Names for addresses, so that nobody types 88 characters twice.
#pragma once

#include <map>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace dusk::wallet {

// A file in JSON: {"format": "dusk-contacts", "version": 1, "contacts": [{"name", "address"}], "checksum"}.
class AddressBook {
  public:
    static constexpr std::size_t kMostContacts = 10'000;

    // The error is a sentence.
    [[nodiscard]] static Result<AddressBook, std::string> read(ByteView file);
    [[nodiscard]] std::string to_file() const;

    // Of either kind (phoenix/address.hpp). Replaces an entry of the same name. The error is a sentence: a name is 1 to
    // 64 characters without blanks at its ends and without control characters, and no address itself.
    [[nodiscard]] Result<void, std::string> add(const std::string& name, const std::string& address);
    // Whether it was there.
    bool remove(const std::string& name) { return contacts_.erase(name) > 0; }

    // Null where there is none.
    [[nodiscard]] const std::string* address_of(const std::string& name) const;
    // Empty where there is none.
    [[nodiscard]] std::string name_of(std::string_view address) const;
    // By name.
    [[nodiscard]] const std::map<std::string, std::string>& contacts() const { return contacts_; }

  private:
    std::map<std::string, std::string> contacts_;
};

}  // namespace dusk::wallet
