// The states of a store by commit, and the records of the log that make them.
#pragma once

#include <map>

#include "vm/store/log_file.hpp"
#include "vm/store/state_delta.hpp"

namespace dusk::vm {

// A state as a change of another one.
struct CommitRecord {
    enum class Parent : std::uint8_t { none, commit, main };  // none: the empty state

    Parent parent;
    Hash parent_root;  // of a commit; zeros else
    Hash root;
    bool is_main;  // the state becomes the main state; else a commit
    StateDelta delta;

    bool operator==(const CommitRecord&) const = default;

    [[nodiscard]] Bytes encode() const;
    [[nodiscard]] static Result<CommitRecord, ReadError> decode(ByteView payload);
};

class Commits {
  public:
    struct Commit {
        StatePtr state;
        Hash parent;             // the root that it was made from
        std::uint64_t sequence;  // ascends with every commit
    };

    [[nodiscard]] const Commit* find(const Hash& root) const {
        const auto found = commits_.find(root);
        return found == commits_.end() ? nullptr : &found->second;
    }
    [[nodiscard]] const std::map<Hash, Commit>& all() const { return commits_; }
    [[nodiscard]] const StatePtr& main() const { return main_; }  // null before the first was finalized

    void add(const Hash& parent, StatePtr state);
    // The commit must be there.
    void finalize(const Hash& root);
    void remove(const Hash& root) { commits_.erase(root); }
    void set_main(StatePtr state) { main_ = std::move(state); }

    // The record that makes `state`, which was made from a state with the root `base`: relative to that one where it
    // is here, else to another one. `place` says where the state goes. O(differences · log).
    [[nodiscard]] CommitRecord record_of(const State& state, const Hash& base, bool is_main) const;

    // Does what a record says. False, and nothing changes, when it cannot be.
    [[nodiscard]] bool replay(const LogRecord& record, PageFiles& files);

  private:
    [[nodiscard]] bool replay_commit(const CommitRecord& record, PageFiles& files);

    StatePtr main_;
    std::map<Hash, Commit> commits_;
    std::uint64_t next_sequence_ = 0;
};

}  // namespace dusk::vm
