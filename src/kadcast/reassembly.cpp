#include "kadcast/reassembly.hpp"

#include <algorithm>
#include <list>
#include <unordered_map>
#include <vector>

#include "kadcast/room.hpp"

namespace dusk::kadcast {
namespace {

// Of each list of entries, so many that expired go with a chunk, which adds one at most.
constexpr int kExpiredAtOnce = 3;

__extension__ using Wide = unsigned __int128;

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

struct KeyedHash {
    std::uint64_t key = 0;

    std::size_t operator()(const RayId& id) const {
        const auto word = [&](std::size_t i) { return load_le<std::uint64_t>(id.data() + 8 * i); };
        return mixed(word(0) ^ key ^ 0x2d358dccaa6c78a5, word(1) ^ mixed(key, 0x8bb84b93962eacc9)) ^
               mixed(word(2) ^ key ^ 0x4b33a62ed433d4a3, word(3) ^ mixed(key, 0x4d5a2da51de1aa47));
    }
};

// What is known of a ray id: its parts while it is under way, then that it is complete.
struct Entry {
    RayId ray_id{};
    MonotonicTime expires{};
    bool is_complete = false;
    Reassembly::Seen seen{};
    // While it is under way: one at least.
    std::list<Part> parts{};
    bool is_apart = false;  // there was a mismatch: new parts are of one source each
};
using Entries = std::list<Entry>;

struct Place {
    Entries* list = nullptr;
    Entries::iterator entry{};
};

struct Sender {
    SocketAddress address{};
    bool is_known = false;
};

}  // namespace

struct Reassembly::State {
    using Outcome = Result<std::optional<CompleteObject>, ChunkError>;
    using Map = std::unordered_map<RayId, Place, KeyedHash>;

    explicit State(const ReassemblySettings& s) : settings(s), room(s), entries(0, KeyedHash{s.hash_key}) {}

    // --- entries ---
    Entry* find(const RayId& ray_id, MonotonicTime now) {
        const auto found = entries.find(ray_id);
        if (found == entries.end()) return nullptr;
        Entry& entry = *found->second.entry;
        if (entry.expires > now) return &entry;
        expire(found);
        return nullptr;
    }
    // At the end of `list`, whose entries expire in their order.
    Entry& create(Entries& list, const RayId& ray_id, MonotonicTime expires) {
        Entry& entry = list.emplace_back();
        entry.ray_id = ray_id;
        entry.expires = expires;
        entries.emplace(ray_id, Place{.list = &list, .entry = std::prev(list.end())});
        return entry;
    }
    void forget(Map::iterator found) {
        const Place place = found->second;
        for (Part& part : place.entry->parts) room.release(part);
        entries.erase(found);
        place.list->erase(place.entry);
    }
    void expire(Map::iterator found) {
        if (!found->second.entry->is_complete) ++counts.expired;
        forget(found);
    }
    void expire_some(MonotonicTime now) {
        for (Entries* list : {&under_way, &of_known, &of_strangers, &answers}) {
            for (int i = 0; i < kExpiredAtOnce && !list->empty() && list->front().expires <= now; ++i) {
                expire(entries.find(list->front().ray_id));
            }
        }
    }
    void complete(const RayId& ray_id, const Seen& seen, bool is_known, MonotonicTime now) {
        if (const auto found = entries.find(ray_id); found != entries.end()) forget(found);
        const bool is_answer = seen.height == 0 && !seen.is_own;
        Entries& list = is_answer ? answers : is_known ? of_known : of_strangers;
        // Strangers make nobody else forgotten.
        while (list.size() >= std::max<std::size_t>(1, settings.most_objects / 3)) {
            forget(entries.find(list.front().ray_id));
        }
        Entry& entry = create(list, ray_id, now + (is_answer ? settings.memory_of_answers : settings.memory));
        entry.is_complete = true;
        entry.seen = seen;
    }

