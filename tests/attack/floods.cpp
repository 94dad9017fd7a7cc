#include "floods.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>

#include "base/writer.hpp"
#include "crypto/chacha_rng.hpp"

namespace dusk::attack {
namespace {

constexpr std::uint16_t kSymbolBytes = 1296;
constexpr std::size_t kMostBytes = 1400;
constexpr std::uint8_t kHeight = 120;  // of a bucket that stands for a large part of the network
constexpr std::size_t kSignatures = 64;

std::uint64_t unix_seconds() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count());
}

}  // namespace

// SplitMix64.
std::uint64_t Draws::next() {
    std::uint64_t out = state_ += 0x9e37'79b9'7f4a'7c15;
    out = (out ^ (out >> 30)) * 0xbf58'476d'1ce4'e5b9;
    out = (out ^ (out >> 27)) * 0x94d0'49bb'1331'11eb;
    return out ^ (out >> 31);
}

void Draws::fill(MutableByteView out) {
    while (!out.empty()) {
        const std::uint64_t word = next();
        const std::size_t some = std::min(out.size(), sizeof(word));
        std::memcpy(out.data(), &word, some);
        out = out.subspan(some);
    }
}

Flood::Flood(const FloodSettings& settings) : settings_(settings), draws_(settings.seed), datagram_(kMostBytes) {
    for (std::size_t i = 0; i < settings.sources; ++i) {
        const ByteArray<4> ip{127, static_cast<std::uint8_t>(1 + draws_.below(127)),
                              static_cast<std::uint8_t>(draws_.below(256)),
                              static_cast<std::uint8_t>(1 + draws_.below(254))};
        const SocketAddress address{.ip = ip, .port = static_cast<std::uint16_t>(1024 + draws_.below(64'512))};
        const auto identity = kadcast::Identity::of(address, settings.network, kadcast::kAcceptedDifficulty);
        sources_.push_back({ip, kadcast::header_of(identity)});
    }
    crypto::ChaChaRng random(settings.seed);
    for (std::size_t i = 0; i < kSignatures; ++i) {
        const auto secret = crypto::BlsSecretKey::random(random);
        const auto own = secret.public_key();
        const auto& key = settings.signers.empty() ? own : settings.signers[i % settings.signers.size()];
        claimed_.push_back({key, {secret.sign_multisig(own, draws_.bytes<32>()).to_bytes()}});
    }
}

Shot Flood::random() {
    constexpr std::array<std::uint8_t, 5> kTypes{0, 1, 2, 3, 10};
    const auto out = MutableByteView(datagram_).first(draws_.below(kMostBytes));
    draws_.fill(out);
    if (!out.empty() && draws_.below(2) == 0) out.front() = kTypes.at(draws_.below(kTypes.size()));
    return {next_source().ip, out};
}

Shot Flood::packet(const Source& source, ByteView packet) {
    std::ranges::copy(packet, datagram_.begin());
    return {source.ip, ByteView(datagram_).first(packet.size())};
}

Shot Flood::ping() {
    const Source& source = next_source();
    return packet(source, kadcast::to_bytes(source.header, kadcast::Ping{}));
}

Shot Flood::question() {
    const Source& source = next_source();
    return packet(source, kadcast::to_bytes(source.header, kadcast::FindNodes{.target = {draws_.bytes<16>()}}));
}

Shot Flood::chunk(const Source& source, const kadcast::RayId& ray_id, std::uint32_t length, std::uint16_t sub_blocks,
                  std::uint32_t symbol_id, ByteView symbol) {
    constexpr std::size_t kFrameBytes = kadcast::kChunkPrefixBytes + kSymbolBytes;
    Writer out(kadcast::kBroadcastPrefixBytes + kFrameBytes);
    out.bytes(kadcast::broadcast_prefix(source.header, kHeight, kFrameBytes)).bytes(ray_id);
    // Transmission information: the length in five bytes, 0, then symbol size, blocks, sub-blocks and alignment.
    out.u8(0).be(length).u8(0).be(kSymbolBytes).u8(1).be(sub_blocks).u8(8);
    out.be(symbol_id);  // its first byte is the number of the block: 0
    const ByteView prefix = out.view();
    const auto end = std::ranges::copy(prefix, datagram_.begin()).out;
    std::fill_n(std::ranges::copy(symbol, end).out, kSymbolBytes - symbol.size(), std::uint8_t{0});
    return {source.ip, ByteView(datagram_).first(prefix.size() + kSymbolBytes)};
}

Shot Flood::unfinished() {
    const Source& source = next_source();
    kadcast::RayId ray_id{};
    if (draws_.below(2) == 0) {
        draws_.fill(ray_id);
    } else {
        std::ranges::copy(source.header.id.bytes, ray_id.begin());
    }
    const auto symbol = draws_.bytes<kSymbolBytes>();
    return chunk(source, ray_id, kadcast::kMostObjectBytes, 2, static_cast<std::uint32_t>(draws_.below(65'536)),
                 symbol);
}

Shot Flood::object(ByteView content) {
    return chunk(next_source(), kadcast::ray_id_of(content), static_cast<std::uint32_t>(content.size()), 1, 0, content);
}

Shot Flood::noise() {
    auto content = draws_.bytes<kSymbolBytes>();
    return object(ByteView(content).first(1 + draws_.below(kSymbolBytes - 1)));
}

Shot Flood::message(ledger::MessagePayload payload) {
    return object(ledger::encode(ledger::Message{.payload = std::move(payload)}));
}

Shot Flood::vote() {
    const Claimed& by = somebody();
    const auto vote = ledger::Vote::valid({draws_.bytes<32>()});
    const ledger::SignInfo info{by.key, by.signature};
    if (draws_.below(2) == 0) return message(ledger::ValidationMessage{header(), vote, info});
    return message(ledger::RatificationMessage{header(), vote, unix_seconds(), {}, info});
}

Shot Flood::candidate() {
    const Claimed& by = somebody();
    ledger::Block block;
    block.header.version = 1;
    block.header.height = {settings_.round};
    block.header.timestamp = unix_seconds();
    block.header.prev_block_hash = settings_.previous;
    draws_.fill(block.header.seed.bytes);
    draws_.fill(block.header.state_root.bytes);
    block.header.generator = {by.key.to_bytes()};
    block.header.gas_limit = {3'000'000'000};
    block.header.hash = block.header.content_hash();
    block.header.signature = by.signature;
    return message(ledger::CandidateMessage{std::move(block)});
}

Flood::Maker Flood::maker(std::string_view kind) {
    constexpr std::array<std::pair<std::string_view, Maker>, 7> kMakers{{{"random", &Flood::random},
                                                                         {"pings", &Flood::ping},
                                                                         {"questions", &Flood::question},
                                                                         {"unfinished", &Flood::unfinished},
                                                                         {"noise", &Flood::noise},
                                                                         {"votes", &Flood::vote},
                                                                         {"candidates", &Flood::candidate}}};
    const auto at = std::ranges::find(kMakers, kind, [](const auto& one) { return one.first; });
    return at == kMakers.end() ? nullptr : at->second;
}

}  // namespace dusk::attack
