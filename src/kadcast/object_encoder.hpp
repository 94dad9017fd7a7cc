// Makes the chunks of an object (spec/network.md §4).
#pragma once

#include "kadcast/chunk.hpp"

namespace dusk::kadcast {

inline constexpr std::uint16_t kLeastMtu = 1296;
inline constexpr std::uint16_t kMostMtu = 8192;
inline constexpr std::uint32_t kMostRepair = 32'768;

struct FecSettings {
    std::uint16_t mtu = 1300;  // kLeastMtu to kMostMtu; others count as 1300
    float redundancy = 0.15F;  // repair symbols for each byte, in terms of the mtu
    std::uint32_t least_repair = 5;
};
[[nodiscard]] std::uint16_t effective_mtu(std::uint16_t mtu);
// How many repair symbols an object of `length` bytes is sent with: never above kMostRepair.
[[nodiscard]] std::uint32_t repair_count(std::size_t length, const FecSettings& settings);

// All chunks of one object in one piece of memory, ready to be sent to any number of nodes.
class EncodedObject {
  public:
    EncodedObject(const RayId& ray_id, std::size_t frame_bytes, Bytes frames)
        : ray_id_(ray_id), frame_bytes_(frame_bytes), frames_(std::move(frames)) {}

    [[nodiscard]] const RayId& ray_id() const { return ray_id_; }
    [[nodiscard]] std::size_t chunks() const { return frames_.size() / frame_bytes_; }
    [[nodiscard]] std::size_t frame_bytes() const { return frame_bytes_; }
    // In the order of sending: source symbols, then repair symbols.
    [[nodiscard]] ByteView frame(std::size_t chunk) const {
        return ByteView(frames_).subspan(chunk * frame_bytes_, frame_bytes_);
    }

  private:
    RayId ray_id_;
    std::size_t frame_bytes_;
    Bytes frames_;
};

enum class EncodeError : std::uint8_t {
    empty,      // nothing to send
    too_large,  // above kMostObjectBytes: no receiver would take it
};

// Linear in the size of the object, with a step for the repair symbols.
[[nodiscard]] Result<EncodedObject, EncodeError> encode_object(ByteView object, const FecSettings& settings);

}  // namespace dusk::kadcast
