#include "vm/page_faults.hpp"

#include <ucontext.h>

#include <csignal>
#include <mutex>
#include <new>

namespace dusk::vm {
namespace {

thread_local ServedMemories* g_served = nullptr;
struct sigaction g_previous{};  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): written once, before use

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
    static bool serve(const void* address, bool is_write) noexcept {
        for (const ServedMemories* served = g_served; served != nullptr; served = served->outer_) {
            for (ContractMemory* memory : *served->memories_) {
                if (!memory->contains(address)) continue;
                const auto offset =
                    static_cast<std::uint64_t>(static_cast<const std::uint8_t*>(address) - memory->linear().base);
                // Code that cannot be given its page runs on in a memory that is thrown away afterwards.
                try {
                    if (memory->handle_fault(offset, is_write)) return true;
                } catch (const std::bad_alloc&) {
                }
                return !memory->is_lost() && memory->give_up();
            }
        }
        return false;
    }
};

namespace {

void handle(int signal, siginfo_t* info, void* context) {
    if (FaultServer::serve(info->si_addr, is_write_fault(context))) return;
    if ((g_previous.sa_flags & SA_SIGINFO) != 0) {
        g_previous.sa_sigaction(signal, info, context);
    } else if (g_previous.sa_handler == SIG_DFL || g_previous.sa_handler == SIG_IGN) {
        ::sigaction(signal, &g_previous, nullptr);  // the access faults again and ends the program
    } else {
        g_previous.sa_handler(signal);
    }
}

}  // namespace

void install_page_fault_handler() {
    static std::once_flag once;
    std::call_once(once, [] {
        struct sigaction action{};
        action.sa_sigaction = handle;
        action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
        sigemptyset(&action.sa_mask);
        ::sigaction(SIGSEGV, nullptr, &g_previous);
        ::sigaction(SIGSEGV, &action, nullptr);
    });
}

ServedMemories::ServedMemories(const std::vector<ContractMemory*>& memories) : memories_(&memories), outer_(g_served) {
    g_served = this;
}
ServedMemories::~ServedMemories() { g_served = outer_; }

}  // namespace dusk::vm
