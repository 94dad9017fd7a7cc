// Puts objects together from their chunks, each object once (spec/network.md §4).
//
// An object is known by its content. One that was put together is remembered for a while, and its further chunks are
// ignored. If what came together is not what the ray id names, or two sources sent different symbols for one, somebody
// sent a wrong symbol: from then on the chunks of each source are put together apart, so that the wrong ones spoil the
// copy of their sender alone. A copy that is wrong goes, and its source may begin anew.
//
// Memory grows with the chunks that came, never with what they claim. It is charged to the source of the first chunk,
// or to the first one of the routing table that sends a part; all others share one account. Where an account is full,
// its oldest incomplete object makes room; where all together is full, the oldest of the fullest account does. So who
// sends much that never is complete takes room from himself.
#pragma once

#include <memory>
#include <optional>

#include "base/clock.hpp"
#include "base/socket_address.hpp"
#include "kadcast/chunk.hpp"

namespace dusk::kadcast {

struct ReassemblySettings {
    std::chrono::nanoseconds memory =
        std::chrono::seconds(60);  // of an object from its first chunk, and of a complete one
    // Of a complete one that came by height 0, to this node alone: who asks again may be answered again.
    std::chrono::nanoseconds memory_of_answers = std::chrono::seconds(5);
    std::size_t most_bytes = std::size_t{256} << 20;
    std::size_t most_bytes_of_source = std::size_t{64} << 20;
    std::size_t most_bytes_of_strangers = std::size_t{32} << 20;  // of all of them together
    std::size_t most_objects = 65'536;                            // complete and remembered; the oldest are forgotten
    std::size_t most_objects_of_source = 2048;                    // under way, of one source of the routing table
    std::size_t most_infos = 4;                                   // transmission informations of one ray id
    std::size_t most_copies = 16;                                 // put together apart for one ray id
    std::uint64_t hash_key = 0;  // secret, so that nobody makes ray ids that slow down looking them up
};

struct CompleteObject {
    RayId ray_id{};
    std::uint8_t height = 0;  // the highest that a chunk of it came with
    bool is_known = false;    // the source of its first or of its last chunk is in the routing table
    Bytes object{};
};

struct ReassemblyCounts {
    std::uint64_t chunks = 0;       // all that were given
    std::uint64_t superfluous = 0;  // of objects that are complete, or symbols that came before
    std::uint64_t refused = 0;      // no room
    std::uint64_t mismatches = 0;   // objects that were not what their ray id names, symbols that contradict each other
    std::uint64_t expired = 0;      // objects that never were complete
    std::uint64_t displaced = 0;    // incomplete objects that made room for others
    std::size_t objects = 0;        // under way now
    std::size_t bytes = 0;          // that they take now
};

class Reassembly {
  public:
    explicit Reassembly(const ReassemblySettings& settings = {});
    Reassembly(Reassembly&&) noexcept;
    Reassembly& operator=(Reassembly&&) noexcept;
    ~Reassembly();

    // The object, where the chunk completed it. `is_known`: whether the source is in the routing table. The cost is
    // that of the symbol but for the chunk that completes an object, and for those that make room for it.
    [[nodiscard]] Result<std::optional<CompleteObject>, ChunkError> add(const Chunk& chunk, std::uint8_t height,
                                                                        const SocketAddress& source, bool is_known,
                                                                        MonotonicTime now);
    // An object of one's own: what comes back of it is ignored.
    void remember(const RayId& ray_id, MonotonicTime now);
    // One that came in is as if it had not: who sends it again is heard. Nothing happens to one that is not complete.
    void forget(const RayId& ray_id);
    // A source of the routing table has it too: true where it is complete and only strangers had brought it.
    [[nodiscard]] bool vouch(const RayId& ray_id, MonotonicTime now);
    // What is known of an object that is complete. Valid until the next call.
    struct Seen {
        std::uint8_t height = 0;
        bool is_own = false;
        bool is_relayed = false;
        bool is_of_strangers = false;
    };
    [[nodiscard]] Seen* find(const RayId& ray_id, MonotonicTime now);

    [[nodiscard]] ReassemblyCounts counts() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace dusk::kadcast
