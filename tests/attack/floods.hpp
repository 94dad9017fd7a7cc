// What is thrown at nodes: datagrams of each kind, from nodes that do not exist. An address is what makes a node to
// Kadcast: an identifier and a proof of work go with it (spec/network.md §1).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "kadcast/chunk.hpp"
#include "kadcast/packet.hpp"
#include "ledger/message.hpp"

namespace dusk::attack {

// Not for secrets: fast, and the same for the same seed.
class Draws {
  public:
    explicit Draws(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next();
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
    void fill(MutableByteView out);
    template <std::size_t N>
    ByteArray<N> bytes() {
        ByteArray<N> out;
        fill(out);
        return out;
    }

  private:
    std::uint64_t state_;
};

struct FloodSettings {
    std::size_t sources = 500;
    std::uint8_t network = 100;
    std::uint64_t seed = 1;
    // Of votes and candidates: the height that is sought and the block that it builds on.
    std::uint64_t round = 1;
    ledger::BlockHash previous{};
    // Whom they claim to be signed by; none: keys of nobody. Nothing is signed in any case.
    std::vector<crypto::BlsPublicKey> signers{};
};

// One datagram and the IPv4 address that it is sent from. The bytes are valid until the next one is made.
struct Shot {
    ByteArray<4> from{};
    ByteView bytes{};
};

class Flood {
  public:
    struct Source {
        ByteArray<4> ip{};
        kadcast::Header header{};
    };

    explicit Flood(const FloodSettings& settings);

    [[nodiscard]] std::span<const Source> sources() const { return sources_; }

    // Bytes without a meaning, half of them with the type of a packet.
    Shot random();
    Shot ping();
    // For the nodes near to a random identifier.
    Shot question();
    // Of objects of 10 MB: half of the datagrams begin one, half go on with one.
    Shot unfinished();
    // An object that is no message.
    Shot noise();
    // Validations and ratifications, well formed.
    Shot vote();
    // Well formed, without transactions.
    Shot candidate();

    using Maker = Shot (Flood::*)();
    // By name: "random", "pings", "questions", "unfinished", "noise", "votes", "candidates". Null: there is none.
    [[nodiscard]] static Maker maker(std::string_view kind);

  private:
    struct Claimed {
        crypto::BlsPublicKey key{};
        ledger::SignatureBytes signature{};  // a point, of something else
    };

    const Source& next_source() { return sources_[turn_++ % sources_.size()]; }
    const Claimed& somebody() { return claimed_[draws_.below(claimed_.size())]; }
    ledger::ConsensusHeader header() const { return {settings_.previous, settings_.round, 0}; }
    Shot packet(const Source& source, ByteView packet);
    // A symbol of an object of `length` bytes.
    Shot chunk(const Source& source, const kadcast::RayId& ray_id, std::uint32_t length, std::uint16_t sub_blocks,
               std::uint32_t symbol_id, ByteView symbol);
    // An object of one symbol, whole.
    Shot object(ByteView content);
    Shot message(ledger::MessagePayload payload);

    FloodSettings settings_;
    Draws draws_;
    std::vector<Source> sources_;
    std::vector<Claimed> claimed_;
    std::size_t turn_ = 0;
    Bytes datagram_;
};

}  // namespace dusk::attack
