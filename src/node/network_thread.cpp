#include "node/network_thread.hpp"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <mutex>
#include <thread>

#include "base/cases.hpp"
#include "crypto/os_random.hpp"
#include "kadcast/packet.hpp"
#include "node/bootstrap_names.hpp"
#include "node/message_nonce.hpp"
#include "node/network_advice.hpp"
#include "node/node_sockets.hpp"
#include "node/overlay_view.hpp"
#include "node/round_trips.hpp"
#include "node/timer_point.hpp"
#include "node/udp_sender.hpp"

namespace dusk::node {
namespace {

namespace asio = boost::asio;

constexpr int kMostBatches = 8;  // of datagrams, before others have their turn on the thread
constexpr std::uint8_t kBroadcastType = 10;
constexpr std::size_t kRayIdOffset = 31;
constexpr std::chrono::milliseconds kFirstViews{50};  // while there are few peers, somebody may wait for them
constexpr std::chrono::milliseconds kViews{250};
constexpr std::chrono::hours kNamesAnyway{1};  // their addresses may have changed

}  // namespace

struct NetworkThread::State {
    State(const KadcastSettings& s, NodeSockets both, const kadcast::Identity& identity, const Clock& k,
          Arrivals::Deliver deliver, Logger l)
        : settings(s),
          clock(k),
          logger(std::move(l)),
          sockets(std::move(both)),
          self(identity.address),
          listening(sockets.main.local_address()),
          overlay(identity, s.overlay, random),
          nonces(self),
          arrivals(
              settings.arrivals, k, std::move(deliver),
              [this](const kadcast::RayId& ray_id) { overlay.forget(ray_id); }, trace, counts, logger),
          names(s.bootstrap),
          advice(logger),
          readable(watch(context, sockets.main)),
          sender(context, sockets.of_family(true), sockets.of_family(false),
                 SendQueue(kadcast::header_of(identity), s.pacing), k),
          overlay_timer(context),
          arrival_timer(context),
          view_timer(context) {}

    [[nodiscard]] MonotonicTime now() const { return clock.monotonic_time(); }

    // --- inputs ---
    void begin() {
        unix_offset = unix_offset_of(clock);
        const BufferSizes receive{.asked = settings.receive_buffer,
                                  .given = sockets.main.ask_receive_buffer(settings.receive_buffer)};
        (void)sockets.main.ask_send_buffer(settings.send_buffer);
        if (sockets.other) (void)sockets.other->ask_send_buffer(settings.send_buffer);
        const auto& addresses = names.addresses();
        advice.on_start(self, listening, receive, addresses.empty() ? std::nullopt : std::optional(addresses.front()));
        overlay.set_bootstrap(addresses, now());
        overlay.on_time(now());
        settle();
        look_up_names();
        await_datagrams();
        publish();
    }
    void await_datagrams() {
        readable.async_wait(asio::posix::stream_descriptor::wait_read, [this](const auto& error) {
            if (error || stopping) return;
            read();
            await_datagrams();
        });
    }
    void read() {
        for (int i = 0; i < kMostBatches; ++i) {
            const auto some = batch.receive(sockets.main);
            const MonotonicTime at = now();
            for (const Datagram& one : some) take(one, at);
            const bool is_last = some.size() < ReceiveBatch::kMost;
            if (is_last) arrivals.forgive(at);
            settle();
            if (is_last) return;
        }
    }
    void take(const Datagram& one, MonotonicTime at) {
        ++counts.datagrams_received;
        counts.bytes_received += one.bytes.size();
        if (one.bytes.size() >= kRayIdOffset + 32 && one.bytes[0] == kBroadcastType) {
            const auto topic = trace.on_chunk(dusk::take<32>(one.bytes.subspan(kRayIdOffset)), at);
            if (topic) ++counts.topics[*topic].late_datagrams;
        } else {
            round_trips.on_received(one.source, one.bytes, at);
        }
        overlay.on_datagram(one.source, one.bytes, at);
        carry_out_all();  // each on its own, so that it is seen which datagram completed a message
    }
    // A call from another thread, unless too many wait already.
    template <class Call>
    void command(Call&& call) {
        if (commands.fetch_add(1) >= settings.most_commands) {
            commands.fetch_sub(1);
            ++dropped_commands;
            return;
        }
        asio::post(context, [this, call = std::forward<Call>(call)] {
            commands.fetch_sub(1);
            if (stopping) return;
            call(*this);
            settle();
        });
    }
    void broadcast(const ledger::Message& message) {
        const Bytes object = ledger::encode(message);
        if (!overlay.broadcast(object, now())) return refuse(message);
        if (send_objects(message.topic(), object.size())) {
            trace.on_own(kadcast::ray_id_of(object), message.topic(), self, object.size(), now());
        }
    }
    void send(std::vector<SocketAddress> to, const ledger::Message& message) {
        std::erase_if(to, [this](const auto& one) { return one.port == 0 || one == self || is_wildcard(one); });
        if (to.empty()) return refuse(message);
        ledger::Message varied = message;
        nonces.write(varied);
        const Bytes object = ledger::encode(varied);
        if (!overlay.send(to, object)) return refuse(message);
        (void)send_objects(message.topic(), object.size(),
                           std::holds_alternative<ledger::BlockMessage>(message.payload));
    }
    void refuse(const ledger::Message& message) {
        ++counts.dropped;
        logger.debug("a message is not sent", {{"kind", topic_name(message.topic())}});
    }
    // What the overlay made of a message; false where it is not sent (again).
    bool send_objects(std::uint8_t topic, std::size_t bytes, bool is_block = false) {
        bool is_sent = false;
        for (kadcast::OverlayAction& action : overlay.take_actions()) {
            if (auto* object = std::get_if<kadcast::SendObject>(&action)) {
                is_sent = true;
                carry_out(std::move(*object), is_block);
            } else {
                std::visit([this](auto& one) { carry_out(std::move(one)); }, action);
            }
        }
        if (!is_sent) return false;
        TopicCounts& kind = counts.topics[topic];
        ++kind.sent;
        kind.sent_bytes += bytes;
        ++counts.sent;
        return true;
    }
    void look_up_names() {
        if (!names.has_names()) return;
        asked_names = now();
        names.ask([this](BootstrapNames::Found found) {
            asio::post(context, [this, found = std::move(found)] {
                if (stopping) return;
                if (found.is_complete) advice.on_names(found.failures);
                overlay.set_bootstrap(found.addresses, now());
                settle();
            });
        });
    }

