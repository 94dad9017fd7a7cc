# What the preset `wasm` has in place of toolchain.cmake and bridge.cmake: the same names of libraries, from C sources.
#
#   bridge             blst alone, its C code without assembly
#   PkgConfig::SODIUM  libsodium: what src/ uses of it
#   OpenSSL::Crypto    nothing: crypto/wasm stands in its place
#   fmt::fmt, nlohmann_json::nlohmann_json   their headers
#
# The C sources lie in crates: blst's in the one that bridge/ is built from, libsodium's in `libsodium-sys-stable`, of which
# nothing else is used. Cargo fetches and checks them. Nothing of them is committed.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_EXECUTABLE_SUFFIX "")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
  set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE}")
endif()

# Every browser has these since 2023.
set(wasm_features -msimd128 -mbulk-memory -mnontrapping-fptoint -msign-ext -mmultivalue)
add_compile_options(${wasm_features})

# ---- crates that hold C sources ----------------------------------------------------------------------------------
set(sodium_version 1.24.3)  # libsodium 1.0.22
set(sodium_sha256 eb9873cc5ccd7b26ef058394264663c99e9c047b423be1ffd484071774198f26)

find_program(CARGO cargo REQUIRED HINTS "$ENV{HOME}/.cargo/bin" NO_CMAKE_FIND_ROOT_PATH)
set(package "${CMAKE_SOURCE_DIR}/bridge/Cargo.toml")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/bridge/Cargo.lock")
set(metadata "${CARGO}" metadata --format-version 1 --locked --manifest-path "${package}")
# Without the network first: a registry that cannot be reached must not delay a build that has everything.
execute_process(COMMAND ${metadata} --offline WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}" OUTPUT_VARIABLE packages ERROR_QUIET
                RESULT_VARIABLE result)
if(result)
  execute_process(COMMAND ${metadata} WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}" OUTPUT_VARIABLE packages ERROR_VARIABLE error
                  RESULT_VARIABLE result)
endif()
string(REGEX MATCH "\"manifest_path\":\"([^\"]*/blst-[0-9][^\"/]*)/Cargo.toml\"" found "${packages}")
if(result OR NOT found)
  message(FATAL_ERROR "Cargo cannot fetch the crate blst. Connect to the network once and run: ./dev setup\n${error}")
endif()
set(blst "${CMAKE_MATCH_1}")
# Only the archive in it is wanted, not the crates that it is built with: asking about a package downloads and unpacks it
# alone, beside the others.
get_filename_component(registry "${blst}" DIRECTORY)
set(sodium_archive "${registry}/libsodium-sys-stable-${sodium_version}/LATEST.tar.gz")
if(NOT EXISTS "${sodium_archive}")
  execute_process(COMMAND "${CARGO}" info --quiet "libsodium-sys-stable@${sodium_version}"
                  WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}" OUTPUT_QUIET ERROR_VARIABLE error RESULT_VARIABLE result)
  if(result OR NOT EXISTS "${sodium_archive}")
    message(FATAL_ERROR "Cargo cannot fetch the crate libsodium-sys-stable. Connect to the network once and run: ./dev "
                        "setup\n${error}")
  endif()
endif()
file(SHA256 "${sodium_archive}" hash)
if(NOT hash STREQUAL sodium_sha256)
  message(FATAL_ERROR "${sodium_archive} has the SHA-256 ${hash}, not ${sodium_sha256}: it is not the released file")
endif()

# ---- blst --------------------------------------------------------------------------------------------------------
add_library(blst STATIC "${blst}/blst/src/server.c")
target_compile_definitions(blst PRIVATE __BLST_NO_ASM__ __BLST_PORTABLE__ "SCRATCH_LIMIT=(45 * 1024)")
target_compile_options(blst PRIVATE -ffreestanding -fno-builtin -w)
target_include_directories(blst SYSTEM PUBLIC "${blst}/blst/bindings")
add_library(bridge INTERFACE)
target_link_libraries(bridge INTERFACE blst)

# ---- libsodium ---------------------------------------------------------------------------------------------------
set(sodium "${CMAKE_BINARY_DIR}/libsodium/libsodium-stable")
if(NOT EXISTS "${sodium}/src/libsodium/sodium/core.c")
  file(ARCHIVE_EXTRACT INPUT "${sodium_archive}" DESTINATION "${CMAKE_BINARY_DIR}/libsodium")
