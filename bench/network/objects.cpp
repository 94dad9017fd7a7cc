// Objects to datagrams and back: what the official crate does for one target and for one sender.
#include <fmt/core.h>

#include "crypto/chacha_rng.hpp"
#include "harness.hpp"
#include "kadcast/object_encoder.hpp"
#include "kadcast/packet.hpp"
#include "kadcast/reassembly.hpp"

namespace dusk::bench {
namespace {

using namespace kadcast;

const SocketAddress kAddress{ByteArray<4>{127, 0, 0, 1}, 9000};

Bytes object_of(std::size_t size) {
    crypto::ChaChaRng random(size);
    Bytes out(size);
    random.fill(out);
    return out;
}

std::vector<Bytes> datagrams_of(ByteView object, const Header& header) {
    const EncodedObject encoded = encode_object(object, {}).value();
    const auto prefix = broadcast_prefix(header, 9, static_cast<std::uint32_t>(encoded.frame_bytes()));
    std::vector<Bytes> out(encoded.chunks());
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i].reserve(prefix.size() + encoded.frame_bytes());
        append(out[i], prefix);
        append(out[i], encoded.frame(i));
    }
    return out;
}

// Whether the object came out: until then, as the official crate is measured.
bool decode(const std::vector<Bytes>& datagrams) {
    Reassembly objects;
    const MonotonicTime now{std::chrono::hours(1)};
    for (const Bytes& datagram : datagrams) {
        const auto packet = read_packet(datagram);
        const auto& broadcast = std::get<Broadcast>(packet->body);
        const auto chunk = Chunk::from_frame(broadcast.frame);
        if (objects.add(*chunk, broadcast.height, kAddress, true, now)->has_value()) return true;
    }
    return false;
}

void rows_for(Bench& bench, std::size_t size, const Header& header) {
    const Bytes object = object_of(size);
    const auto name = [&](std::string_view what) { return fmt::format("{} {}", what, size); };
    bench.run(name("encode"), name("fec encode"), 1, 11, [&] { keep(datagrams_of(object, header)); });
    const auto all = datagrams_of(object, header);
    bench.run(name("decode in order"), name("fec decode in order"), 1, 11, [&] { keep(decode(all)); });
    // The source symbols that the official measurement leaves out.
    const std::size_t symbols = (size + 1295) / 1296;
    std::vector<Bytes> some;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i >= symbols || i % 20 != 3 % symbols) some.push_back(all[i]);
    }
    bench.run(name("decode with 5% loss"), name("fec decode with 5% source loss"), 1, 11, [&] { keep(decode(some)); });
}

void rows(Bench& bench) {
    const Identity identity = Identity::of(kAddress, 0, kAcceptedDifficulty);
    const Header header = header_of(identity);
    const Bytes ping = to_bytes(header, Ping{});
    bench.run("read a ping", "decode ping", 1, 11, [&] { keep(read_packet(ping)); });
    bench.run("read a ping, check its source", "header check (blake2s)", 1, 11, [&] {
        const auto packet = read_packet(ping);
        keep(is_sent_from(packet->header, kAddress));
    });
    for (const std::size_t size : {1'000U, 10'000U, 100'000U, 1'000'000U}) rows_for(bench, size, header);
}

const Registered registered("network", rows);

}  // namespace
}  // namespace dusk::bench
