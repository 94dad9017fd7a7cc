# Files of the released implementation that become part of the program: the contracts and snapshots that its networks start
# with, out of the crate `rusk-recovery`, and the modules that wallets in browsers load, out of `dusk-rusk`.
# contracts/official/Cargo.toml names both; Cargo fetches them once and checks them, after that no network is needed. Nothing
# of them is committed. What they hold is copied to the build tree when its SHA-256 is the one below.
#
#   official_contracts          target that makes the files
#   DUSK_OFFICIAL_CONTRACTS     folder with transfer_contract.wasm, stake_contract.wasm, <network>.toml and
#                               wallet_core-<version>.wasm
#
# As a script (cmake -DCARGO=… -DPACKAGE=… -DTO=… -P official_contracts.cmake) it fetches, checks and copies.
set(official_files
    # The bytes of the contracts are consensus: the state root is a hash of their memory (spec/transactions.md §1).
    assets/transfer_contract.wasm a78d3f27c8ad686c255a426d2ab877c3accaaea22bdf0db7378509ab2b67c938
    assets/stake_contract.wasm 5d5fd342c73aeeb1e858e6d1b6b0354d5e7f8ff9952763fa9a4786bb3cbe5bd5
    config/mainnet.toml 5545e5af2eebc5f7e0f34ad51e7857dba18fd61b9f6548a82a112aa4f9728233
    config/testnet.toml 24c164b571a5811f32bf665c2b13d34ab93dd73bdee41cf1e5a5ddec87724e8a
    config/devnet.toml 7f5d106bde276efa7ef3e4d64d19addeaaefeaf73d8248b38f39537176f32b8c
    config/localnet.toml 9ced17a472011bee0e3046cde5a26cf7dde099e54a14e10a70aa10b6a1ab7dfb
    config/singlenet.toml 5cfbf7b7aab58c0c1d571faac65d1e91e2db41f62b4ba16d3b21a0e10889851f)
set(wallet_files
    src/assets/wallet_core-1.0.1.wasm 4f5d19c8912300d5a705055fc10ed61719f418cb5f8782aad7f3880e0705528d
    src/assets/wallet_core-1.3.0.wasm 0134e262b122a4a9bb30fbd648cc9f9b6edcc2ba024384b55458292460657371
    src/assets/wallet_core-1.6.0.wasm a20b7e34b5fe5b3fa4c9ed25a4881e7eba5eed0ba8b6befb48b4aaf4a4cf0680
    src/assets/wallet_core-1.6.1.wasm c1249cb16b3765be4ceab99197219f2b92a541a6521e04161bc72e68a612757d)

if(CMAKE_SCRIPT_MODE_FILE)
  set(metadata "${CARGO}" metadata --format-version 1 --locked --manifest-path "${PACKAGE}/Cargo.toml")
  # Without the network first: a registry that cannot be reached must not delay a build that has everything.
  execute_process(COMMAND ${metadata} --offline OUTPUT_VARIABLE packages ERROR_QUIET RESULT_VARIABLE result)
  if(result)
    execute_process(COMMAND ${metadata} OUTPUT_VARIABLE packages ERROR_VARIABLE error RESULT_VARIABLE result)
  endif()
  if(result)
    message(FATAL_ERROR "Cargo cannot fetch the crate rusk-recovery, which holds the official contracts. Connect to "
                        "the network once and run: cargo fetch --locked --manifest-path ${PACKAGE}/Cargo.toml\n${error}")
  endif()
  string(REGEX MATCH "\"manifest_path\":\"([^\"]*/rusk-recovery-[^\"/]*)/Cargo.toml\"" found "${packages}")
  if(NOT found)
    message(FATAL_ERROR "Cargo does not say where the crate rusk-recovery lies")
  endif()
  set(recovery "${CMAKE_MATCH_1}")

  # Only the files of dusk-rusk are wanted, not the hundreds of crates that it is built from: it is looked at like a package
  # that somebody asks Cargo about, which downloads and unpacks it alone, beside the others.
  file(READ "${PACKAGE}/Cargo.toml" manifest)
  string(REGEX MATCH "dusk-rusk = { version = \"=([^\"]+)\"" found "${manifest}")
  get_filename_component(registry "${recovery}" DIRECTORY)
  set(rusk "${registry}/dusk-rusk-${CMAKE_MATCH_1}")
  if(NOT EXISTS "${rusk}/Cargo.toml")
    set(question "${CARGO}" info --quiet "dusk-rusk@${CMAKE_MATCH_1}")
    execute_process(COMMAND ${question} OUTPUT_QUIET ERROR_VARIABLE error RESULT_VARIABLE result)
    if(result OR NOT EXISTS "${rusk}/Cargo.toml")
      message(FATAL_ERROR "Cargo cannot fetch the crate dusk-rusk, which holds the modules of wallets. Connect to the network "
                          "once and run: ./dev setup\n${error}")
    endif()
  endif()

  function(copy_checked crate)
    set(files ${ARGN})
    while(files)
      list(POP_FRONT files path expected)
      if(NOT EXISTS "${crate}/${path}")
        message(FATAL_ERROR "${crate} has no ${path}: remove that folder and build again")
      endif()
      file(SHA256 "${crate}/${path}" hash)
      if(NOT hash STREQUAL expected)
        message(FATAL_ERROR "${crate}/${path} has the SHA-256 ${hash}, not ${expected}: it is not the released file")
      endif()
      file(COPY "${crate}/${path}" DESTINATION "${TO}" NO_SOURCE_PERMISSIONS)
    endwhile()
  endfunction()
  copy_checked("${recovery}" ${official_files})
  copy_checked("${rusk}" ${wallet_files})
  return()
endif()

set(DUSK_OFFICIAL_CONTRACTS "${CMAKE_BINARY_DIR}/contracts/official")
set(official_outputs "")
list(APPEND official_files ${wallet_files})
while(official_files)
  list(POP_FRONT official_files path expected)
  get_filename_component(name "${path}" NAME)
  list(APPEND official_outputs "${DUSK_OFFICIAL_CONTRACTS}/${name}")
endwhile()
set(official_package "${CMAKE_SOURCE_DIR}/contracts/official")
add_custom_command(
  OUTPUT ${official_outputs}
  COMMAND ${CMAKE_COMMAND} "-DCARGO=${CARGO}" "-DPACKAGE=${official_package}" "-DTO=${DUSK_OFFICIAL_CONTRACTS}" -P
          "${CMAKE_CURRENT_LIST_FILE}"
  COMMAND ${CMAKE_COMMAND} -E touch ${official_outputs}
  DEPENDS "${official_package}/Cargo.toml" "${official_package}/Cargo.lock" "${CMAKE_CURRENT_LIST_FILE}"
  WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
  COMMENT "Cargo fetches the official contracts"
  VERBATIM)
add_custom_target(official_contracts DEPENDS ${official_outputs})
