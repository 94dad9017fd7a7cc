// The WASM engine: compiles contracts, runs them and meters what they do (spec/vm.md §1).
//
// There is one engine in a process. Engines and modules are cheap to copy and may be used by many threads at once; an
// instance by one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "dusk_wasm.h"
#include "vm/error.hpp"
#include "vm/linear_memory.hpp"

namespace dusk::vm {

enum class ModuleError : std::uint8_t {
    invalid,           // no module, or one that uses a feature that contracts may not use (§1)
    memories,          // not exactly one exported memory (§2.4)
    invalid_function,  // an export that is not (i32) -> i32, or an import of an unknown name (§2.5)
    link,              // an import of a known name, but of another kind or signature (§2.5)
    incompatible,      // serialised by another engine, or damaged
    engine,            // no memory or no threads
};

struct ModuleFailure {
    ModuleError error = ModuleError::engine;
    std::string text{};  // for people
};

[[nodiscard]] std::string_view name_of(ModuleError error);

// A compiled contract.
class Module {
  public:
    // Native code for `Engine::deserialize`; some ten times as long as the bytecode.
    [[nodiscard]] Result<Bytes, ModuleError> serialize() const;

    // Whether instances can be made: the first of §2.4 and §2.5 that does not hold. Known since the module was made.
    [[nodiscard]] Result<void, ModuleFailure> check() const;
    // Exports of kind memory; the same memory counts as often as it is exported.
    [[nodiscard]] std::size_t exported_memories() const;
    // Whether the first of them has 64-bit addresses.
    [[nodiscard]] bool is_64() const;
    [[nodiscard]] bool exports_function(std::string_view name) const;

  private:
    friend class Engine;
    friend class Instance;
    explicit Module(dusk_wasm_module* module) : module_(module, dusk_wasm_module_free) {}

    std::shared_ptr<const dusk_wasm_module> module_;
};

class Engine {
  public:
    // `threads` compile, for all engines; they start with the first module of any. 0: one for each core. Installs
    // handlers of SIGSEGV, SIGILL and SIGFPE once in a process, which pass on what is not theirs: handlers of ours go
    // in front, after this.
    static Result<Engine, ModuleError> create(std::uint32_t threads = 0);

    // Everything that serialised modules depend on: versions, settings, features of the CPU.
    [[nodiscard]] std::string fingerprint() const;

    // Milliseconds for each 10 kB of bytecode. The caller bounds the size: time and memory grow with it.
    [[nodiscard]] Result<Module, ModuleFailure> compile(ByteView bytecode) const;
    // The same, but what `Module::serialize` would give: the code is not put where it can run. Every `invalid` is about
    // the module, also where memory is short.
    [[nodiscard]] Result<Bytes, ModuleFailure> precompile(ByteView bytecode) const;
    // Only for what `Module::serialize` or `precompile` gave, kept where nobody else can write: it is run as it is.
    [[nodiscard]] Result<Module, ModuleError> deserialize(ByteView code) const;

  private:
    explicit Engine(dusk_wasm_engine* engine) : engine_(engine, dusk_wasm_engine_free) {}

    std::shared_ptr<const dusk_wasm_engine> engine_;
};

// What contracts import: C functions that get the context of their instance (dusk_wasm.h). They must not throw.
using HostFunctions = dusk_wasm_imports;

// Why a call gave no result.
struct CallFault {
    enum class Kind : std::uint8_t {
        trap,
        import,            // an imported function ended the call; whoever wrote it knows why
        no_such_function,  // no exported function has this name; the fuel is unchanged
        engine,            // a fault of the engine itself
    };
    Kind kind = Kind::engine;
    Trap trap = Trap::none;  // of `trap`
};

// A contract in a root call: its globals, tables and passive segments (§6.2). While an import of it runs, it may be
// called again and asked for its fuel; it must not be destroyed then.
class Instance {
  public:
    // The memory and the functions outlive the instance. With `memory.needs_data` the length becomes the module's
    // minimum and active data is written; clearing it afterwards is the caller's part (§5.3). Errors: what
    // `Module::check` says (persistence, invalid_function, runtime) and runtime errors of segments and start functions.
    static CallResult<Instance> create(const Module& module, LinearMemory& memory, const HostFunctions& functions,
                                       void* context);

    // Makes it new again, in much less time than another one: what `create` gives for the same module, memory,
    // functions and context. After an error it can only be destroyed. Not after a fault of the engine.
    CallResult<void> renew(const Module& module, LinearMemory& memory);
    // Whether that is allowed once more. Until it is destroyed, an instance holds what it was before: some megabytes.
    [[nodiscard]] bool can_renew() const { return dusk_wasm_instance_can_renew(instance_.get()); }

    // Where the argument buffer begins: the exported immutable global `A`, an i32 extended with its sign (an i64 with
    // 64-bit memories). Nothing: there is none. Not checked against the memory (§2.7).
    [[nodiscard]] std::optional<std::uint64_t> argument_buffer() const;

    // Sets the fuel, one unit a gas, and calls an exported function.
    Result<std::int32_t, CallFault> call(std::string_view function, std::uint32_t argument, std::uint64_t fuel);
    // What is left of the fuel; of a finished call, what it left.
    [[nodiscard]] std::uint64_t fuel() const { return dusk_wasm_instance_fuel(instance_.get()); }
    void set_fuel(std::uint64_t fuel) { dusk_wasm_instance_set_fuel(instance_.get(), fuel); }

  private:
    struct Free {
        void operator()(dusk_wasm_instance* instance) const { dusk_wasm_instance_free(instance); }
    };
    explicit Instance(dusk_wasm_instance* instance) : instance_(instance) {}

    std::unique_ptr<dusk_wasm_instance, Free> instance_;
};

}  // namespace dusk::vm
