#include "node/loopback_transport.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <map>
#include <set>

#include "base/host_port.hpp"
#include "node/loopback_link.hpp"
#include "node/seen_messages.hpp"

namespace dusk::node {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using Error = boost::system::error_code;

}  // namespace

struct LoopbackTransport::Shared : std::enable_shared_from_this<Shared> {
    Shared(asio::io_context& c, LoopbackSettings s, const Clock& k, RandomSource& r, Receiver f, Logger g)
        : context(c),
          settings(std::move(s)),
          clock(k),
          random(r),
          receiver(std::move(f)),
          logger(std::move(g)),
          acceptor(c) {}

    // --- sending ---
    void add_peer(const Peer& peer) {
        if (stopping || peer == settings.self || links.contains(peer) || links.size() >= settings.most_peers) return;
        const auto link = std::make_shared<LoopbackLink>(context, settings, peer, hello, clock, logger);
        links.emplace(peer, link);
        link->start();
    }
    void enqueue(LoopbackLink& link, const FramePtr& frame) {
        if (!link.enqueue(frame)) ++counts.dropped;
    }
    // `count` of those that are connected, without `except`; all of them where there are fewer.
    std::vector<LoopbackLink*> draw(std::size_t count, const std::optional<Peer>& except) {
        std::vector<LoopbackLink*> out;
        for (const auto& [peer, link] : links) {
            if (link->is_connected() && peer != except) out.push_back(link.get());
        }
        for (std::size_t i = 0; i < std::min(count, out.size()); ++i) {
            ByteArray<8> drawn{};
            random.fill(drawn);
            std::swap(out[i], out[i + load_le<std::uint64_t>(drawn.data()) % (out.size() - i)]);
        }
        out.resize(std::min(count, out.size()));
        return out;
    }
    void broadcast(const ledger::Message& message) {
        const Bytes bytes = ledger::encode(message);
        if (bytes.size() > kMostFrameBytes) return;
        const auto digest = SeenMessages::digest_of(bytes);
        const MonotonicTime now = clock.monotonic_time();
        SeenMessages::Entry* known = seen.find(digest, now);
        const auto frame = [&bytes] { return std::make_shared<const Bytes>(make_frame(FrameKind::broadcast, bytes)); };
        if (known == nullptr) {
            seen.add(digest, {}, now);
            for (const FramePtr shared = frame(); const auto& [peer, link] : links) enqueue(*link, shared);
        } else if (known->from && !known->passed_on) {
            known->passed_on = true;
            for (const FramePtr shared = frame(); LoopbackLink * link : draw(settings.passed_on_to, known->from)) {
                enqueue(*link, shared);
            }
        }
    }

    // --- receiving ---
    // What a peer sent after its greeting.
    Result<void, FrameError> receive(const Peer& from, FrameKind kind, const Bytes& content) {
        if (kind == FrameKind::hello) return fail(FrameError::no_hello);
        const auto digest = SeenMessages::digest_of(content);
        const MonotonicTime now = clock.monotonic_time();
        if (kind == FrameKind::broadcast && seen.find(digest, now) != nullptr) {
            ++counts.duplicates;
            return {};
        }
        auto message = ledger::decode<ledger::Message>(content);
        if (!message) return fail(FrameError::unknown_message);
        if (kind == FrameKind::broadcast) seen.add(digest, from, now);
        ++counts.received;
        receiver(from, std::make_shared<const ledger::Message>(*std::move(message)));
        return {};
    }
    Result<Hello, FrameError> greeting_of(FrameKind kind, const Bytes& content) const {
        if (kind != FrameKind::hello) return fail(FrameError::no_hello);
        auto out = Hello::from_bytes(content);
        if (!out) return out;
        if (out->network != settings.network) return fail(FrameError::other_network);
        if (out->genesis != settings.genesis) return fail(FrameError::other_genesis);
        return out;
    }
    void refuse(const Peer& from, FrameError error) {
        ++counts.malformed;
        logger.warn("disconnecting a peer", {{"peer", from.to_text()}, {"reason", to_string(error)}});
    }

    asio::io_context& context;
    LoopbackSettings settings;
    const Clock& clock;
    RandomSource& random;
    Receiver receiver;
    Logger logger;
    tcp::acceptor acceptor;
    FramePtr hello{};
    std::map<Peer, std::shared_ptr<LoopbackLink>> links{};
    std::set<beast::tcp_stream*> inbound{};
    SeenMessages seen{};
    TransportCounts counts{};
    bool stopping = false;
};

