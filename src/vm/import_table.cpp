// The imports as the engine calls them: C functions that no exception leaves.
#include <exception>

#include "vm/imports.hpp"
#include "vm/session.hpp"

namespace dusk::vm {

struct ImportTable {
    // Runs an import, keeps its error for the frame that it ends, and says whether it succeeded.
    template <class Run>
    static std::int32_t guarded(void* context, Run&& run) {
        Contract& self = *static_cast<Contract*>(context);
        try {
            auto outcome = run(self);
            if (outcome) return 0;
            Imports::keep(self, std::move(outcome).error());
        } catch (const std::exception&) {  // no memory, or from a feed or a hook
            Imports::keep(self, CallError{CallErrorKind::session_lost, Trap::none, {}});
        }
        return 1;
    }

    // The same with a result to hand over.
    template <class T, class Run>
    static std::int32_t guarded(void* context, T* result, Run&& run) {
        return guarded(context, [&](Contract& self) {
            auto outcome = run(self);
            if (outcome) *result = *outcome;
            return outcome;
        });
    }
};

const HostFunctions& Imports::table() {
    static constexpr HostFunctions functions{
        .caller = [](void* x, std::int32_t* r) { return ImportTable::guarded(x, r, Imports::caller); },
        .callstack = [](void* x, std::int32_t* r) { return ImportTable::guarded(x, r, Imports::callstack); },
        .c =
            [](void* x, std::uint64_t id, std::uint64_t name, std::uint32_t name_size, std::uint32_t size,
               std::uint64_t gas, std::int32_t* r) {
                return ImportTable::guarded(x, r,
                                            [&](Contract& self) { return call(self, id, name, name_size, size, gas); });
            },
        .hq =
            [](void* x, std::uint64_t name, std::uint32_t name_size, std::uint32_t size, std::int32_t* r) {
                return ImportTable::guarded(x, r,
                                            [&](Contract& self) { return host_query(self, name, name_size, size); });
            },
        .hd =
            [](void* x, std::uint64_t name, std::uint32_t name_size, std::int32_t* r) {
                return ImportTable::guarded(x, r, [&](Contract& self) { return host_data(self, name, name_size); });
            },
        .emit =
            [](void* x, std::uint64_t topic, std::uint32_t topic_size, std::uint32_t size) {
                return ImportTable::guarded(x, [&](Contract& self) { return emit(self, topic, topic_size, size); });
            },
        .feed =
            [](void* x, std::uint32_t size) {
                return ImportTable::guarded(x, [&](Contract& self) { return feed(self, size); });
            },
        .limit = [](void* x, std::int64_t* r) { return ImportTable::guarded(x, r, Imports::limit); },
        .spent = [](void* x, std::int64_t* r) { return ImportTable::guarded(x, r, Imports::spent); },
        .panic =
            [](void* x, std::uint32_t size) {
                return ImportTable::guarded(x, [&](Contract& self) { return panic(self, size); });
            },
        .owner =
            [](void* x, std::uint64_t id, std::int32_t* r) {
                return ImportTable::guarded(x, r, [&](Contract& self) { return owner(self, id); });
            },
        .self_id = [](void* x) { return ImportTable::guarded(x, Imports::self_id); },
    };
    return functions;
}

}  // namespace dusk::vm
