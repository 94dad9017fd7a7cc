// The system that the C library would import: there is none. Nothing here reads or writes; what the C library's own
// code could ask for (an environment, a stream) does not exist.
#include <wasi/api.h>

extern "C" {

__wasi_errno_t __wasi_environ_get(uint8_t** /*environ*/, uint8_t* /*text*/) { return __WASI_ERRNO_NOSYS; }
__wasi_errno_t __wasi_environ_sizes_get(__wasi_size_t* count, __wasi_size_t* size) {
    *count = 0;
    *size = 0;
    return __WASI_ERRNO_SUCCESS;
}
__wasi_errno_t __wasi_fd_close(__wasi_fd_t /*fd*/) { return __WASI_ERRNO_BADF; }
__wasi_errno_t __wasi_fd_seek(__wasi_fd_t /*fd*/, __wasi_filedelta_t /*offset*/, __wasi_whence_t /*whence*/,
                              __wasi_filesize_t* /*position*/) {
    return __WASI_ERRNO_BADF;
}
__wasi_errno_t __wasi_fd_write(__wasi_fd_t /*fd*/, const __wasi_ciovec_t* /*pieces*/, size_t /*count*/,
                               __wasi_size_t* /*written*/) {
    return __WASI_ERRNO_BADF;
}
void __wasi_proc_exit(__wasi_exitcode_t /*code*/) { __builtin_trap(); }
}
