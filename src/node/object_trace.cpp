#include "node/object_trace.hpp"

#include "crypto/os_random.hpp"

namespace dusk::node {

std::size_t ObjectTrace::Hash::operator()(const kadcast::RayId& ray_id) const {
    std::uint64_t out = key;
    for (std::size_t i = 0; i < ray_id.size(); i += 8) {
        out = (out ^ load_le<std::uint64_t>(ray_id.data() + i)) * 0x9e37'79b9'7f4a'7c15ULL;
        out ^= out >> 29;
    }
    return out;
}

std::uint64_t ObjectTrace::random_key() {
    ByteArray<8> out{};
    crypto::OsRandom().fill(out);
    return load_le<std::uint64_t>(out.data());
}

ObjectTrace::Arrival& ObjectTrace::arrival(const kadcast::RayId& ray_id, MonotonicTime now) {
    const auto [at, is_new] = arrivals_.try_emplace(ray_id, Arrival{.first = now});
    if (!is_new) return at->second;
    order_.push_back(ray_id);
    if (order_.size() > kMostArrivals) {
        arrivals_.erase(order_.front());
        order_.pop_front();
    }
    return at->second;
}

TracedObject* ObjectTrace::find(std::uint64_t number) {
    if (objects_.empty() || number < objects_.front().number) return nullptr;
    return &objects_[number - objects_.front().number];
}

std::optional<std::uint8_t> ObjectTrace::on_chunk(const kadcast::RayId& ray_id, MonotonicTime now) {
    const std::lock_guard lock(mutex_);
    Arrival& here = arrival(ray_id, now);
    ++here.chunks;
    if (here.number == 0) return {};
    TracedObject* const object = find(here.number);
    if (object == nullptr) return {};
    ++object->late_chunks;
    return object->topic;
}

void ObjectTrace::add(TracedObject object) {
    object.number = next_number_++;
    objects_.push_back(object);
    if (objects_.size() > most_) objects_.pop_front();
}

void ObjectTrace::on_complete(const kadcast::RayId& ray_id, std::uint8_t topic, const Peer& from, std::uint8_t height,
                              std::size_t bytes, MonotonicTime now) {
    const std::lock_guard lock(mutex_);
    Arrival& here = arrival(ray_id, now);
    add({.ray_id = ray_id,
         .topic = topic,
         .from = from,
         .height = height,
         .bytes = bytes,
         .chunks = here.chunks,
         .first = here.first,
         .complete = now});
    here.number = objects_.back().number;
}

void ObjectTrace::on_own(const kadcast::RayId& ray_id, std::uint8_t topic, const Peer& self, std::size_t bytes,
                         MonotonicTime now) {
    const std::lock_guard lock(mutex_);
    Arrival& here = arrival(ray_id, now);
    if (here.number != 0) return;
    add({.ray_id = ray_id,
         .topic = topic,
         .is_own = true,
         .from = self,
         .bytes = bytes,
         .first = now,
         .complete = now});
    here.number = objects_.back().number;
}

RecentObjects ObjectTrace::after(std::uint64_t number) const {
    const std::lock_guard lock(mutex_);
    RecentObjects out{.objects = {}, .last = next_number_ - 1};
    for (const TracedObject& object : objects_) {
        if (object.number > number) out.objects.push_back(object);
    }
    return out;
}

}  // namespace dusk::node
