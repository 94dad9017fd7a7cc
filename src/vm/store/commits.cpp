#include "vm/store/commits.hpp"

namespace dusk::vm {

Bytes CommitRecord::encode() const {
    Writer out;
    out.u8(static_cast<std::uint8_t>(parent)).bytes(parent_root).bytes(root).boolean(is_main);
    delta.encode(out);
    return std::move(out).finish();
}

Result<CommitRecord, ReadError> CommitRecord::decode(ByteView payload) {
    Reader in(payload);
    CommitRecord record;
    record.parent = static_cast<Parent>(in.tag(3));
    record.parent_root = in.array<32>();
    record.root = in.array<32>();
    record.is_main = in.boolean();
    record.delta = StateDelta::decode(in);
    return in.finish(std::move(record));
}

void Commits::add(const Hash& parent, StatePtr state) {
    const Hash root = state->root();
    commits_.try_emplace(root, Commit{.state = std::move(state), .parent = parent, .sequence = next_sequence_++});
}

void Commits::finalize(const Hash& root) {
    const auto found = commits_.find(root);
    main_ = std::move(found->second.state);
    commits_.erase(found);
}

CommitRecord Commits::record_of(const State& state, const Hash& base, bool is_main) const {
    CommitRecord record{
        .parent = CommitRecord::Parent::none, .parent_root = {}, .root = state.root(), .is_main = is_main, .delta = {}};
    const Commit* const commit = find(base);
    if (commit != nullptr) {
        if (auto delta = StateDelta::between(*commit->state, state)) {
            record.parent = CommitRecord::Parent::commit;
            record.parent_root = base;
            record.delta = std::move(*delta);
            return record;
        }
    }
    if (main_) {
        if (auto delta = StateDelta::between(*main_, state)) {
            record.parent = CommitRecord::Parent::main;
            record.delta = std::move(*delta);
            return record;
        }
    }
    record.delta = *StateDelta::between(State(), state);
    return record;
}

bool Commits::replay(const LogRecord& record, PageFiles& files) {
    if (record.type == RecordType::commit) {
        const auto commit = CommitRecord::decode(record.payload);
        return commit && replay_commit(*commit, files);
    }
    if (record.payload.size() != std::tuple_size_v<Hash>) return false;
    const auto root = take<32>(record.payload);
    if (find(root) == nullptr) return false;
    if (record.type == RecordType::finalize) {
        finalize(root);
    } else {
        remove(root);
    }
    return true;
}

bool Commits::replay_commit(const CommitRecord& record, PageFiles& files) {
    StatePtr parent;
    if (record.parent == CommitRecord::Parent::none) parent = std::make_shared<State>();
    if (record.parent == CommitRecord::Parent::main) parent = main_;
    if (record.parent == CommitRecord::Parent::commit) {
        if (const Commit* found = find(record.parent_root)) parent = found->state;
    }
    if (!parent) return false;
    StatePtr state = apply_delta(*parent, record.delta, files);
    if (!state || state->root() != record.root) return false;
    if (record.is_main) {
        main_ = std::move(state);
    } else {
        add(parent->root(), std::move(state));
    }
    return true;
}

}  // namespace dusk::vm
