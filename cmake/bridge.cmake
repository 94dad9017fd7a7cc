# bridge/: Cargo builds one static library; its headers (and those of the C libraries inside it) go to the build tree.
find_program(CARGO cargo REQUIRED HINTS "$ENV{HOME}/.cargo/bin")
set(BRIDGE_TARGET "${DUSK_CACHE}/cargo/bridge")
set(BRIDGE_INCLUDE "${CMAKE_BINARY_DIR}/bridge/include")
set(BRIDGE_LIBRARY "${CMAKE_BINARY_DIR}/bridge/libdusk_bridge.a")

# How often the parts of the compiler of contracts run (bridge/profile.sh): it takes a fifth less time when it is built with
# that. The copy has the same path for every checkout, since Cargo builds everything anew when a flag changes.
set(profile "${CMAKE_SOURCE_DIR}/bridge/compiler.profdata")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${profile}")
file(SHA256 "${profile}" profile_hash)
string(SUBSTRING "${profile_hash}" 0 16 profile_hash)
set(BRIDGE_PROFILE "${DUSK_CACHE}/cargo/compiler-${profile_hash}.profdata")
configure_file("${profile}" "${BRIDGE_PROFILE}" COPYONLY)
set(BRIDGE_FLAGS "-Cprofile-use=${BRIDGE_PROFILE} -Cllvm-args=-no-pgo-warn-mismatch")

file(GLOB_RECURSE bridge_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/bridge/src/*.rs")
add_custom_command(
  OUTPUT "${BRIDGE_LIBRARY}" "${BRIDGE_INCLUDE}/blst.h"
  COMMAND ${CMAKE_COMMAND} -E env "CARGO_TARGET_DIR=${BRIDGE_TARGET}" "DUSK_BRIDGE_INCLUDE=${BRIDGE_INCLUDE}"
          "RUSTFLAGS=${BRIDGE_FLAGS}" "${CARGO}" build --release --locked --quiet
          --manifest-path "${CMAKE_SOURCE_DIR}/bridge/Cargo.toml"
  COMMAND ${CMAKE_COMMAND} -E copy "${BRIDGE_TARGET}/release/libdusk_bridge.a" "${BRIDGE_LIBRARY}"
  DEPENDS ${bridge_sources} "${CMAKE_SOURCE_DIR}/bridge/Cargo.toml" "${CMAKE_SOURCE_DIR}/bridge/Cargo.lock"
          "${CMAKE_SOURCE_DIR}/bridge/build.rs" "${CMAKE_SOURCE_DIR}/rust-toolchain.toml"
  WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
  COMMENT "Cargo builds bridge/"
  VERBATIM)
add_custom_target(bridge_build DEPENDS "${BRIDGE_LIBRARY}")

file(MAKE_DIRECTORY "${BRIDGE_INCLUDE}")
add_library(bridge INTERFACE)
add_dependencies(bridge bridge_build)
target_include_directories(bridge SYSTEM INTERFACE "${BRIDGE_INCLUDE}")
target_include_directories(bridge INTERFACE "${CMAKE_SOURCE_DIR}/bridge/include")
target_link_libraries(bridge INTERFACE "${BRIDGE_LIBRARY}" Threads::Threads ${CMAKE_DL_LIBS} m)
