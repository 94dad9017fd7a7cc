#include "vm/execution_stack.hpp"

#include <sys/mman.h>
#include <ucontext.h>

#include <memory>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DUSK_ADDRESS_SANITIZER 1
#include <sanitizer/common_interface_defs.h>
#endif
#if __has_feature(thread_sanitizer)
#define DUSK_THREAD_SANITIZER 1
#include <sanitizer/tsan_interface.h>
#endif
#endif

namespace dusk::vm {
namespace {

constexpr std::size_t kGuardBytes = 65536;

// A context that runs one body after another.
class Fiber {
  public:
    static std::unique_ptr<Fiber> create() {
        void* memory = ::mmap(nullptr, kExecutionStackBytes, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
        if (memory == MAP_FAILED) return nullptr;
        std::unique_ptr<Fiber> fiber(new Fiber(memory));
        if (::mprotect(memory, kGuardBytes, PROT_NONE) != 0) return nullptr;
        return fiber;
    }

    ~Fiber() {
#ifdef DUSK_THREAD_SANITIZER
        __tsan_destroy_fiber(tsan_fiber_);
#endif
        ::munmap(stack_, kExecutionStackBytes);
    }
    Fiber(const Fiber&) = delete;
    Fiber& operator=(const Fiber&) = delete;

    void run(void (*body)(void*), void* argument) {
        body_ = body;
        argument_ = argument;
        active_ = true;
#ifdef DUSK_ADDRESS_SANITIZER
        void* fake = nullptr;
        __sanitizer_start_switch_fiber(&fake, stack_, kExecutionStackBytes);
#endif
#ifdef DUSK_THREAD_SANITIZER
        void* const caller = __tsan_get_current_fiber();
        tsan_caller_ = caller;
        __tsan_switch_to_fiber(tsan_fiber_, 0);
#endif
        ::swapcontext(&caller_, &inside_);
#ifdef DUSK_ADDRESS_SANITIZER
        __sanitizer_finish_switch_fiber(fake, nullptr, nullptr);
#endif
        active_ = false;
    }

    [[nodiscard]] bool is_active() const { return active_; }

  private:
    explicit Fiber(void* stack) : stack_(stack) {
        ::getcontext(&inside_);
        inside_.uc_stack.ss_sp = stack;
        inside_.uc_stack.ss_size = kExecutionStackBytes;
        inside_.uc_link = nullptr;
        ::makecontext(&inside_, &Fiber::main, 0);
#ifdef DUSK_THREAD_SANITIZER
        tsan_fiber_ = __tsan_create_fiber(0);
#endif
    }

    static void main();

    void* stack_;
    ucontext_t caller_{};
    ucontext_t inside_{};
    void (*body_)(void*) = nullptr;
    void* argument_ = nullptr;
    bool active_ = false;
#ifdef DUSK_ADDRESS_SANITIZER
    const void* caller_stack_ = nullptr;
    std::size_t caller_stack_size_ = 0;
#endif
#ifdef DUSK_THREAD_SANITIZER
    void* tsan_fiber_ = nullptr;
    void* tsan_caller_ = nullptr;
#endif
};

thread_local std::unique_ptr<Fiber> g_fiber;

void Fiber::main() {
    Fiber& self = *g_fiber;
#ifdef DUSK_ADDRESS_SANITIZER
    __sanitizer_finish_switch_fiber(nullptr, &self.caller_stack_, &self.caller_stack_size_);
#endif
    for (;;) {
        self.body_(self.argument_);
#ifdef DUSK_ADDRESS_SANITIZER
        void* fake = nullptr;
        __sanitizer_start_switch_fiber(&fake, self.caller_stack_, self.caller_stack_size_);
#endif
#ifdef DUSK_THREAD_SANITIZER
        __tsan_switch_to_fiber(self.tsan_caller_, 0);
#endif
        ::swapcontext(&self.inside_, &self.caller_);
#ifdef DUSK_ADDRESS_SANITIZER
        __sanitizer_finish_switch_fiber(fake, &self.caller_stack_, &self.caller_stack_size_);
#endif
    }
}

}  // namespace

bool run_on_execution_stack(void (*run)(void*), void* argument) {
    if (!g_fiber) g_fiber = Fiber::create();
    if (!g_fiber) return false;
    if (g_fiber->is_active()) {
        run(argument);
    } else {
        g_fiber->run(run, argument);
    }
    return true;
}

}  // namespace dusk::vm
