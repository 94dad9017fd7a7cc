// Archives of maps and sets: B-trees (spec/vm.md §9.4), written from the largest key down, leaves first.
//
// A node is a block: what its entries point to, the header, padding, the entries in ascending order. A leaf's header
// points to the next leaf in key order; an inner node's header points to its least child, and every entry of it holds
// the first key below another child.
//
// The compiler lays the entries out, so each pair of types has a measured table:
//     template <>
//     inline constexpr MapLayout map_layout<std::uint32_t, std::uint64_t>{
//         .entry = {16, 8, .key = 8, .value = 0}, .branch = {8, 4, .pointer = 0, .key = 4}};
#pragma once

#include <map>
#include <set>

#include "base/archive.hpp"

namespace dusk {

struct MapLayout {
    struct Entry {  // of a leaf
        std::size_t size;
        std::size_t alignment;
        std::size_t key;
        std::size_t value;
    };
    struct Branch {  // of an inner node
        std::size_t size;
        std::size_t alignment;
        std::size_t pointer;
        std::size_t key;
    };
    Entry entry;
    Branch branch;
};
// Specialised per pair of types. A set is a map to std::monostate.
template <class K, class V>
struct NoMapLayout;
template <class K, class V>
inline constexpr NoMapLayout<K, V> map_layout;

// The header before the entries of a node.
struct MapNode {
    static constexpr std::size_t size = 12;
    static constexpr std::size_t alignment = 4;
    static constexpr std::size_t block_size_offset = 0;
    static constexpr std::size_t pointer_offset = 4;
    static constexpr std::size_t meta_offset = 8;
    static constexpr std::size_t inner_flag = 0x8000;
    static constexpr std::size_t block_limit = 4096;
    // Inner nodes of the reference are aligned like the header before it is archived, on a 64-bit host.
    static constexpr std::size_t inner_alignment = 8;

    std::size_t at;
    std::size_t block_size;
    std::int32_t pointer;
    bool inner;
    std::size_t count;

    [[nodiscard]] static MapNode load(const ArchiveSource& source, std::size_t at);
    // The block started at `block_start`; the header points to `target`. Returns the header's position.
    static std::size_t write(ArchiveSink& sink, std::size_t block_start, std::size_t block_alignment, bool inner,
                             std::size_t count, std::optional<std::size_t> target);
};

template <class K, class V>
class MapWriter {
  public:
    // `entries`: pairs of pointers in descending key order. Returns the position of the root node.
    using Entries = std::vector<std::pair<const K*, const V*>>;
    static std::size_t write(ArchiveSink& sink, const Entries& entries) {
        if (entries.empty()) return 0;
        Level level = write_leaves(sink, entries);
        while (level.size() > 1) level = write_inner(sink, level);
        return level.front().second;
    }

  private:
    static constexpr MapLayout layout = map_layout<K, V>;
    // First key and position of each node, in writing order: descending keys.
    using Level = std::vector<std::pair<const K*, std::size_t>>;

    static Level write_leaves(ArchiveSink& sink, const Entries& entries) {
        struct Pending {
            const K* key;
            const V* value;
            typename Archived<K>::Resolver key_resolver;
            typename Archived<V>::Resolver value_resolver;
        };
        Level level;
        for (std::size_t next = 0; next < entries.size();) {
            const std::size_t block_start = sink.position();
            std::vector<Pending> block;
            do {
                const auto& [key, value] = entries[next++];
                auto key_resolver = Archived<K>::write_parts(sink, *key);
                auto value_resolver = Archived<V>::write_parts(sink, *value);
                block.push_back({key, value, std::move(key_resolver), std::move(value_resolver)});
            } while (next < entries.size() &&
                     sink.position() - block_start + MapNode::size + block.size() * layout.entry.size <
                         MapNode::block_limit);
            const auto link = level.empty() ? std::nullopt : std::optional(level.back().second);
            const std::size_t at = MapNode::write(
                sink, block_start, std::max(MapNode::alignment, layout.entry.alignment), false, block.size(), link);
            level.emplace_back(block.back().key, at);
            sink.align(layout.entry.alignment);
            for (std::size_t i = block.size(); i-- > 0;) {
                const std::size_t entry = sink.place(layout.entry.size);
                Archived<K>::write_self(sink, entry + layout.entry.key, *block[i].key, block[i].key_resolver);
                Archived<V>::write_self(sink, entry + layout.entry.value, *block[i].value, block[i].value_resolver);
            }
        }
        return level;
    }

