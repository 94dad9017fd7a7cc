// How the values of this library stand in archives (spec/transactions.md §13).
//
// Field elements and points are Montgomery limbs that the reference's reader takes as they are. Two ways to read them:
// `Unchecked<T>` keeps the limbs whatever they are, as the network does with what contracts hand over; a bare T refuses
// what is no value of its type (ArchiveFault::bad_value), and is used where the network had decoded it before.
#pragma once

#include <algorithm>

#include "base/archive_layout.hpp"
#include "crypto/notes_tree.hpp"
#include "crypto/schnorr.hpp"
#include "ledger/identifiers.hpp"
#include "ledger/quantities.hpp"
#include "phoenix/note.hpp"

namespace dusk::ledger {

// The archived form of a T that nobody checked.
template <class T>
class Unchecked {
  public:
    using Archive = decltype(std::declval<const T&>().to_archive());
    static constexpr std::size_t kSize = std::tuple_size_v<Archive>;

    Unchecked() : archive_{} {}  // zeros
    Unchecked(const T& value) : archive_(value.to_archive()) {}
    explicit Unchecked(std::span<const std::uint8_t, kSize> archive) {
        archive_.fill(0);
        std::ranges::copy(archive.first(kMeaningful), archive_.begin());
    }

    [[nodiscard]] const Archive& archive() const { return archive_; }
    // Errors: those of `T::from_archive`. Keys and signatures of accounts: see `account_key`.
    [[nodiscard]] Result<T, crypto::DecodeError> checked() const
        requires requires(ByteView bytes) { T::from_archive(bytes); }
    {
        return T::from_archive(archive_);
    }
    friend bool operator==(const Unchecked&, const Unchecked&) = default;

  private:
    // Points of G1 and G2 end in padding, which is not looked at.
    static constexpr bool kPadded = requires(const T& value) { value.point().to_compressed(); };
    static constexpr std::size_t kMeaningful = kPadded ? kSize - 7 : kSize;

    Archive archive_;
};

// The key as the network takes it from a contract. Error: invalid_point (the identity is one).
[[nodiscard]] Result<AccountKey, crypto::BlsError> account_key(const Unchecked<AccountKey>& key);
// Its 96 bytes as the network computes them; of a key that is not valid they may not decode.
[[nodiscard]] ByteArray<AccountKey::kSize> account_bytes(const Unchecked<AccountKey>& key);
// Error: invalid_point.
[[nodiscard]] Result<crypto::BlsSignature, crypto::BlsError> account_signature(
    const Unchecked<crypto::BlsSignature>& signature);

// Reads a T by `read_archived`, which is strict.
template <class T, std::size_t Size, std::size_t Alignment>
struct ArchivedStrict {
    static constexpr std::size_t size = Size;
    static constexpr std::size_t alignment = Alignment;
    static constexpr ScratchShape scratch{};
    using Resolver = std::monostate;

    static Resolver write_parts(ArchiveSink& /*sink*/, const T& /*value*/) { return {}; }
    static void write_self(ArchiveSink& sink, std::size_t at, const T& value, Resolver /*resolver*/) {
        const auto archive = value.to_archive();
        static_assert(std::tuple_size_v<decltype(archive)> == Size);
        std::ranges::copy(archive, sink.at(at, Size).begin());
    }
    static bool read(ArchiveSource& source, std::size_t at, T& out) {
        auto value = decode(source.at(at, Size));
        if (!value) {
            const bool is_tag = value.error() == crypto::DecodeError::bad_tag;
            return source.fault(is_tag ? ArchiveFault::bad_tag : ArchiveFault::bad_value, at);
        }
        out = *std::move(value);
        return true;
    }

  private:
    static Result<T, crypto::DecodeError> decode(ByteView archive) {
        if constexpr (requires { T::from_archive(archive); }) {
            return T::from_archive(archive);
        } else {
            using Point = std::remove_cvref_t<decltype(std::declval<const T&>().point())>;
            return transform(Point::from_archive(archive), [](const Point& point) { return T(point); });
        }
    }
};

}  // namespace dusk::ledger

namespace dusk {

template <class Unit>
struct Archived<ledger::Quantity<Unit>>
    : ArchivedAs<Archived<ledger::Quantity<Unit>>, ledger::Quantity<Unit>, std::uint64_t> {
    static std::uint64_t to_archived(ledger::Quantity<Unit> quantity) { return quantity.value; }
    static ledger::Quantity<Unit> from_archived(std::uint64_t value) { return {value}; }
};
template <>
struct Archived<ledger::ChainId> : ArchivedAs<Archived<ledger::ChainId>, ledger::ChainId, std::uint8_t> {
    static std::uint8_t to_archived(ledger::ChainId id) { return static_cast<std::uint8_t>(id); }
    static ledger::ChainId from_archived(std::uint8_t value) { return ledger::ChainId{value}; }
};
template <class Kind>
struct Archived<ledger::Identifier<Kind>>
    : ArchivedAs<Archived<ledger::Identifier<Kind>>, ledger::Identifier<Kind>, ByteArray<32>> {
    static const ByteArray<32>& to_archived(const ledger::Identifier<Kind>& id) { return id.bytes; }
    static ledger::Identifier<Kind> from_archived(const ByteArray<32>& bytes) { return {bytes}; }
};

template <class T>
struct Archived<ledger::Unchecked<T>>
    : ArchivedPlain<Archived<ledger::Unchecked<T>>, ledger::Unchecked<T>, ledger::Unchecked<T>::kSize, 8> {
    static void store(const ledger::Unchecked<T>& value, MutableByteView to) {
        std::ranges::copy(value.archive(), to.begin());
    }
    static ledger::Unchecked<T> load(ByteView from) {
        return ledger::Unchecked<T>(from.template first<ledger::Unchecked<T>::kSize>());
    }
};

template <>
struct Archived<crypto::Fq> : ledger::ArchivedStrict<crypto::Fq, 32, 8> {};
template <>
struct Archived<crypto::BlsPublicKey> : ledger::ArchivedStrict<crypto::BlsPublicKey, 200, 8> {};
template <>
struct Archived<crypto::BlsSignature> : ledger::ArchivedStrict<crypto::BlsSignature, 104, 8> {};
template <>
struct Archived<phoenix::StealthAddress> : ledger::ArchivedStrict<phoenix::StealthAddress, 320, 8> {};
template <>
struct Archived<phoenix::Sender> : ledger::ArchivedStrict<phoenix::Sender, 264, 8> {};
template <>
struct Archived<phoenix::Note> : ledger::ArchivedStrict<phoenix::Note, 728, 8> {};
template <>
struct Archived<phoenix::NoteLeaf>
    : ArchivedStruct<phoenix::NoteLeaf, 736, 8, Field<&phoenix::NoteLeaf::block_height, 728>,
                     Field<&phoenix::NoteLeaf::note, 0>> {};
// The path from the root (level 0) to the leaf.
template <>
struct Archived<crypto::NoteOpening>
    : ArchivedStruct<crypto::NoteOpening, 2280, 8, Field<&crypto::NoteOpening::root, 2176>,
                     Field<&crypto::NoteOpening::branch, 0>, Field<&crypto::NoteOpening::positions, 2208>> {};

}  // namespace dusk
