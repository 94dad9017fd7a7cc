#include "kadcast/object_encoder.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "dusk_raptorq.h"
#include "kadcast/source_block.hpp"

namespace dusk::kadcast {
namespace {

constexpr std::uint16_t kDefaultMtu = FecSettings{}.mtu;

TransmissionInfo info_of(std::size_t length, std::uint16_t mtu) {
    ByteArray<TransmissionInfo::kSize> bytes;
    const std::int32_t code = dusk_raptorq_info(length, mtu, bytes.data());
    const auto info = TransmissionInfo::from_bytes(bytes);
    // Objects up to the limit are one block at every mtu.
    if (code != DUSK_RAPTORQ_OK || !info || info->blocks != 1) throw std::logic_error("RaptorQ: information");
    return *info;
}

}  // namespace

std::uint32_t repair_count(std::size_t length, const FecSettings& settings) {
    // In single precision and in this order, as all nodes of the network do.
    const float wanted =
        static_cast<float>(length) * settings.redundancy / static_cast<float>(effective_mtu(settings.mtu));
    const float most = static_cast<float>(kMostRepair);
    const auto count = wanted > 0 ? static_cast<std::uint32_t>(std::min(wanted, most)) : 0U;
    return std::min(std::max(count, settings.least_repair), kMostRepair);
}

std::uint16_t effective_mtu(std::uint16_t mtu) { return mtu < kLeastMtu || mtu > kMostMtu ? kDefaultMtu : mtu; }

Result<EncodedObject, EncodeError> encode_object(ByteView object, const FecSettings& settings) {
    if (object.empty()) return fail(EncodeError::empty);
    if (object.size() > kMostObjectBytes) return fail(EncodeError::too_large);
    const TransmissionInfo info = info_of(object.size(), effective_mtu(settings.mtu));
    const Bytes symbols = symbols_of_object(object, info);
    std::vector<std::uint32_t> repair_ids(repair_count(object.size(), settings));
    std::iota(repair_ids.begin(), repair_ids.end(), info.symbols());
    const Bytes repair = repair_symbols(symbols, info.symbol_size, repair_ids);

    const RayId ray_id = ray_id_of(object);
    const std::size_t frame_bytes = kChunkPrefixBytes + info.symbol_size;
    Bytes frames;
    frames.reserve((info.symbols() + repair_ids.size()) * frame_bytes);
    std::uint32_t id = 0;
    for (const Bytes& part : {std::cref(symbols), std::cref(repair)}) {
        for (std::size_t start = 0; start < part.size(); start += info.symbol_size) {
            ByteArray<4> place;
            store_be(place.data(), id++);  // of block 0
            append(frames, ray_id);
            append(frames, info.bytes);
            append(frames, place);
            append(frames, ByteView(part).subspan(start, info.symbol_size));
        }
    }
    return EncodedObject(ray_id, frame_bytes, std::move(frames));
}

}  // namespace dusk::kadcast