    static Level write_inner(ArchiveSink& sink, const Level& below) {
        Level level;
        for (std::size_t next = 0; below.size() - next > 1;) {
            const std::size_t block_start = sink.position();
            const std::size_t first = next;
            std::vector<typename Archived<K>::Resolver> keys;
            while (below.size() - next > 1) {
                keys.push_back(Archived<K>::write_parts(sink, *below[next++].first));
                const std::size_t estimate =
                    sink.position() - block_start + MapNode::size + keys.size() * layout.branch.size;
                if (estimate >= MapNode::block_limit && keys.size() >= 2) break;
            }
            // The last node of a level may not be left with a single child.
            if (below.size() - next == 2) keys.push_back(Archived<K>::write_parts(sink, *below[next++].first));
            const auto& [least_key, least_child] = below[next++];
            const std::size_t at =
                MapNode::write(sink, block_start, std::max(MapNode::inner_alignment, layout.branch.alignment), true,
                               keys.size(), least_child);
            level.emplace_back(least_key, at);
            sink.align(layout.branch.alignment);
            for (std::size_t i = keys.size(); i-- > 0;) {
                const std::size_t entry = sink.place(layout.branch.size);
                sink.store_pointer(entry + layout.branch.pointer, below[first + i].second);
                Archived<K>::write_self(sink, entry + layout.branch.key, *below[first + i].first, keys[i]);
            }
        }
        return level;
    }
};

// Reads and checks a tree: nodes are claimed from high addresses to low ones, level by level from the root.
template <class K, class V>
class MapReader {
  public:
    explicit MapReader(ArchiveSource& source) : source_(source) {}

    // `insert(key, value)` is called in key order; a key may repeat, then the last one counts.
    template <class Insert>
    bool read(std::size_t at, Insert&& insert) {
        const auto length = source_.load<std::uint32_t>(at);
        if (length == 0) return true;
        const auto root = source_.target(at + 4, source_.pointer(at + 4), MapNode::size, MapNode::alignment);
        if (!root) return false;
        const ArchiveSource::Range outer = source_.range();
        const std::uint64_t root_size = node_size(MapNode::load(source_, *root));
        if (!source_.claimable(*root, root_size)) return false;
        source_.set_range({outer.low, *root});
        if (!read_nodes(*root)) return false;
        source_.set_range({*root + static_cast<std::size_t>(root_size), outer.high});
        if (!check_leaves(length) || !check_keys()) return false;
        for (Node& node : nodes_) {
            for (std::size_t i = 0; i < node.values.size(); ++i) {
                insert(std::move(node.keys[i]), std::move(node.values[i]));
            }
        }
        return true;
    }

  private:
    static constexpr MapLayout layout = map_layout<K, V>;
    struct Node {
        MapNode header;
        std::size_t depth;
        std::size_t first_child = 0;  // inner: index of the least child; the others follow
        std::vector<K> keys;          // ascending
        std::vector<V> values;        // leaf
    };

    static std::size_t entries_offset(const MapNode& node) {
        return align_up(MapNode::size, node.inner ? layout.branch.alignment : layout.entry.alignment);
    }
    static std::uint64_t node_size(const MapNode& node) {
        return entries_offset(node) + node.count * (node.inner ? layout.branch.size : layout.entry.size);
    }
    std::size_t entry(const MapNode& node, std::size_t i) const {
        return node.at + entries_offset(node) + i * (node.inner ? layout.branch.size : layout.entry.size);
    }

    // Level by level, so that the leaves come last.
    bool read_nodes(std::size_t root) {
        if (!read_node(MapNode::load(source_, root), 0)) return false;
        for (std::size_t next = 0; next < nodes_.size() && nodes_[next].header.inner; ++next) {
            const MapNode parent = nodes_[next].header;
            const std::size_t depth = nodes_[next].depth + 1;
            nodes_[next].first_child = nodes_.size();
            if (!read_child(parent.at + MapNode::pointer_offset, depth)) return false;
            for (std::size_t i = 0; i < parent.count; ++i) {
                if (!read_child(entry(parent, i) + layout.branch.pointer, depth)) return false;
            }
        }
        return true;
    }

    bool read_child(std::size_t field, std::size_t depth) {
        const auto at = source_.target(field, source_.pointer(field), MapNode::size, MapNode::alignment);
        if (!at) return false;
        const MapNode node = MapNode::load(source_, *at);
        return source_.claimable(*at, node_size(node)) && read_node(node, depth);
    }

