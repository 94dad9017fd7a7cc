# The WebAssembly module (preset wasm) as part of a build of this machine: one target, which does nothing when nothing
# changed.
#
#   wallet_core          builds it; part of a whole build of the preset release
#   DUSK_WALLET_CORE     the file
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  set(all ALL)
endif()
set(DUSK_WALLET_CORE "${CMAKE_SOURCE_DIR}/build/wasm/dusk-wallet-core.wasm")
add_custom_target(
  wallet_core ${all}
  COMMAND ${CMAKE_COMMAND} -E env "DUSK_CACHE=${DUSK_CACHE}" ${CMAKE_COMMAND} --preset wasm "-DCARGO=${CARGO}" --log-level=WARNING
  COMMAND ${CMAKE_COMMAND} --build --preset wasm
  BYPRODUCTS "${DUSK_WALLET_CORE}"
  WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
  COMMENT "The WebAssembly module"
  VERBATIM)
