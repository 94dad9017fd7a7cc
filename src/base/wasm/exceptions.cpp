// Nothing can be caught in WebAssembly: what is thrown, for what cannot happen or when memory is gone, ends the
// instance.
#include <cstddef>

extern "C" {

void* __cxa_allocate_exception(std::size_t /*size*/) noexcept { __builtin_trap(); }
[[noreturn]] void __cxa_throw(void* /*thrown*/, void* /*type*/, void (* /*destructor*/)(void*)) { __builtin_trap(); }
}