    // --- parts ---
    Part* part_for(Entry* entry, const TransmissionInfo& info, const SocketAddress& source) {
        if (entry == nullptr) return nullptr;
        for (Part& part : entry->parts) {
            if (part.assembly.info().bytes == info.bytes && (!part.only_from || *part.only_from == source)) {
                return &part;
            }
        }
        return nullptr;
    }
    Part& add_part(Entry& entry, Assembly assembly, std::optional<SocketAddress> only_from, Account& account) {
        Part& part = entry.parts.emplace_back(entry.ray_id, std::move(assembly), only_from);
        room.charge(part, account);
        return part;
    }
    // An entry goes with its last part: true.
    bool remove(Part& part) {
        const auto found = entries.find(part.ray_id);
        Entry& entry = *found->second.entry;
        room.release(part);
        entry.parts.remove_if([&](const Part& one) { return &one == &part; });
        if (!entry.parts.empty()) return false;
        forget(found);
        return true;
    }
    bool make_room(Account& account, std::size_t bytes, const Part* part) {
        return room.make_room(account, bytes, part, [&](Part& other) {
            ++counts.displaced;
            remove(other);
        });
    }
    // Room in an entry for one part more. A source has one information for a ray id; the sources of the routing table
    // take the room of strangers, everyone that of a part which is less far than all others.
    bool may_add_part(Entry& entry, const TransmissionInfo& info, const Sender& sender) {
        Part* least = nullptr;
        for (Part& part : entry.parts) {
            const bool is_other = part.assembly.info().bytes != info.bytes;
            if (is_other && part.assembly.has_source(sender.address)) return false;
            if (sender.is_known || !part.account->source) {
                if (least == nullptr || part.assembly.symbols() < least->assembly.symbols()) least = &part;
            }
        }
        const std::size_t most = settings.most_infos + (entry.is_apart ? settings.most_copies : 0);
        if (entry.parts.size() < most) return true;
        if (least == nullptr || entry.parts.size() == 1) return false;
        ++counts.displaced;
        remove(*least);
        return true;
    }

    // --- a chunk ---
    Outcome superfluous() {
        ++counts.superfluous;
        return std::optional<CompleteObject>();
    }
    Outcome refuse() {
        ++counts.refused;
        return fail(ChunkError::no_room);
    }
    Outcome add(const Chunk& chunk, std::uint8_t height, const Sender& sender, MonotonicTime now) {
        ++counts.chunks;
        expire_some(now);
        Entry* entry = find(chunk.ray_id, now);
        if (entry != nullptr) {
            if (entry->is_complete) return superfluous();
            height = entry->seen.height = std::max(entry->seen.height, height);
        }
        if (chunk.info.symbols() == 1 && chunk.symbol_id == 0) return add_whole(chunk, height, sender.is_known, now);
        return add_to_part(chunk, height, sender, now);
    }

    // The only source symbol of an object is the object. Nothing is kept of a wrong one.
    Outcome add_whole(const Chunk& chunk, std::uint8_t height, bool is_known, MonotonicTime now) {
        const ByteView object = chunk.symbol.first(static_cast<std::size_t>(chunk.info.length));
        if (ray_id_of(object) == chunk.ray_id) return deliver(chunk.ray_id, height, is_known, to_vector(object), now);
        ++counts.mismatches;
        return std::optional<CompleteObject>();
    }

    Outcome add_to_part(const Chunk& chunk, std::uint8_t height, const Sender& sender, MonotonicTime now) {
        Account& account = room.account_of(sender.address, sender.is_known);
        Entry* entry = find(chunk.ray_id, now);
        Part* part = part_for(entry, chunk.info, sender.address);
        if (part == nullptr) {
            if (!make_room(account, Assembly::bytes_of_first(chunk.info), nullptr)) return refuse();
            entry = find(chunk.ray_id, now);  // it may have made room itself
            if (entry == nullptr) entry = &create(under_way, chunk.ray_id, now + settings.memory);
            if (!entry->parts.empty() && !may_add_part(*entry, chunk.info, sender)) return refuse();
            entry->seen.height = std::max(entry->seen.height, height);
            std::optional<SocketAddress> only_from;
            if (entry->is_apart) only_from = sender.address;
            part = &add_part(*entry, Assembly(chunk.info), only_from, account);
        } else {
            if (!make_room(*part->account, part->assembly.bytes_of_next(), part)) return refuse();
            const bool is_anothers = part->only_from ? part->account != &account : !part->account->source;
            if (sender.is_known && is_anothers && room.fits(account, *part)) room.move(*part, account);
        }
        const Assembly::Added added = part->assembly.add({.block = chunk.block, .id = chunk.symbol_id}, chunk.symbol,
                                                         sender.address, sender.is_known);
        room.update(*part);
        switch (added) {
            case Assembly::Added::superfluous:
                return superfluous();
            case Assembly::Added::conflicting:
                ++counts.mismatches;
                if (part->only_from) return std::optional<CompleteObject>();
                put_apart(*entry, *part);
                return add_to_part(chunk, height, sender, now);
            case Assembly::Added::taken:
                break;
        }
        return try_complete(*entry, *part, sender.is_known, now);
    }

