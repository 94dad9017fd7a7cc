// Datagrams through a whole node of the overlay network, without its socket.
#include "kadcast/overlay.hpp"

#include "crypto/chacha_rng.hpp"
#include "harness.hpp"

namespace dusk::bench {
namespace {

using namespace kadcast;

constexpr std::size_t kPeers = 60;

Identity identity(std::uint16_t port) {
    return Identity::of({ByteArray<4>{10, 0, 0, 1}, port}, 1, kAcceptedDifficulty);
}

class Node {
  public:
    Node() : overlay_(identity(9000), unlimited(), random_) {
        for (std::uint16_t i = 0; i < kPeers; ++i) {
            peers_.push_back(identity(static_cast<std::uint16_t>(10'000 + i)));
            overlay_.insert(peers_.back(), now_);
        }
    }
    // Each of these, from the peers in turn.
    void receive(const std::vector<Bytes>& datagrams) {
        for (std::size_t i = 0; i < datagrams.size(); ++i) {
            now_ += std::chrono::microseconds(10);
            overlay_.on_datagram(peers_[i % kPeers].address, datagrams[i], now_);
        }
        keep(overlay_.take_actions());
    }
    [[nodiscard]] const Identity& peer(std::size_t i) const { return peers_[i % kPeers]; }

  private:
    // So that what is measured is the work, not the limit.
    static OverlaySettings unlimited() {
        OverlaySettings out;
        out.limits.bytes_of_known = out.limits.bytes_of_strangers = std::uint64_t{1} << 40;
        out.limits.requests_of_known = std::uint64_t{1} << 30;
        return out;
    }
    crypto::ChaChaRng random_{1};
    MonotonicTime now_{std::chrono::hours(1)};
    Overlay overlay_;
    std::vector<Identity> peers_;
};

// Messages of one size that nobody saw before, each sent by `senders` of the peers, chunk by chunk.
class Traffic {
  public:
    Traffic(std::size_t size, std::size_t senders) : size_(size), senders_(senders) {}

    std::vector<Bytes> next(const Node& node, std::size_t count) {
        std::vector<Bytes> out;
        while (out.size() < count) {
            Bytes object(size_);
            random_.fill(object);
            const EncodedObject encoded = encode_object(object, {}).value();
            for (std::size_t chunk = 0; chunk < encoded.chunks(); ++chunk) {
                for (std::size_t sender = 0; sender < senders_ && out.size() < count; ++sender) {
                    const Header header = header_of(node.peer(out.size()));
                    out.push_back(to_bytes(header, Broadcast{.height = 120, .frame = encoded.frame(chunk)}));
                }
            }
        }
        return out;
    }

  private:
    std::size_t size_;
    std::size_t senders_;
    crypto::ChaChaRng random_{2};
};

void rows(Bench& bench) {
    constexpr std::size_t kCount = 3000;
    const auto measure = [&](std::string_view name, std::size_t size, std::size_t senders) {
        if (!bench.wants(name)) return;
        Node node;
        Traffic traffic(size, senders);
        std::vector<Bytes> datagrams;
        bench.run_each(
            name, "", 11, [&] { datagrams = traffic.next(node, kCount); }, [&] { node.receive(datagrams); }, kCount);
    };
    measure("a packet of a vote, by the node", 290, 1);
    measure("a packet of a vote that 3 send, by the node", 290, 3);
    measure("a packet of a block of 100 kB that 3 send, by the node", 100'000, 3);
    measure("a packet of a block of 1 MB that 3 send, by the node", 1'000'000, 3);
}

const Registered registered("network", rows);

}  // namespace
}  // namespace dusk::bench
