// The symbols of one object as one transmission information describes it, until they determine the object.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/socket_address.hpp"
#include "kadcast/chunk.hpp"

namespace dusk::kadcast {

// Whether two symbols are the same one: a block and an identifier in it.
struct SymbolName {
    std::uint8_t block = 0;
    std::uint32_t id = 0;
    friend bool operator==(const SymbolName&, const SymbolName&) = default;
};

class Assembly {
  public:
    explicit Assembly(const TransmissionInfo& info);

    enum class Added : std::uint8_t {
        taken,
        superfluous,  // it is there, or its block has enough
        conflicting   // another one is there in its place: somebody sends wrong symbols
    };
    // Memory for a symbol that is taken, and for nothing else. Sources that are not known may be the first 32 of the 64
    // that are told apart.
    [[nodiscard]] Added add(SymbolName name, ByteView symbol, const SocketAddress& source, bool is_known);

    // The object, where the symbols determine it. Looks at it only where new symbols make that likely, so that a call
    // after each `add` costs little: of symbols that do not determine their block, few numbers are tried.
    [[nodiscard]] std::optional<Bytes> try_complete();

    // What each source sent, apart: those that sent most first, at most `most`. The symbols stay shared.
    [[nodiscard]] std::vector<Assembly> split(std::size_t most) const;

    [[nodiscard]] const TransmissionInfo& info() const { return info_; }
    [[nodiscard]] std::size_t symbols() const { return symbols_.size(); }
    // Who sent something, as far as they are told apart.
    [[nodiscard]] std::span<const SocketAddress> sources() const { return sources_; }
    [[nodiscard]] bool has_source(const SocketAddress& source) const;
    // That it takes now, and that it takes more at most for one symbol more.
    [[nodiscard]] std::size_t bytes() const;
    [[nodiscard]] static std::size_t bytes_of_first(const TransmissionInfo& info);
    [[nodiscard]] std::size_t bytes_of_next() const { return bytes_of_symbol(info_) + sizeof(SocketAddress); }

  private:
    struct Symbol {
        SymbolName name{};
        std::uint64_t sources = 0;  // a bit for each of sources_ that sent it
        std::shared_ptr<const std::uint8_t[]> bytes{};
    };
    struct Block {
        std::uint32_t source_symbols = 0;  // received
        std::uint32_t repair_symbols = 0;
        std::uint32_t next_try = 0;  // symbols beyond the number of the block
    };
    [[nodiscard]] static std::size_t bytes_of_symbol(const TransmissionInfo& info);
    [[nodiscard]] ByteView view(const Symbol& symbol) const { return {symbol.bytes.get(), info_.symbol_size}; }
    [[nodiscard]] const Symbol* find(SymbolName name) const;
    [[nodiscard]] std::uint64_t bit_of(const SocketAddress& source, bool is_known);
    void put(Symbol symbol);
    [[nodiscard]] bool is_likely(std::uint8_t block) const;
    void index(std::uint32_t place);

    TransmissionInfo info_;
    std::vector<Symbol> symbols_{};       // in the order of their coming
    std::vector<std::uint32_t> index_{};  // of a hash table: place in symbols_ + 1, or 0
    std::vector<Block> blocks_;
    std::vector<SocketAddress> sources_{};
};

}  // namespace dusk::kadcast
