// A node that gets packets of all kinds, changed ones and any bytes, while time passes: what it does for each and what
// it keeps is bounded.
#include "crypto/chacha_rng.hpp"
#include "input.hpp"
#include "kadcast/object_samples.hpp"
#include "kadcast/overlay.hpp"
#include "require.hpp"

namespace {

using namespace dusk;
using namespace dusk::kadcast;
using fuzz::require;

OverlaySettings settings() {
    OverlaySettings out;
    out.reassembly.most_bytes = 60'000;
    out.reassembly.most_bytes_of_source = 30'000;
    out.reassembly.most_bytes_of_strangers = 20'000;
    out.reassembly.most_objects = 30;
    return out;
}

const std::vector<Identity>& peers() {
    static const std::vector<Identity> kPeers = [] {
        std::vector<Identity> out;
        for (std::uint16_t port = 1; port <= 64; ++port) {
            const std::uint8_t network = port % 16 == 0 ? 9 : 1;
            out.push_back(Identity::of({ByteArray<4>{10, 0, 0, 2}, port}, network, kAcceptedDifficulty));
        }
        return out;
    }();
    return kPeers;
}

const Identity& own() {
    static const Identity kOwn = Identity::of({ByteArray<4>{10, 0, 0, 1}, 9000}, 1, kAcceptedDifficulty);
    return kOwn;
}

const std::vector<Bytes>& frames() {
    static const std::vector<Bytes> kFrames = [] {
        std::vector<Bytes> out;
        for (const std::size_t size : {1, 1297, 4000}) {
            for (Bytes& frame : sample_frames(sample_object(size))) out.push_back(std::move(frame));
        }
        return out;
    }();
    return kFrames;
}

class Run {
  public:
    void step(fuzz::Input& input) {
        const std::uint8_t what = input.next();
        switch (what % 10) {
            case 0:
                now_ += std::chrono::milliseconds(20 * input.next());
                return due();
            case 1:
                now_ += std::chrono::seconds(30 * input.next());
                return due();
            case 2:
                return give({.ip = ByteArray<4>{10, 0, 0, 2}, .port = 1}, to_vector(input.take_counted()));
            case 3:
                return give_packet(input, Ping{});
            case 4:
                return give_packet(input, Pong{});
            case 5:
                return give_packet(input, FindNodes{.target = peers()[input.next() % peers().size()].id});
            case 6:
                return give_packet(input, nodes(input));
            case 7:
                return give_changed(input);
            case 8: {
                const Bytes object = sample_object(1 + input.next());
                (void)overlay_.broadcast(object, now_);
                return look(1);
            }
            default: {
                const Bytes& frame = frames()[input.next() % frames().size()];
                return give_packet(input, Broadcast{.height = input.next(), .frame = frame});
            }
        }
    }

  private:
    static const Identity& peer(fuzz::Input& input) { return peers()[input.next() % peers().size()]; }
    static Nodes nodes(fuzz::Input& input) {
        Nodes out;
        const std::size_t count = input.next() % 64;
        for (std::size_t i = 0; i < count; ++i) {
            out.entries.push_back({.address = {ByteArray<4>{10, 0, input.next(), 3}, 9000}, .id = peer(input).id});
        }
        return out;
    }
    template <class Body>
    void give_packet(fuzz::Input& input, const Body& body) {
        const Identity& from = peer(input);
        give(from.address, to_bytes(header_of(from), body));
    }
    void give_changed(fuzz::Input& input) {
        const Identity& from = peer(input);
        const Bytes& frame = frames()[input.next() % frames().size()];
        Bytes datagram = to_bytes(header_of(from), Broadcast{.height = input.next(), .frame = frame});
        const std::size_t at = input.next();
        datagram[at] ^= input.next();
        give(from.address, datagram);
    }
    void give(const SocketAddress& from, const Bytes& datagram) {
        overlay_.on_datagram(from, datagram, now_);
        // At most a question to each of forty nodes, and a sign of life.
        look(45);
    }
    void due() {
        if (overlay_.wakeup() <= now_) overlay_.on_time(now_);
        // A ping for each node of the table, and questions for each height.
        look(2 * kBucketNodes * (kHighest + 1) + kAlpha * (kHighest + 1));
    }
    void look(std::size_t most_actions) {
        const auto actions = overlay_.take_actions();
        require(actions.size() <= most_actions);
        for (const OverlayAction& action : actions) {
            if (const auto* deliver = std::get_if<Deliver>(&action)) {
                require(ray_id_of(deliver->object) == deliver->ray_id);
            } else if (const auto* packet = std::get_if<SendPacket>(&action)) {
                require(read_packet(packet->datagram).has_value());
            } else if (const auto* object = std::get_if<SendObject>(&action)) {
                require(object->object != nullptr && object->targets.size() <= kBeta * (kHighest + 1));
            }
        }
        require(overlay_.reassembly().bytes <= 60'000);
        require(overlay_.table().size() <= kBucketNodes * (kHighest + 1));
    }

    crypto::ChaChaRng random_{1};
    Overlay overlay_{own(), settings(), random_};
    MonotonicTime now_{std::chrono::hours(2)};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input input(data, size);
    Run run;
    for (int steps = 0; steps < 300 && !input.is_empty(); ++steps) run.step(input);
    return 0;
}
