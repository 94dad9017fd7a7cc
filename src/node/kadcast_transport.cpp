#include "node/kadcast_transport.hpp"

#include "node/network_thread.hpp"

namespace dusk::node {

KadcastTransport::KadcastTransport(boost::asio::io_context& loop, KadcastSettings settings, const Clock& clock,
                                   Receiver receiver, Logger logger)
    : settings_(std::move(settings)),
      clock_(clock),
      logger_(std::move(logger)),
      inlet_(loop, clock_, settings_.inlet, std::move(receiver)) {}

KadcastTransport::~KadcastTransport() { stop(); }

Result<void, std::string> KadcastTransport::start() {
    auto thread = NetworkThread::open(
        settings_, clock_,
        [this](Received message, std::size_t bytes, Standing sender) {
            return inlet_.add(std::move(message), bytes, sender);
        },
        logger_);
    if (!thread) return fail(thread.error());
    thread_ = std::move(*thread);
    thread_->start();
    return {};
}

Peer KadcastTransport::self() const { return thread_ ? thread_->self() : settings_.public_address; }

void KadcastTransport::broadcast(const MessagePtr& message) {
    if (thread_) thread_->broadcast(message);
}
void KadcastTransport::send(const Peer& to, const MessagePtr& message) {
    if (thread_) thread_->send(to, message);
}
void KadcastTransport::send_to_some(std::size_t count, const MessagePtr& message) {
    if (thread_) thread_->send_to_some(count, message);
}
void KadcastTransport::set_known_signers(KnownSignersPtr signers) {
    if (thread_) thread_->set_known_signers(std::move(signers));
}

std::vector<Peer> KadcastTransport::alive_peers() const {
    std::vector<Peer> out;
    for (const PeerView& peer : view()->peers) {
        if (peer.is_alive) out.push_back(peer.address);
    }
    return out;
}

std::shared_ptr<const NetworkView> KadcastTransport::view() const { return thread_ ? thread_->view() : nothing_; }

RecentObjects KadcastTransport::objects_after(std::uint64_t number) const {
    return thread_ ? thread_->objects_after(number) : RecentObjects();
}

void KadcastTransport::stop() {
    inlet_.close();
    if (thread_) thread_->stop();
}

}  // namespace dusk::node