    // --- what the overlay asks for ---
    void carry_out_all() {
        for (kadcast::OverlayAction& action : overlay.take_actions()) {
            std::visit([this](auto& one) { carry_out(std::move(one)); }, action);
        }
    }
    void settle() {
        carry_out_all();
        sender.flush();
        work_on_arrivals();
        set_overlay_timer();
    }
    // For a moment, so that datagrams are read in between.
    void work_on_arrivals() {
        const auto due = arrivals.work();
        if (!due || is_arrival_timer_set) return;
        is_arrival_timer_set = true;
        arrival_timer.expires_at(timer_point(*due));
        arrival_timer.async_wait([this](const auto& error) {
            if (error || stopping) return;
            is_arrival_timer_set = false;
            read();
        });
    }
    void carry_out(kadcast::Deliver&& arrived) { arrivals.add(std::move(arrived)); }
    void carry_out(kadcast::Vouched&& vouched) { arrivals.vouch(vouched); }
    void carry_out(kadcast::SendPacket&& packet) {
        round_trips.on_sent(packet.to, packet.datagram, now());
        if (!sender.queue().add(std::move(packet))) ++counts.dropped;
    }
    void carry_out(kadcast::SendObject&& object, bool is_block = false) {
        if (!sender.queue().add(std::move(object), is_block)) ++counts.dropped;
    }
    void set_overlay_timer() {
        const MonotonicTime wakeup = overlay.wakeup();
        if (wakeup == overlay_timer_set_to) return;
        overlay_timer_set_to = wakeup;
        overlay_timer.expires_at(timer_point(wakeup));
        overlay_timer.async_wait([this](const auto& error) {
            if (error || stopping) return;
            overlay_timer_set_to = {};
            overlay.on_time(now());
            settle();
        });
    }