endif()
set(sodium_folder "${sodium}/src/libsodium")
configure_file("${sodium}/builds/msvc/version.h" "${sodium_folder}/include/sodium/version.h" COPYONLY)
set(sodium_sources
    crypto_aead/xchacha20poly1305/aead_xchacha20poly1305.c
    crypto_auth/hmacsha256/auth_hmacsha256.c crypto_auth/hmacsha512/auth_hmacsha512.c
    crypto_core/hchacha20/core_hchacha20.c
    crypto_generichash/blake2b/generichash_blake2.c crypto_generichash/blake2b/ref/blake2b-compress-ref.c
    crypto_generichash/blake2b/ref/blake2b-ref.c crypto_generichash/blake2b/ref/generichash_blake2b.c
    crypto_hash/sha256/cp/hash_sha256_cp.c crypto_hash/sha512/cp/hash_sha512_cp.c
    crypto_onetimeauth/poly1305/donna/poly1305_donna.c crypto_onetimeauth/poly1305/onetimeauth_poly1305.c
    crypto_pwhash/argon2/argon2-core.c crypto_pwhash/argon2/argon2-encoding.c
    crypto_pwhash/argon2/argon2-fill-block-ref.c crypto_pwhash/argon2/argon2-fill-block-wasm32.c
    crypto_pwhash/argon2/argon2.c crypto_pwhash/argon2/blake2b-long.c crypto_pwhash/argon2/pwhash_argon2id.c
    crypto_stream/chacha20/ref/chacha20_ref.c crypto_stream/chacha20/stream_chacha20.c
    crypto_verify/verify.c sodium/codecs.c sodium/runtime.c sodium/utils.c)
list(TRANSFORM sodium_sources PREPEND "${sodium_folder}/")
add_library(sodium STATIC ${sodium_sources})
target_compile_definitions(sodium PRIVATE CONFIGURED=1 NATIVE_LITTLE_ENDIAN=1 SODIUM_STATIC=1)
target_compile_options(sodium PRIVATE -w)
target_include_directories(sodium SYSTEM PUBLIC "${sodium_folder}/include")
target_include_directories(sodium SYSTEM PRIVATE "${sodium_folder}/include/sodium")
add_library(sodium_and_internals INTERFACE)
target_link_libraries(sodium_and_internals INTERFACE sodium)
target_include_directories(sodium_and_internals SYSTEM INTERFACE "${sodium_folder}/include/sodium")  # private/implementations.h
add_library(PkgConfig::SODIUM ALIAS sodium_and_internals)
add_library(no_openssl INTERFACE)
add_library(OpenSSL::Crypto ALIAS no_openssl)

# ---- headers -----------------------------------------------------------------------------------------------------
# Alone, and not the folder in which the headers of this machine's C library lie too; in one place for all checkouts.
set(headers "${DUSK_CACHE}/wasm/include")
file(MAKE_DIRECTORY "${headers}")
foreach(name fmt nlohmann)
  if(NOT EXISTS "/usr/include/${name}")
    message(FATAL_ERROR "/usr/include/${name} is missing: run ./dev setup")
  endif()
  file(CREATE_LINK "/usr/include/${name}" "${headers}/${name}" SYMBOLIC)
endforeach()
add_library(headers_only INTERFACE)
target_include_directories(headers_only SYSTEM INTERFACE "${headers}")
add_library(fmt::fmt ALIAS headers_only)
add_library(nlohmann_json::nlohmann_json ALIAS headers_only)

# Ours from here on. Sizes have 32 bits here: what decoders read as 64 bits they compare as 64 bits before they use it as a
# size.
include_directories(BEFORE "${CMAKE_SOURCE_DIR}/src/crypto/wasm/shadow")
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wno-shorten-64-to-32
                    -Wno-gnu-include-next -Werror)

# The headers of the standard library are most of what a file here takes.
add_compile_definitions(FMT_HEADER_ONLY CONFIGURED=1 SODIUM_STATIC=1)
get_directory_property(common_options COMPILE_OPTIONS)
separate_arguments(precompiled_flags UNIX_COMMAND "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_RELEASE}")
list(APPEND precompiled_flags --target=${CMAKE_CXX_COMPILER_TARGET} -std=c++23 ${common_options} -DFMT_HEADER_ONLY
     -DCONFIGURED=1 -DSODIUM_STATIC=1 -isystem "${headers}")
include(precompiled)
dusk_precompile(wasm wasm_pch "${precompiled_text}\n#include <fmt/core.h>\n" ${precompiled_flags})
add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:SHELL:-include-pch ${wasm_pch}>")
