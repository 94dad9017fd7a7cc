#include "node/stranger_objects.hpp"

namespace dusk::node {

bool StrangerObjects::add(kadcast::Deliver&& object) {
    const std::size_t bytes = object.object.size();
    if (objects_.size() >= limits_.objects || bytes_ + bytes > limits_.bytes) return false;
    bytes_ += bytes;
    objects_.push_back(std::move(object));
    return true;
}

std::optional<kadcast::Deliver> StrangerObjects::take(MonotonicTime now) {
    if (objects_.empty() || now < free_from()) return {};
    return remove(objects_.begin());
}

std::optional<kadcast::Deliver> StrangerObjects::take(const kadcast::RayId& ray_id) {
    const auto found = std::ranges::find(objects_, ray_id, &kadcast::Deliver::ray_id);
    if (found == objects_.end()) return {};
    return remove(found);
}

kadcast::Deliver StrangerObjects::remove(std::deque<kadcast::Deliver>::iterator one) {
    kadcast::Deliver out = std::move(*one);
    objects_.erase(one);
    bytes_ -= out.object.size();
    return out;
}

void StrangerObjects::spend(std::chrono::nanoseconds time, MonotonicTime now) {
    spent_until_ = std::max(spent_until_, now) + limits_.share * time;
}

std::optional<MonotonicTime> StrangerObjects::due() const {
    return objects_.empty() ? std::nullopt : std::optional(free_from());
}

}  // namespace dusk::node