    // --- what others see ---
    void publish() {
        const MonotonicTime at = now();
        auto next = std::make_shared<NetworkView>();
        *next = {.self = self,
                 .listening = listening,
                 .id = overlay.identity().id.bytes,
                 .nonce = overlay.identity().nonce,
                 .network = overlay.identity().network,
                 .unix_offset = unix_offset,
                 .peers = peers_of(overlay, round_trips, at),
                 .counts = all_counts()};
        const std::size_t alive = overlay.table().alive(at);
        const bool is_short = alive < settings.overlay.min_peers;
        advice.look_at(*next, !settings.bootstrap.empty(), at);
        if (at - asked_names >= (is_short ? settings.names_after : std::chrono::seconds(kNamesAnyway))) look_up_names();
        {
            const std::lock_guard lock(view_mutex);
            view = std::move(next);
        }
        view_timer.expires_after(is_short ? kFirstViews : kViews);
        view_timer.async_wait([this](const auto& error) {
            if (!error && !stopping) publish();
        });
    }
    [[nodiscard]] TransportCounts all_counts() {
        TransportCounts out = counts;
        add_counts(out, overlay);
        out.dropped += dropped_commands;
        out.datagrams_sent = sender.counts().datagrams;
        out.bytes_sent = sender.counts().bytes;
        out.send_failures = sender.counts().failures;
        out.kernel_drops = batch.kernel_drops();
        out.waiting_bytes = sender.queue().size();
        return out;
    }

    KadcastSettings settings;
    const Clock& clock;
    Logger logger;
    NodeSockets sockets;
    Peer self;
    Peer listening;
    crypto::OsRandom random;
    kadcast::Overlay overlay;
    MessageNonces nonces;
    RoundTrips round_trips{};
    ObjectTrace trace{};
    TransportCounts counts{};  // those that are counted here
    Arrivals arrivals;
    ReceiveBatch batch{};
    asio::io_context context{1};
    BootstrapNames names;  // ends before the context
    NetworkAdvice advice;
    asio::posix::stream_descriptor readable;
    UdpSender sender;
    asio::steady_timer overlay_timer;
    asio::steady_timer arrival_timer;
    asio::steady_timer view_timer;
    std::chrono::microseconds unix_offset{0};
    MonotonicTime overlay_timer_set_to{};
    MonotonicTime asked_names{};
    bool is_arrival_timer_set = false;
    bool stopping = false;
    std::atomic<std::size_t> commands{0};
    std::atomic<std::uint64_t> dropped_commands{0};
    mutable std::mutex view_mutex;
    std::shared_ptr<const NetworkView> view = std::make_shared<const NetworkView>();
    std::thread thread{};
};

NetworkThread::NetworkThread(std::unique_ptr<State> state) : state_(std::move(state)) {}
NetworkThread::~NetworkThread() { stop(); }

Result<std::unique_ptr<NetworkThread>, std::string> NetworkThread::open(const KadcastSettings& settings,
                                                                        const Clock& clock, Arrivals::Deliver deliver,
                                                                        Logger logger) {
    auto sockets = NodeSockets::bound(settings.public_address, settings.listen_address);
    if (!sockets) return fail(sockets.error());
    Peer self = settings.public_address;
    if (self.port == 0) self.port = sockets->main.local_address().port;
    const auto identity = kadcast::Identity::of(self, settings.network, settings.difficulty);
    return std::unique_ptr<NetworkThread>(new NetworkThread(std::make_unique<State>(
        settings, *std::move(sockets), identity, clock, std::move(deliver), std::move(logger))));
}

void NetworkThread::start() {
    state_->thread = std::thread([state = state_.get()] {
        const auto guard = asio::make_work_guard(state->context);
        state->begin();
        state->context.run();
    });
}

void NetworkThread::stop() {
    if (!state_->thread.joinable()) return;
    asio::post(state_->context, [state = state_.get()] {
        state->stopping = true;
        state->sender.stop();
        state->context.stop();
    });
    state_->thread.join();
}

Peer NetworkThread::self() const { return state_->self; }

void NetworkThread::broadcast(MessagePtr message) {
    state_->command([message = std::move(message)](State& state) { state.broadcast(*message); });
}
void NetworkThread::send(const Peer& to, MessagePtr message) {
    state_->command([to, message = std::move(message)](State& state) { state.send({to}, *message); });
}
void NetworkThread::send_to_some(std::size_t count, MessagePtr message) {
    state_->command([count, message = std::move(message)](State& state) {
        state.send(state.overlay.draw_peers(count, state.now()), *message);
    });
}
void NetworkThread::set_known_signers(KnownSignersPtr signers) {
    asio::post(state_->context, [state = state_.get(), signers = std::move(signers)]() mutable {
        state->arrivals.set_known_signers(std::move(signers));
    });
}

std::shared_ptr<const NetworkView> NetworkThread::view() const {
    const std::lock_guard lock(state_->view_mutex);
    return state_->view;
}

RecentObjects NetworkThread::objects_after(std::uint64_t number) const { return state_->trace.after(number); }

}  // namespace dusk::node