namespace {

struct Frame {
    FrameKind kind{};
    Bytes content{};
};

// Nothing where the connection is over; a fault of the peer where there is one.
asio::awaitable<Result<std::optional<Frame>, FrameError>> read_frame(beast::tcp_stream& stream,
                                                                     std::chrono::milliseconds patience) {
    using Read = Result<std::optional<Frame>, FrameError>;
    Error error;
    ByteArray<kFrameHeaderBytes> start{};
    co_await asio::async_read(stream, asio::buffer(start), asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return Read();
    const auto header = FrameHeader::from_bytes(start);
    if (!header) co_return Read(fail(header.error()));
    Frame out{.kind = header->kind, .content = Bytes(header->length)};
    stream.expires_after(patience);
    co_await asio::async_read(stream, asio::buffer(out.content), asio::redirect_error(asio::use_awaitable, error));
    stream.expires_never();
    if (error) co_return Read();
    co_return Read(std::move(out));
}

template <class S>
asio::awaitable<void> serve_frames(S& shared, beast::tcp_stream& stream, Peer from) {
    stream.expires_after(shared.settings.patience);
    auto first = co_await read_frame(stream, shared.settings.patience);
    if (!first) co_return shared.refuse(from, first.error());
    if (!*first) co_return;
    const auto hello = shared.greeting_of((*first)->kind, (*first)->content);
    if (!hello) co_return shared.refuse(from, hello.error());
    from = hello->sender;
    shared.add_peer(from);
    while (!shared.stopping) {
        const auto frame = co_await read_frame(stream, shared.settings.patience);
        if (!frame) co_return shared.refuse(from, frame.error());
        if (!*frame || shared.stopping) co_return;
        const auto taken = shared.receive(from, (*frame)->kind, (*frame)->content);
        if (!taken) co_return shared.refuse(from, taken.error());
    }
}

template <class S>
asio::awaitable<void> serve(std::shared_ptr<S> shared, tcp::socket socket) {
    Error error;
    const auto remote = socket.remote_endpoint(error);
    beast::tcp_stream stream(std::move(socket));
    if (error || shared->inbound.size() >= shared->settings.most_peers) co_return;
    shared->inbound.insert(&stream);
    co_await serve_frames(*shared, stream, peer_of(remote));
    shared->inbound.erase(&stream);
}

template <class S>
asio::awaitable<void> accept(std::shared_ptr<S> shared) {
    while (!shared->stopping) {
        Error error;
        tcp::socket socket = co_await shared->acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (shared->stopping) co_return;
        if (error) {
            // Out of descriptors, most likely: give the connections time to end.
            asio::steady_timer pause(shared->context, std::chrono::milliseconds(100));
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
            continue;
        }
        asio::co_spawn(shared->context, serve(shared, std::move(socket)), asio::detached);
    }
}

}  // namespace

LoopbackTransport::LoopbackTransport(asio::io_context& context, LoopbackSettings settings, const Clock& clock,
                                     RandomSource& random, Receiver receiver, Logger logger)
    : shared_(std::make_shared<Shared>(context, std::move(settings), clock, random, std::move(receiver),
                                       std::move(logger))) {}

LoopbackTransport::~LoopbackTransport() { stop(); }

Result<void, std::string> LoopbackTransport::start() {
    Shared& shared = *shared_;
    const tcp::endpoint at = endpoint_of(shared.settings.self);
    if (!at.address().is_loopback()) {
        return fail(fmt::format("{} is not an address of this machine alone", shared.settings.self.to_text()));
    }
    Error error;
    if (!shared.acceptor.open(at.protocol(), error) &&
        !shared.acceptor.set_option(asio::socket_base::reuse_address(true), error) &&
        !shared.acceptor.bind(at, error)) {
        shared.acceptor.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) return fail(fmt::format("cannot listen on {}: {}", shared.settings.self.to_text(), error.message()));
    shared.settings.self.port = shared.acceptor.local_endpoint().port();
    const Hello hello{
        .network = shared.settings.network, .genesis = shared.settings.genesis, .sender = shared.settings.self};
    shared.hello = std::make_shared<const Bytes>(make_frame(FrameKind::hello, hello.to_bytes()));
    asio::co_spawn(shared.context, accept(shared_), asio::detached);
    for (const Peer& peer : shared.settings.peers) shared.add_peer(peer);
    return {};
}

void LoopbackTransport::add_peer(const Peer& peer) { shared_->add_peer(peer); }

Peer LoopbackTransport::self() const { return shared_->settings.self; }

void LoopbackTransport::broadcast(const MessagePtr& message) { shared_->broadcast(*message); }

void LoopbackTransport::send(const Peer& to, const MessagePtr& message) {
    const auto link = shared_->links.find(to);
    const Bytes bytes = ledger::encode(*message);
    if (link == shared_->links.end() || bytes.size() > kMostFrameBytes) {
        ++shared_->counts.dropped;
        return;
    }
    shared_->enqueue(*link->second, std::make_shared<const Bytes>(make_frame(FrameKind::direct, bytes)));
}

void LoopbackTransport::send_to_some(std::size_t count, const MessagePtr& message) {
    const Bytes bytes = ledger::encode(*message);
    if (bytes.size() > kMostFrameBytes) return;
    const auto frame = std::make_shared<const Bytes>(make_frame(FrameKind::direct, bytes));
    for (LoopbackLink* link : shared_->draw(count, {})) shared_->enqueue(*link, frame);
}

std::vector<Peer> LoopbackTransport::alive_peers() const {
    std::vector<Peer> out;
    for (const auto& [peer, link] : shared_->links) {
        if (link->is_connected()) out.push_back(peer);
    }
    return out;
}

TransportCounts LoopbackTransport::counts() const {
    TransportCounts out = shared_->counts;
    for (const auto& [peer, link] : shared_->links) out.sent += link->sent();
    return out;
}

void LoopbackTransport::stop() {
    shared_->stopping = true;
    Error ignored;
    shared_->acceptor.close(ignored);
    for (const auto& [peer, link] : shared_->links) link->stop();
    for (beast::tcp_stream* stream : shared_->inbound) stream->close();
}

std::optional<Peer> parse_peer(std::string_view text) {
    const auto parts = split_host_port(text);
    if (!parts) return {};
    Error error;
    const auto address = asio::ip::make_address(parts->host, error);
    if (error) return {};
    return peer_of({address, parts->port});
}

}  // namespace dusk::node
