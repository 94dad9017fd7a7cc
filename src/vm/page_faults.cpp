#include "vm/page_faults.hpp"

#include <ucontext.h>

#include <csetjmp>
#include <csignal>
#include <mutex>
#include <new>

namespace dusk::vm {
namespace {

thread_local ServedMemories* g_served = nullptr;
thread_local sigjmp_buf* g_reader = nullptr;  // of the innermost `reads_mapped`
// Written once, before use.
struct sigaction g_previous{};      // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)
struct sigaction g_previous_bus{};  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

// Whether the access was a write, where the system says so. Elsewhere a write faults a second time, on a readable page.
bool is_write_fault([[maybe_unused]] const void* context) {
#if defined(__x86_64__)
    constexpr greg_t kWriteBit = 2;
    return (static_cast<const ucontext_t*>(context)->uc_mcontext.gregs[REG_ERR] & kWriteBit) != 0;
#else
    return false;
#endif
}

}  // namespace

struct FaultServer {
    static ContractMemory* memory_of(const void* address) {
        for (const ServedMemories* served = g_served; served != nullptr; served = served->outer_) {
            for (ContractMemory* memory : *served->memories_) {
                if (memory->contains(address)) return memory;
            }
        }
        return nullptr;
    }

    static bool serve(const void* address, bool is_write) noexcept {
        ContractMemory* const memory = memory_of(address);
        if (memory == nullptr) return false;
        const auto offset =
            static_cast<std::uint64_t>(static_cast<const std::uint8_t*>(address) - memory->linear().base);
        // Code that cannot be given its page runs on in a memory that is thrown away afterwards.
        try {
            if (memory->handle_fault(offset, is_write)) return true;
        } catch (const std::bad_alloc&) {
        }
        return !memory->is_lost() && memory->give_up();
    }

    static bool serve_missing(const void* address) noexcept {
        ContractMemory* const memory = memory_of(address);
        return memory != nullptr && !memory->is_lost() && memory->give_up_unreadable();
    }
};

namespace {

void pass_on(const struct sigaction& previous, int signal, siginfo_t* info, void* context) {
    if ((previous.sa_flags & SA_SIGINFO) != 0) {
        previous.sa_sigaction(signal, info, context);
    } else if (previous.sa_handler == SIG_DFL || previous.sa_handler == SIG_IGN) {
        ::sigaction(signal, &previous, nullptr);  // the access faults again and ends the program
    } else {
        previous.sa_handler(signal);
    }
}

void handle(int signal, siginfo_t* info, void* context) {
    if (FaultServer::serve(info->si_addr, is_write_fault(context))) return;
    pass_on(g_previous, signal, info, context);
}

void handle_bus(int signal, siginfo_t* info, void* context) {
    if (FaultServer::serve_missing(info->si_addr)) return;
    if (g_reader != nullptr && info->si_code == BUS_ADRERR) siglongjmp(*g_reader, 1);
    pass_on(g_previous_bus, signal, info, context);
}

void put_in_front(int signal, void (*handler)(int, siginfo_t*, void*), struct sigaction& previous) {
    struct sigaction action{};
    action.sa_sigaction = handler;
    action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    ::sigaction(signal, nullptr, &previous);
    ::sigaction(signal, &action, nullptr);
}

void install_bus_handler() {
    static std::once_flag once;
    std::call_once(once, [] { put_in_front(SIGBUS, handle_bus, g_previous_bus); });
}

}  // namespace

void install_page_fault_handler() {
    static std::once_flag once;
    std::call_once(once, [] { put_in_front(SIGSEGV, handle, g_previous); });
    install_bus_handler();
}

bool reads_mapped(void (*read)(void*), void* argument) {
    install_bus_handler();
    sigjmp_buf* const outer = g_reader;
    sigjmp_buf here;
    if (sigsetjmp(here, 0) != 0) {  // nothing is blocked while the handler runs
        g_reader = outer;
        return false;
    }
    g_reader = &here;
    read(argument);
    g_reader = outer;
    return true;
}

ServedMemories::ServedMemories(const std::vector<ContractMemory*>& memories) : memories_(&memories), outer_(g_served) {
    g_served = this;
}
ServedMemories::~ServedMemories() { g_served = outer_; }

}  // namespace dusk::vm
