#include "kadcast/assembly.hpp"

#include <algorithm>

#include "kadcast/source_block.hpp"

namespace dusk::kadcast {
namespace {

constexpr std::size_t kMostSources = 64;
constexpr std::size_t kMostStrangers = 32;
// Of a block, beyond the number of its source symbols. Two nearly always do; whoever sends many that do not is no help.
constexpr std::uint32_t kMostSurplus = 16;
// No encoder of the network makes objects of more symbols, since its symbols have 1296 bytes at least. Those that come
// are put together where all source symbols come; they are not worth the work of solving.
constexpr std::uint32_t kMostSolvedSymbols = 8192;

// What is kept of a ray id beside.
constexpr std::size_t kOverhead = 512;

// Neighbours in the table for neighbours in the block.
std::size_t hash_of(SymbolName name) { return name.id + std::size_t{name.block} * 0x9e3779b1U; }

}  // namespace

Assembly::Assembly(const TransmissionInfo& info) : info_(info), blocks_(info.blocks) {}

Assembly::Added Assembly::add(SymbolName name, ByteView symbol, const SocketAddress& source, bool is_known) {
    if (const Symbol* there = find(name)) {
        if (!equal(view(*there), symbol)) return Added::conflicting;
        symbols_[static_cast<std::size_t>(there - symbols_.data())].sources |= bit_of(source, is_known);
        return Added::superfluous;
    }
    const Block& block = blocks_[name.block];
    const std::uint32_t needed = info_.symbols_of(name.block);
    // Source symbols are always of use: with all of them nothing is to be solved.
    const bool is_source = name.id < needed;
    if (!is_source && block.source_symbols + block.repair_symbols >= needed + kMostSurplus) return Added::superfluous;
    auto bytes = std::make_shared_for_overwrite<std::uint8_t[]>(symbol.size());
    std::memcpy(bytes.get(), symbol.data(), symbol.size());
    put({.name = name, .sources = bit_of(source, is_known), .bytes = std::move(bytes)});
    return Added::taken;
}

void Assembly::put(Symbol symbol) {
    const SymbolName name = symbol.name;
    Block& block = blocks_[name.block];
    ++(name.id < info_.symbols_of(name.block) ? block.source_symbols : block.repair_symbols);
    symbols_.push_back(std::move(symbol));
    index(static_cast<std::uint32_t>(symbols_.size() - 1));
}

const Assembly::Symbol* Assembly::find(SymbolName name) const {
    if (index_.empty()) return nullptr;
    for (std::size_t at = hash_of(name);; ++at) {
        const std::uint32_t place = index_[at & (index_.size() - 1)];
        if (place == 0) return nullptr;
        if (symbols_[place - 1].name == name) return &symbols_[place - 1];
    }
}

// At most half of the table is in use.
void Assembly::index(std::uint32_t place) {
    const auto put = [&](std::uint32_t of) {
        std::size_t at = hash_of(symbols_[of].name);
        while (index_[at & (index_.size() - 1)] != 0) ++at;
        index_[at & (index_.size() - 1)] = of + 1;
    };
    if (2 * symbols_.size() <= index_.size()) {
        put(place);
        return;
    }
    index_.assign(std::max<std::size_t>(4, 2 * index_.size()), 0);
    for (std::uint32_t of = 0; of <= place; ++of) put(of);
}

std::uint64_t Assembly::bit_of(const SocketAddress& source, bool is_known) {
    const auto found = std::ranges::find(sources_, source);
    const auto number = static_cast<std::size_t>(found - sources_.begin());
    if (found == sources_.end()) {
        if (number >= (is_known ? kMostSources : kMostStrangers)) return 0;
        sources_.push_back(source);
    }
    return std::uint64_t{1} << number;
}

bool Assembly::has_source(const SocketAddress& source) const {
    return std::ranges::find(sources_, source) != sources_.end();
}

bool Assembly::is_likely(std::uint8_t block) const {
    const std::uint32_t needed = info_.symbols_of(block);
    const Block& state = blocks_[block];
    if (state.source_symbols == needed) return true;
    return info_.symbols() <= kMostSolvedSymbols &&
           state.source_symbols + state.repair_symbols >= needed + state.next_try;
}

std::optional<Bytes> Assembly::try_complete() {
    if (symbols_.size() < info_.symbols()) return {};
    for (std::size_t block = 0; block < blocks_.size(); ++block) {
        if (!is_likely(static_cast<std::uint8_t>(block))) return {};
    }
    std::vector<std::size_t> starts(blocks_.size());
    std::size_t end = 0;
    for (std::size_t block = 0; block < blocks_.size(); ++block) {
        starts[block] = end;
        end += std::size_t{info_.symbols_of(static_cast<std::uint8_t>(block))} * info_.symbol_size;
    }
    Bytes all(end);
    std::vector<std::vector<RepairSymbol>> repair(blocks_.size());
    for (const Symbol& symbol : symbols_) {
        const SymbolName name = symbol.name;
        if (name.id < info_.symbols_of(name.block)) {
            std::ranges::copy(view(symbol), &all[starts[name.block] + std::size_t{name.id} * info_.symbol_size]);
        } else {
            repair[name.block].push_back({.id = name.id, .symbol = view(symbol)});
        }
    }
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        const auto number = static_cast<std::uint8_t>(i);
        const std::uint32_t needed = info_.symbols_of(number);
        if (blocks_[i].source_symbols == needed) continue;
        std::vector<std::uint32_t> missing;
        for (std::uint32_t id = 0; id < needed; ++id) {
            if (find({.block = number, .id = id}) == nullptr) missing.push_back(id);
        }
        const std::size_t bytes = std::size_t{needed} * info_.symbol_size;
        if (!restore(MutableByteView(all).subspan(starts[i], bytes), info_.symbol_size, missing, repair[i])) {
            // With 1, 2, 4, 8 and 16 more.
            blocks_[i].next_try = std::max(1U, 2 * blocks_[i].next_try);
            return {};
        }
    }
    return object_of_symbols(std::move(all), info_);
}

std::vector<Assembly> Assembly::split(std::size_t most) const {
    std::vector<Assembly> shares;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        Assembly& share = shares.emplace_back(info_);
        share.sources_.push_back(sources_[i]);
        for (const Symbol& symbol : symbols_) {
            if ((symbol.sources >> i & 1U) == 0) continue;
            share.put({.name = symbol.name, .sources = 1, .bytes = symbol.bytes});
        }
    }
    std::ranges::sort(shares, std::greater{}, &Assembly::symbols);
    if (shares.size() > most) shares.erase(shares.begin() + static_cast<std::ptrdiff_t>(most), shares.end());
    return shares;
}

std::size_t Assembly::bytes_of_symbol(const TransmissionInfo& info) {
    // With its part of the growing tables, and what an allocation costs.
    return info.symbol_size + 2 * sizeof(Symbol) + 4 * sizeof(std::uint32_t) + 32;
}

std::size_t Assembly::bytes_of_first(const TransmissionInfo& info) {
    return kOverhead + sizeof(Assembly) + info.blocks * sizeof(Block) + sizeof(SocketAddress) + bytes_of_symbol(info);
}

std::size_t Assembly::bytes() const {
    if (symbols_.empty()) return 0;
    const std::size_t more_sources = sources_.empty() ? 0 : sources_.size() - 1;
    return bytes_of_first(info_) + (symbols_.size() - 1) * bytes_of_symbol(info_) +
           more_sources * sizeof(SocketAddress);
}

}  // namespace dusk::kadcast