    // The node's own bytes are claimed. Its block before them is entered, and never offered again.
    bool read_node(const MapNode& header, std::size_t depth) {
        const ArchiveSource::Range outer = source_.range();
        if (header.block_size > header.at - outer.low) return source_.fault(ArchiveFault::bad_map, header.at);
        if (header.count == 0) return source_.fault(ArchiveFault::bad_map, header.at);
        const std::size_t block_start = header.at - header.block_size;
        source_.set_range({block_start, header.at});
        Node node{header, depth, 0, std::vector<K>(header.count), std::vector<V>(header.inner ? 0 : header.count)};
        for (std::size_t i = header.count; i-- > 0;) {
            const std::size_t from = entry(header, i);
            if (header.inner) {
                if (!Archived<K>::read(source_, from + layout.branch.key, node.keys[i])) return false;
            } else {
                if (!Archived<K>::read(source_, from + layout.entry.key, node.keys[i])) return false;
                if (!Archived<V>::read(source_, from + layout.entry.value, node.values[i])) return false;
            }
        }
        nodes_.push_back(std::move(node));
        source_.set_range({outer.low, block_start});
        return true;
    }

    // Leaves: all at the same depth, sorted within and among each other, linked, as many entries as announced.
    bool check_leaves(std::uint64_t length) {
        std::uint64_t entries = 0;
        const Node* before = nullptr;
        for (const Node& node : nodes_) {
            if (node.header.inner && before == nullptr) continue;
            const auto bad = [&] { return source_.fault(ArchiveFault::bad_map, node.header.at); };
            if (node.header.inner || node.depth != nodes_.back().depth) return bad();
            for (std::size_t i = 1; i < node.keys.size(); ++i) {
                if (node.keys[i] < node.keys[i - 1]) return bad();
            }
            if (before != nullptr) {
                const std::size_t field = before->header.at + MapNode::pointer_offset;
                if (static_cast<std::int64_t>(field) + before->header.pointer !=
                    static_cast<std::int64_t>(node.header.at)) {
                    return bad();
                }
                if (node.keys.front() < before->keys.back()) return bad();
            }
            entries += node.keys.size();
            before = &node;
        }
        if (before == nullptr || before->header.pointer != 0 || entries != length) {
            return source_.fault(ArchiveFault::bad_map, nodes_.back().header.at);
        }
        return true;
    }

    // The keys of inner nodes are the first keys below their children.
    bool check_keys() {
        const auto first_key = [&](std::size_t index) -> const K& {
            while (nodes_[index].header.inner) index = nodes_[index].first_child;
            return nodes_[index].keys.front();
        };
        for (const Node& node : nodes_) {
            if (!node.header.inner) break;
            for (std::size_t i = 0; i < node.keys.size(); ++i) {
                if (!(node.keys[i] == first_key(node.first_child + 1 + i))) {
                    return source_.fault(ArchiveFault::bad_map, node.header.at);
                }
            }
        }
        return true;
    }

    ArchiveSource& source_;
    std::vector<Node> nodes_;
};

// What maps and sets share: {length u32, pointer to the root node}.
struct ArchivedTree {
    static constexpr std::size_t size = 8;
    static constexpr std::size_t alignment = 4;
    static constexpr ScratchShape scratch = position_scratch;
    using Resolver = std::size_t;

    template <class Tree>
    static void write_self(ArchiveSink& sink, std::size_t at, const Tree& tree, Resolver root) {
        sink.store<std::uint32_t>(at, static_cast<std::uint32_t>(tree.size()));
        sink.store_pointer(at + 4, root);
    }
};

template <class K, class V>
struct Archived<std::map<K, V>> : ArchivedTree {
    static Resolver write_parts(ArchiveSink& sink, const std::map<K, V>& map) {
        typename MapWriter<K, V>::Entries entries;
        entries.reserve(map.size());
        for (auto it = map.rbegin(); it != map.rend(); ++it) entries.emplace_back(&it->first, &it->second);
        return MapWriter<K, V>::write(sink, entries);
    }
    static bool read(ArchiveSource& source, std::size_t at, std::map<K, V>& out) {
        out.clear();
        return MapReader<K, V>(source).read(
            at, [&](K&& key, V&& value) { out.insert_or_assign(out.end(), std::move(key), std::move(value)); });
    }
};

template <class K>
struct Archived<std::set<K>> : ArchivedTree {
    static Resolver write_parts(ArchiveSink& sink, const std::set<K>& set) {
        static constexpr std::monostate nothing;
        typename MapWriter<K, std::monostate>::Entries entries;
        entries.reserve(set.size());
        for (auto it = set.rbegin(); it != set.rend(); ++it) entries.emplace_back(&*it, &nothing);
        return MapWriter<K, std::monostate>::write(sink, entries);
    }
    static bool read(ArchiveSource& source, std::size_t at, std::set<K>& out) {
        out.clear();
        return MapReader<K, std::monostate>(source).read(
            at, [&](K&& key, std::monostate /*value*/) { out.insert(out.end(), std::move(key)); });
    }
};

}  // namespace dusk
