#include "crypto/mnemonic.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "crypto/mnemonic_words.hpp"
#include "crypto/pbkdf2.hpp"
#include "crypto/sha2.hpp"

namespace dusk::crypto {
namespace {

constexpr std::size_t kBitsPerWord = 11;
constexpr std::size_t kMostWords = 24;
constexpr std::size_t kMostLetters = 16;  // of what may be a mistyped word; those of the list have 8 at most

using WordIndexes = Secret<std::array<std::uint16_t, kMostWords>>;

bool is_word_count(std::size_t words) { return words >= 12 && words <= kMostWords && words % 3 == 0; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::optional<std::uint16_t> index_of(std::string_view word) {
    const std::span<const std::string_view> words = kMnemonicWords;
    const auto found = std::ranges::lower_bound(words, word);
    if (found == words.end() || *found != word) return std::nullopt;
    return static_cast<std::uint16_t>(found - words.begin());
}

// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. Both are short.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    constexpr std::size_t kRow = kMostLetters + 1;
    std::array<std::array<std::size_t, kRow>, kRow> cost{};
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            const bool same = a[i - 1] == b[j - 1];
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + (same ? 0u : 1u)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
            }
        }
    }
    return cost[a.size()][b.size()];
}

std::size_t common_prefix(std::string_view a, std::string_view b) {
    return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

// The word that may be meant: same first four letters, else the nearest one at most two edits away. Of words that are
// equally near, the one that starts alike: first letters are seldom wrong.
std::string_view suggest(std::string_view word) {
    constexpr std::size_t kPrefix = 4;
    constexpr std::size_t kFar = 3;
    std::string_view nearest;
    std::size_t distance = kFar;
    for (const std::string_view candidate : kMnemonicWords) {
        if (common_prefix(word, candidate) >= kPrefix) return candidate;
        const std::size_t edits = edit_distance(word, candidate);
        if (edits < distance ||
            (edits == distance && edits < kFar && common_prefix(word, candidate) > common_prefix(word, nearest))) {
            distance = edits;
            nearest = candidate;
        }
    }
    return nearest;
}

std::uint8_t checksum(ByteView entropy) {
    const auto bits = static_cast<int>(entropy.size() / 4);
    return static_cast<std::uint8_t>(sha256(entropy)[0] >> (8 - bits));
}

// Bit i of a byte string, counted from the most significant bit of its first byte.
bool bit_at(ByteView bytes, std::size_t i) { return ((bytes[i / 8] >> (7 - i % 8)) & 1) != 0; }

}  // namespace

std::string to_string(const MnemonicError& error) {
    switch (error.kind) {
        case MnemonicError::Kind::bad_word_count:
            return fmt::format("a recovery phrase has 12, 15, 18, 21 or 24 words, this one has {}", error.place);
        case MnemonicError::Kind::unknown_word:
            return fmt::format("word {} is not in the English word list", error.place);
        case MnemonicError::Kind::bad_checksum:
            return "all words are in the list, but they do not belong together: one is wrong or their order is";
    }
    return "unknown error of a recovery phrase";
}

Result<Mnemonic, MnemonicError> Mnemonic::from_entropy(ByteView entropy) {
    if (entropy.size() % 4 != 0 || !is_word_count(entropy.size() * 3 / 4)) {
        return fail(MnemonicError{.kind = MnemonicError::Kind::bad_word_count, .place = entropy.size() * 3 / 4});
    }
    return Mnemonic(SecretBytes(entropy));
}

Result<Mnemonic, MnemonicError> Mnemonic::generate(std::size_t words, RandomSource& random) {
    if (!is_word_count(words)) {
        return fail(MnemonicError{.kind = MnemonicError::Kind::bad_word_count, .place = words});
    }
    SecretBytes entropy(words / 3 * 4);
    random.fill(entropy.reveal());
    return Mnemonic(std::move(entropy));
}

Result<Mnemonic, MnemonicError> Mnemonic::parse(std::string_view phrase) {
    WordIndexes indexes;
    std::size_t count = 0;
    while (true) {
        while (!phrase.empty() && is_space(phrase.front())) phrase.remove_prefix(1);
        if (phrase.empty()) break;
        const auto length = static_cast<std::size_t>(std::ranges::find_if(phrase, is_space) - phrase.begin());
        Secret<std::array<char, kMostLetters>> lower;
        const std::size_t kept = std::min(length, kMostLetters);
        std::transform(phrase.begin(), phrase.begin() + kept, lower.reveal().begin(), to_lower);
        const std::string_view word(lower.reveal().data(), kept);
        const auto index = length == kept ? index_of(word) : std::nullopt;
        if (!index) {
            return fail(MnemonicError{.kind = MnemonicError::Kind::unknown_word,
                                      .place = count + 1,
                                      .suggestion = length == kept ? suggest(word) : std::string_view()});
        }
        if (count < kMostWords) indexes.reveal()[count] = *index;
        ++count;
        phrase.remove_prefix(length);
    }
    if (!is_word_count(count)) {
        return fail(MnemonicError{.kind = MnemonicError::Kind::bad_word_count, .place = count});
    }

    SecretArray<33> bits;
    for (std::size_t i = 0; i < count * kBitsPerWord; ++i) {
        const unsigned bit = (indexes.reveal()[i / kBitsPerWord] >> (kBitsPerWord - 1 - i % kBitsPerWord)) & 1;
        bits.reveal()[i / 8] |= static_cast<std::uint8_t>(bit << (7 - i % 8));
    }
    const std::size_t size = count / 3 * 4;
    const ByteView entropy = ByteView(bits.reveal()).first(size);
    const auto checksum_bits = static_cast<int>(size / 4);
    if (bits.reveal()[size] >> (8 - checksum_bits) != checksum(entropy)) {
        return fail(MnemonicError{.kind = MnemonicError::Kind::bad_checksum, .place = count});
    }
    return Mnemonic(SecretBytes(entropy));
}

SecretBytes Mnemonic::phrase() const {
    SecretArray<33> bits;
    const std::size_t size = entropy_.size();
    std::ranges::copy(entropy_.reveal(), bits.reveal().begin());
    bits.reveal()[size] = static_cast<std::uint8_t>(checksum(entropy_.reveal()) << (8 - size / 4));
    SecretBytes out;
    for (std::size_t word = 0; word < word_count(); ++word) {
        std::size_t index = 0;
        for (std::size_t i = 0; i < kBitsPerWord; ++i) {
            index = 2 * index + (bit_at(bits.reveal(), word * kBitsPerWord + i) ? 1 : 0);
        }
        if (word > 0) out.append(as_bytes(" "));
        out.append(as_bytes(kMnemonicWords[index]));
    }
    return out;
}

WalletSeed Mnemonic::seed(std::string_view passphrase) const {
    constexpr std::uint32_t kRounds = 2048;
    SecretBytes salt(std::string_view("mnemonic"));
    salt.append(as_bytes(passphrase));
    return pbkdf2_sha512(phrase().reveal(), salt.reveal(), kRounds);
}

}  // namespace dusk::crypto
