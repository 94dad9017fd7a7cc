// A history of a store in tests: commits, ends of commits and checkpoints, and what must be there after each.
#pragma once

#include <functional>
#include <optional>

#include "vm/store/maintenance.hpp"
#include "vm/store/memory_files.hpp"
#include "vm/store/store_model.hpp"

namespace dusk::vm {

inline ContractId script_id(std::uint8_t byte) {
    ContractId id;
    id.fill(byte);
    return id;
}

using Expected = std::map<Hash, Model>;

// A history of commits, ends of commits and checkpoints; what must be there after each step.
class Script {
  public:
    struct Step {
        std::function<std::optional<StoreFailure>(Store&)> run;
        Expected after;
    };

    Script() {
        const Hash a = commit({}, {{1, 5, 0}, {2, 6, 1}});
        const Hash b = commit(a, {{1, 7, 0}, {3, 5, 2}, {4, 0, 0}});
        const Hash c = commit(a, {{2, 8, 1}, {2, 9, 65535}});
        end(a, true);
        const Hash d = commit(b, {{3, 10, 2}, {1, 11, 1}});
        end(c, false);
        checkpoint();
        const Hash e = commit(d, {{5, 12, 0}, {1, 13, 1}});
        end(b, true);
        const Hash f = commit(e, {{5, 14, 0}});
        end(d, true);
        checkpoint();
        end(f, false);
        commit(e, {{2, 15, 3}});
    }
    [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }

  private:
    struct Touch {
        std::uint8_t contract;
        std::uint32_t seed;
        std::uint32_t page;
    };

    Hash commit(const std::optional<Hash>& base, const std::vector<Touch>& touches) {
        const Model before = base ? now_.at(*base) : Model();
        std::map<ContractId, ModelContract> touched;
        std::map<ContractId, std::vector<std::uint32_t>> dirty;
        for (const Touch& touch : touches) {
            const ContractId id = script_id(touch.contract);
            const auto known = before.contracts.find(id);
            auto& contract = touched.try_emplace(id, known == before.contracts.end() ? ModelContract{} : known->second)
                                 .first->second;
            if (known == before.contracts.end()) contract.bytecode = Bytes(1000, touch.contract);
            contract.memory_length = kPageSize * touch.seed;
            contract.pages[touch.page] = touch.seed;
            dirty[id].push_back(touch.page);
        }
        Model after = before;
        after.commit(touched);
        const Hash id = after.root();
        now_.try_emplace(id, after);
        add([=](Store& store) -> std::optional<StoreFailure> {
            StatePtr from = store.genesis();
            if (base) from = *store.state(*base);
            ModelChanges changes;
            for (const auto& [contract, value] : touched) {
                changes.add(contract, value, !before.contracts.contains(contract), dirty.at(contract));
            }
            auto prepared = store.prepare(from, changes.changes);
            if (!prepared) return prepared.error();
            const auto done = store.commit(std::move(*prepared));
            return done ? std::nullopt : std::optional(done.error());
        });
        return id;
    }
    void end(const Hash& id, bool finalize) {
        now_.erase(id);
        add([=](Store& store) -> std::optional<StoreFailure> {
            const auto done = finalize ? store.finalize(id) : store.remove(id);
            return done ? std::nullopt : std::optional(done.error());
        });
    }
    void checkpoint() {
        add([](Store& store) -> std::optional<StoreFailure> {
            const auto done = store.checkpoint();
            return done ? std::nullopt : std::optional(done.error());
        });
    }
    void add(std::function<std::optional<StoreFailure>(Store&)> run) {
        steps_.push_back({.run = std::move(run), .after = now_});
    }

    Expected now_;
    std::vector<Step> steps_;
};

inline bool holds(const Store& store, const Expected& expected) {
    if (store.commits().size() != expected.size()) return false;
    for (const auto& [id, model] : expected) {
        const auto state = store.state(id);
        if (!state || !same_state(store, **state, model)) return false;
    }
    return true;
}

inline StoreOptions in(MemoryFiles& files, Durability durability) {
    return {.durability = durability, .files = &files};
}

// Runs the script until a call stops it; how many steps came to their end.
inline std::size_t run_until_stopped(MemoryFiles& files, Durability durability, const Script& script) {
    const auto store = Store::open("db", in(files, durability));
    std::size_t done = 0;
    while (store && done < script.steps().size() && !script.steps()[done].run(**store)) ++done;
    return done;
}

}  // namespace dusk::vm
