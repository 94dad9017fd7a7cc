// The WASM engine (dusk_wasm.h) in C++: modules, instances, gas (spec/vm.md §1).
#pragma once

#include <dusk_wasm.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "vm/error.hpp"
#include "vm/linear_memory.hpp"

namespace dusk::vm {

// The functions that contracts import; each gets the context that its instance was made with.
using HostFunctions = dusk_wasm_imports;

// A compiled module. Copies share it; any number of threads may use it.
class Module {
  public:
    [[nodiscard]] std::size_t exported_memories() const;
    [[nodiscard]] bool is_64() const;  // of the first exported memory
    [[nodiscard]] bool exports_function(std::string_view name) const;
    // For the same engine on the same machine. Nothing: the engine cannot.
    [[nodiscard]] std::optional<Bytes> serialize() const;

  private:
    friend class Engine;
    friend class Instance;
    Module(std::shared_ptr<dusk_wasm_engine> engine, dusk_wasm_module* module);

    std::shared_ptr<dusk_wasm_engine> engine_;
    std::shared_ptr<dusk_wasm_module> module_;
};

struct ModuleFailure {
    std::string text;  // what is wrong with the module, for people
};

// Copies share one engine.
class Engine {
  public:
    // `imports` must outlive the engine and everything made with it. Nothing: the engine does not start.
    static std::optional<Engine> create(const HostFunctions& imports);

    // Compiles a module on all cores. Time and memory grow with its size, about 10 µs and 1 kB for each byte.
    [[nodiscard]] Result<Module, ModuleFailure> compile(ByteView bytecode) const;
    // Only for what `serialize` gave to an engine with the same fingerprint: the bytes are run as they are.
    [[nodiscard]] std::optional<Module> deserialize(ByteView serialized) const;
    // Names everything that serialised modules depend on.
    [[nodiscard]] std::string fingerprint() const;

  private:
    explicit Engine(dusk_wasm_engine* engine);
    std::shared_ptr<dusk_wasm_engine> engine_;
};

// Why a call of an instance ended early.
struct CallFault {
    enum class Kind : std::uint8_t { trap, import, no_such_function, other } kind = Kind::other;
    Trap trap = Trap::none;
};

// A module with a memory, globals and tables of its own. One thread at a time.
class Instance {
  public:
    // Checks exports and imports and writes active data segments when `memory` needs them, which must outlive the
    // instance. Imports are not called meanwhile. Errors: invalid_function, runtime.
    static CallResult<Instance> create(const Module& module, LinearMemory& memory, void* context);

    // The unsigned value of the exported immutable global `A`; nothing when there is none of the memory's width.
    [[nodiscard]] std::optional<std::uint64_t> argument_buffer() const;
    // Runs an exported function with this much gas. An import may call the instance that called it.
    [[nodiscard]] Result<std::int32_t, CallFault> call(std::string_view function, std::uint32_t argument,
                                                       std::uint64_t gas);
    // Gas that is left; also while an import runs.
    [[nodiscard]] std::uint64_t fuel() const;
    void set_fuel(std::uint64_t gas);

  private:
    struct Free {
        void operator()(dusk_wasm_instance* instance) const { dusk_wasm_instance_free(instance); }
    };
    explicit Instance(Module module, dusk_wasm_instance* instance) : module_(std::move(module)), instance_(instance) {}

    Module module_;
    std::unique_ptr<dusk_wasm_instance, Free> instance_;
};

}  // namespace dusk::vm
