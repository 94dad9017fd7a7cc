// Chunks of a few objects, changed ones and any bytes, of several sources, while time passes: objects come once and are
// what their ray id names, and memory stays within its bounds.
#include <map>

#include "input.hpp"
#include "kadcast/object_samples.hpp"
#include "kadcast/reassembly.hpp"
#include "require.hpp"

namespace {

using namespace dusk;
using namespace dusk::kadcast;
using fuzz::require;

constexpr ReassemblySettings kSettings{.most_bytes = 60'000,
                                       .most_bytes_of_source = 30'000,
                                       .most_bytes_of_strangers = 20'000,
                                       .most_objects = 12,
                                       .most_objects_of_source = 5,
                                       .most_infos = 2,
                                       .most_copies = 3};

const std::vector<std::vector<Bytes>>& objects() {
    static const std::vector<std::vector<Bytes>> kObjects = [] {
        std::vector<std::vector<Bytes>> out;
        for (const std::size_t size : {1, 1296, 1297, 4000, 9000}) {
            out.push_back(sample_frames(sample_object(size)));
            out.push_back(sample_frames(sample_object(size), {.mtu = 2592}));
        }
        return out;
    }();
    return kObjects;
}

class Run {
  public:
    void step(fuzz::Input& input) {
        const std::uint8_t what = input.next();
        switch (what % 8) {
            case 0:
                now_ += std::chrono::seconds(input.next() / 4);
                break;
            case 1:
                give(to_vector(input.take_counted()), input.next());
                break;
            case 2:
                give(changed(frame(input), input), input.next());
                break;
            case 3:
                remember(frame(input));
                break;
            case 4: {
                // All chunks of an object, but for one.
                const auto& frames = objects()[input.next() % objects().size()];
                const std::uint8_t lost = input.next();
                const std::uint8_t source = input.next();
                for (std::size_t i = 0; i < frames.size(); ++i) {
                    if (i != lost % frames.size()) give(frames[i], source);
                }
                break;
            }
            default:
                give(frame(input), input.next());
        }
    }

  private:
    static Bytes frame(fuzz::Input& input) {
        const auto& frames = objects()[input.next() % objects().size()];
        return frames[input.next() % frames.size()];
    }
    static Bytes changed(Bytes frame, fuzz::Input& input) {
        const std::size_t at = input.next();
        // The ray id, the information and the place before the symbols.
        frame[at < 128 ? at % kSymbolAt : at] ^= input.next();
        return frame;
    }
    void remember(const Bytes& frame) {
        const auto ray_id = take<32>(frame);
        objects_.remember(ray_id, now_);
        complete_[ray_id] = now_;
        look();
    }
    void give(const Bytes& frame, std::uint8_t from) {
        const auto chunk = Chunk::from_frame(frame);
        if (!chunk) return require(!to_string(chunk.error()).empty());
        require(chunk->symbol.size() == chunk->info.symbol_size);
        const auto source = static_cast<std::uint16_t>(from % 7);
        const auto height = static_cast<std::uint8_t>(from / 7);
        const auto added = objects_.add(*chunk, height, sample_source(source), source < 4, now_);
        look();
        if (!added) return require(added.error() == ChunkError::no_room);
        if (!*added) return;
        const CompleteObject& object = **added;
        require(object.ray_id == chunk->ray_id && ray_id_of(object.object) == object.ray_id);
        require(object.object.size() == chunk->info.length);
        const auto before = complete_.find(object.ray_id);
        // Twice only where it was forgotten: by its age, or for others.
        require(before == complete_.end() || now_ - before->second >= kSettings.memory_of_answers ||
                complete_.size() > kSettings.most_objects / 3);
        complete_[object.ray_id] = now_;
    }
    void look() {
        const ReassemblyCounts counts = objects_.counts();
        require(counts.bytes <= kSettings.most_bytes);
        require(counts.objects <= counts.bytes / 500);
        require((counts.objects == 0) == (counts.bytes == 0));
    }

    Reassembly objects_{kSettings};
    MonotonicTime now_{std::chrono::hours(1)};
    std::map<RayId, MonotonicTime> complete_{};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input input(data, size);
    Run run;
    for (int steps = 0; steps < 300 && !input.is_empty(); ++steps) run.step(input);
    return 0;
}