    Outcome try_complete(Entry& entry, Part& part, bool is_known, MonotonicTime now) {
        auto object = part.assembly.try_complete();
        if (!object) return std::optional<CompleteObject>();
        if (ray_id_of(*object) == part.ray_id) {
            const RayId ray_id = part.ray_id;
            is_known |= part.account->source.has_value();
            return deliver(ray_id, entry.seen.height, is_known, *std::move(object), now);
        }
        ++counts.mismatches;
        if (part.assembly.sources().size() > 1) {
            put_apart(entry, part);
        } else {
            remove(part);  // its source may begin anew
        }
        return std::optional<CompleteObject>();
    }

    // The symbols of a part contradict each other or the ray id: each source goes on alone. The entry may be gone then.
    void put_apart(Entry& entry, Part& part) {
        Account& account = *part.account;
        entry.is_apart = true;
        for (Assembly& share : part.assembly.split(settings.most_copies)) {
            const SocketAddress source = share.sources().front();
            add_part(entry, std::move(share), source, account);
        }
        remove(part);
        // What the shares have in common is charged to each. Where that is too much, the oldest of the account goes.
        static_cast<void>(make_room(account, 0, nullptr));
    }

    Outcome deliver(const RayId& ray_id, std::uint8_t height, bool is_known, Bytes object, MonotonicTime now) {
        complete(ray_id, {.height = height, .is_of_strangers = !is_known}, is_known, now);
        return CompleteObject{.ray_id = ray_id, .height = height, .is_known = is_known, .object = std::move(object)};
    }

    ReassemblySettings settings;
    Room room;
    Map entries;
    Entries under_way{}, of_known{}, of_strangers{}, answers{};
    ReassemblyCounts counts{};
};

Reassembly::Reassembly(const ReassemblySettings& settings) : state_(std::make_unique<State>(settings)) {}
Reassembly::Reassembly(Reassembly&&) noexcept = default;
Reassembly& Reassembly::operator=(Reassembly&&) noexcept = default;
Reassembly::~Reassembly() = default;

Result<std::optional<CompleteObject>, ChunkError> Reassembly::add(const Chunk& chunk, std::uint8_t height,
                                                                  const SocketAddress& source, bool is_known,
                                                                  MonotonicTime now) {
    return state_->add(chunk, height, {.address = source, .is_known = is_known}, now);
}

void Reassembly::remember(const RayId& ray_id, MonotonicTime now) {
    state_->expire_some(now);
    state_->complete(ray_id, {.is_own = true}, true, now);
}

void Reassembly::forget(const RayId& ray_id) {
    const auto found = state_->entries.find(ray_id);
    if (found == state_->entries.end()) return;
    const Entry& entry = *found->second.entry;
    if (entry.is_complete && !entry.seen.is_own) state_->forget(found);
}

bool Reassembly::vouch(const RayId& ray_id, MonotonicTime now) {
    Seen* seen = find(ray_id, now);
    return seen != nullptr && std::exchange(seen->is_of_strangers, false);
}

Reassembly::Seen* Reassembly::find(const RayId& ray_id, MonotonicTime now) {
    Entry* entry = state_->find(ray_id, now);
    return entry != nullptr && entry->is_complete ? &entry->seen : nullptr;
}

ReassemblyCounts Reassembly::counts() const {
    ReassemblyCounts out = state_->counts;
    out.objects = state_->under_way.size();
    out.bytes = state_->room.bytes();
    return out;
}

}  // namespace dusk::kadcast
