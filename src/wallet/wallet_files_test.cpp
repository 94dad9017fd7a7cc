// The files of a wallet: read as they are written, and what is damaged is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/hex.hpp"
#include "crypto/chacha_rng.hpp"
#include "wallet/address_book.hpp"
#include "wallet/journal.hpp"
#include "wallet/json_fields.hpp"
#include "wallet/note_cache.hpp"
#include "wallet/profile.hpp"
#include "wallet/wallet_settings.hpp"

namespace dusk::wallet {
namespace {

using ledger::Lux;
using testing::ElementsAre;
using testing::StartsWith;

Profile profile_of(std::uint64_t seed, std::uint8_t index = 0) {
    crypto::ChaChaRng random(seed);
    crypto::WalletSeed bytes;
    random.fill(bytes.reveal());
    return derive_profile(bytes, index);
}

// Of a text that somebody wrote by hand, as far as it is JSON.
std::string with_checksum(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    return json.is_object() ? file_text(json, {.format = {}, .has_checksum = true}) : std::string(text);
}

TEST(AddressBook, NamesAddressesOfBothKinds) {
    const Profile alice = profile_of(1);
    AddressBook book;
    EXPECT_TRUE(book.add("alice", alice.address()));
    EXPECT_TRUE(book.add("Alice in the open", alice.account()));
    for (const std::string& name : {std::string(), std::string(" a"), std::string("a\n"), std::string(65, 'a'),
                                    std::string("\xff"), alice.address()}) {
        EXPECT_FALSE(book.add(name, alice.address())) << name;
    }
    EXPECT_FALSE(book.add("bob", "nobody"));
    const auto again = AddressBook::read(as_bytes(book.to_file()));
    ASSERT_TRUE(again) << again.error();
    EXPECT_EQ(again->contacts(), book.contacts());
    ASSERT_NE(again->address_of("alice"), nullptr);
    EXPECT_EQ(*again->address_of("alice"), alice.address());
    EXPECT_EQ(again->name_of(alice.account()), "Alice in the open");
    EXPECT_EQ(again->address_of("bob"), nullptr);
    EXPECT_TRUE(book.remove("alice"));
    EXPECT_FALSE(book.remove("alice"));
    for (const char* file :
         {"", "[]", R"({"format":"dusk-contacts","version":2,"contacts":[]})",
          R"({"format":"dusk-contacts","version":1})", R"({"format":"dusk-contacts","version":1,"contacts":[1]})"}) {
        EXPECT_FALSE(AddressBook::read(as_bytes(with_checksum(file)))) << file;
    }
}

CachedNote note_at(std::uint64_t position, std::uint64_t height, std::uint64_t value) {
    crypto::ChaChaRng random(position);
    const Profile owner = profile_of(9);
    const auto key = owner.phoenix.public_key();
    CachedNote out{.profile = 0, .height = height, .value = Lux{value}};
    out.note = phoenix::Note::transparent(random, key, key, value, {crypto::Fr::one(), crypto::Fr::one()});
    out.note.set_pos(position);
    out.nullifier = out.note.nullifier(owner.phoenix).to_bytes();
    return out;
}

TEST(NoteCache, KeepsNotesAndForgetsWhatTheChainTookBack) {
    NoteCache cache;
    cache.add(note_at(0, 5, 10));
    cache.add(note_at(1, 7, 20));
    cache.add(note_at(2, 9, 0));  // worth nothing
    cache.add(note_at(3, 9, 30));
    cache.add(Bookmark{.height = 7, .block = {1}});
    cache.add(Bookmark{.height = 9, .block = {2}});
    EXPECT_EQ(cache.next_height(), 10u);
    EXPECT_EQ(cache.balance(0), (NotesBalance{{60}, {60}}));
    EXPECT_EQ(cache.balance(1), NotesBalance{});
    EXPECT_EQ(cache.unspent_nullifiers().size(), 3u);
    const std::vector<ByteArray<32>> spent{*note_at(1, 7, 20).nullifier};
    cache.mark_spent(spent);
    EXPECT_EQ(cache.balance(0).total, Lux{40});

    const auto again = NoteCache::read(as_bytes(cache.to_file()));
    ASSERT_TRUE(again) << again.error();
    EXPECT_EQ(again->to_file(), cache.to_file());
    EXPECT_EQ(again->bookmarks(), cache.bookmarks());
    EXPECT_EQ(again->balance(0), cache.balance(0));

    cache.forget_above(7);
    EXPECT_EQ(cache.next_height(), 8u);
    EXPECT_EQ(cache.balance(0).total, Lux{30});  // what was spent is asked anew
    cache.forget_all();
    EXPECT_EQ(cache.next_height(), std::nullopt);
    EXPECT_TRUE(cache.notes().empty());
}

TEST(NoteCache, BookmarksThinOutBackwards) {
    NoteCache cache;
    for (std::uint64_t height = 1; height <= 5000; ++height) cache.add(Bookmark{.height = height, .block = {}});
    const auto& bookmarks = cache.bookmarks();
    ASSERT_GE(bookmarks.size(), 8u);
    ASSERT_LE(bookmarks.size(), 32u);
    EXPECT_EQ(bookmarks.front().height, 5000u);
    EXPECT_EQ(bookmarks.back().height, 1u);
    for (std::size_t i = 1; i < bookmarks.size(); ++i) {
        EXPECT_LT(bookmarks[i].height, bookmarks[i - 1].height);
        // About twice as far back as the one before, so that a fork costs little.
        EXPECT_LE(5000 - bookmarks[i].height, 2 * (5000 - bookmarks[i - 1].height) + 4) << i;
    }
}

Sent sent_with(std::string id, std::optional<std::uint64_t> nonce, std::vector<std::uint64_t> spends = {}) {
    Sent out{.id = std::move(id) + std::string(62, '0'), .time = 1000, .action = "send"};
    if (nonce) out.nonce = ledger::Nonce{*nonce};
    out.spends = std::move(spends);
    out.order = "{}";
    out.bytes = {1, 2};
    return out;
}

TEST(Journal, SettlesTransactionsAndTheirRivals) {
    Journal journal;
    EXPECT_EQ(journal.next_nonce(0, {4}, 1000), ledger::Nonce{4});
    journal.add(sent_with("a1", 4));
    journal.add(sent_with("a2", 4));
    journal.add(sent_with("b1", 5));
    journal.add(sent_with("c1", std::nullopt, {3, 4}));
    journal.add(sent_with("c2", std::nullopt, {4}));
    EXPECT_EQ(journal.next_nonce(0, {4}, 1010), ledger::Nonce{6});
    EXPECT_EQ(journal.next_nonce(0, {3}, 1010), ledger::Nonce{3});
    EXPECT_EQ(journal.next_nonce(0, {4}, 1200), ledger::Nonce{4});  // lost since
    EXPECT_EQ(journal.next_nonce(1, {4}, 1010), ledger::Nonce{4});
    EXPECT_THAT(journal.spent_notes(), ElementsAre(3, 4, 4));
    EXPECT_EQ(journal.find("a"), nullptr);  // two of them
    EXPECT_EQ(journal.find("d"), nullptr);
    ASSERT_NE(journal.find("a2"), nullptr);
    EXPECT_THAT(journal.rivals(*journal.find("a2")), ElementsAre(StartsWith("a1")));
    EXPECT_THAT(journal.rivals(*journal.find("c1")), ElementsAre(StartsWith("c2")));
    EXPECT_THAT(journal.rivals(*journal.find("b1")), ElementsAre());
    journal.settle(*journal.find("a2"), 12, {100}, "");
    journal.settle(*journal.find("c1"), 13, {7}, "Panic: no");
    EXPECT_EQ(journal.find("a1")->state, SentState::replaced);
    EXPECT_EQ(journal.find("a2")->state, SentState::done);
    EXPECT_EQ(journal.find("b1")->state, SentState::pending);
    EXPECT_EQ(journal.find("c1")->state, SentState::failed);
    EXPECT_EQ(journal.find("c2")->state, SentState::replaced);
    EXPECT_TRUE(journal.find("a1")->bytes.empty());

    const auto again = Journal::read(as_bytes(journal.to_file()));
    ASSERT_TRUE(again) << again.error();
    EXPECT_EQ(again->to_file(), journal.to_file());
    EXPECT_EQ(again->sent()[2].bytes, (Bytes{1, 2}));
    EXPECT_FALSE(
        Journal::read(as_bytes(with_checksum(R"({"format":"dusk-wallet-journal","version":1,"sent":[{"id":"00"}]})"))));
}

TEST(WalletSettings, ReadAsWritten) {
    const Profile own = profile_of(3);
    WalletSettings settings{.network = "devnet", .node = "127.0.0.1:8080", .birthday = 77};
    settings.profiles.push_back({.address = own.address(), .account = own.account()});
    settings.proof_milliseconds = {900, 0, 0, 1800};
    auto again = WalletSettings::read(as_bytes(settings.to_file()));
    ASSERT_TRUE(again) << again.error();
    EXPECT_EQ(again->to_file(), settings.to_file());
    EXPECT_EQ(again->proof_milliseconds, settings.proof_milliseconds);

    settings.watches = true;
    EXPECT_FALSE(WalletSettings::read(as_bytes(settings.to_file())));  // it needs a view key
    settings.profiles[0].view_key = to_hex(own.phoenix.view_key().to_bytes().reveal());
    again = WalletSettings::read(as_bytes(settings.to_file()));
    ASSERT_TRUE(again) << again.error();
    EXPECT_EQ(again->profiles[0].view_key, settings.profiles[0].view_key);
    settings.profiles[0].address = own.account();
    EXPECT_FALSE(WalletSettings::read(as_bytes(settings.to_file())));
    settings.profiles.clear();
    EXPECT_FALSE(WalletSettings::read(as_bytes(settings.to_file())));
}

RC_GTEST_PROP(WalletFiles, GarbageIsRefused, (const std::string& garbage)) {
    const ByteView bytes = as_bytes(garbage);
    RC_ASSERT(!AddressBook::read(bytes) && !NoteCache::read(bytes) && !Journal::read(bytes) &&
              !WalletSettings::read(bytes));
}

// Each part of a file and each changed bit is an error with words, or reads as nothing else than the whole.
template <class File>
void expect_no_silent_damage(const std::string& file) {
    const auto whole = File::read(as_bytes(file));
    ASSERT_TRUE(whole) << whole.error();
    for (std::size_t size = 0; size + 1 < file.size(); ++size) {
        const auto cut = File::read(as_bytes(std::string_view(file).substr(0, size)));
        ASSERT_FALSE(cut) << size;
        ASSERT_FALSE(cut.error().empty());
    }
    for (std::size_t i = 0; i < 8 * file.size(); ++i) {
        std::string changed = file;
        changed[i / 8] = static_cast<char>(static_cast<unsigned char>(changed[i / 8]) ^ (1U << (i % 8)));
        const auto read = File::read(as_bytes(changed));
        if (read) {
            ASSERT_EQ(read->to_file(), file) << "bit " << i;
        } else {
            ASSERT_FALSE(read.error().empty());
        }
    }
}

TEST(WalletFiles, NoDamageGoesUnnoticed) {
    const Profile own = profile_of(1);
    AddressBook book;
    ASSERT_TRUE(book.add("alice", own.address()));
    expect_no_silent_damage<AddressBook>(book.to_file());
    WalletSettings settings{.node = "127.0.0.1:8080"};
    settings.profiles.push_back({.address = own.address(), .account = own.account()});
    expect_no_silent_damage<WalletSettings>(settings.to_file());
    NoteCache notes;
    notes.add(Bookmark{.height = 7, .block = {1}});
    notes.add(note_at(3, 7, 500));
    expect_no_silent_damage<NoteCache>(notes.to_file());
    Journal journal;
    journal.add({.id = std::string(64, 'a'), .action = "send", .to = own.account(), .value = {5}});
    expect_no_silent_damage<Journal>(journal.to_file());
}

}  // namespace
}  // namespace dusk::wallet
