#include "wallet/address_book.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "base/utf8.hpp"
#include "phoenix/address.hpp"
#include "wallet/json_fields.hpp"

namespace dusk::wallet {
namespace {

constexpr FileForm kForm{
    .format = "dusk-contacts", .version = 1, .most_bytes = std::size_t{8} << 20, .has_checksum = true};
constexpr std::size_t kLongestName = 64;

bool is_name(const std::string& name) {
    const bool is_control =
        std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    return !name.empty() && name.size() <= kLongestName && name.front() != ' ' && name.back() != ' ' && !is_control &&
           is_utf8(as_bytes(name)) && !phoenix::parse_address(name);
}

}  // namespace

Result<AddressBook, std::string> AddressBook::read(ByteView file) {
    const auto json = parse_file(file, kForm);
    if (!json) return fail(json.error());
    const Json* const list = list_at(*json, "contacts");
    if (list == nullptr) return fail(std::string("contacts is missing or no list"));
    AddressBook out;
    for (const Json& one : *list) {
        const auto added = out.add(text_at(one, "name").value_or(""), text_at(one, "address").value_or(""));
        if (!added) return fail(fmt::format("contact {}: {}", out.contacts_.size(), added.error()));
    }
    return out;
}

std::string AddressBook::to_file() const {
    Json json = begin_file(kForm);
    json["contacts"] = Json::array();
    for (const auto& [name, address] : contacts_) json["contacts"].push_back({{"name", name}, {"address", address}});
    return file_text(std::move(json), kForm);
}

Result<void, std::string> AddressBook::add(const std::string& name, const std::string& address) {
    if (!is_name(name)) {
        return fail(fmt::format("a name has 1 to {} characters, and is no address itself", kLongestName));
    }
    if (const auto parsed = phoenix::parse_address(address); !parsed) {
        return fail(std::string(to_string(parsed.error())));
    }
    if (contacts_.size() >= kMostContacts && !contacts_.contains(name)) {
        return fail(fmt::format("the address book has room for {} names", kMostContacts));
    }
    contacts_[name] = address;
    return {};
}

const std::string* AddressBook::address_of(const std::string& name) const {
    const auto found = contacts_.find(name);
    return found == contacts_.end() ? nullptr : &found->second;
}

std::string AddressBook::name_of(std::string_view address) const {
    const auto found = std::ranges::find(contacts_, address, [](const auto& contact) { return contact.second; });
    return found == contacts_.end() ? std::string() : found->first;
}

}  // namespace dusk::wallet
