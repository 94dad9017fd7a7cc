# The web page (web/): npm builds it, web/pack.mjs packs it into one file, the program carries that.
#
#   dusk_web_page(TARGET)   adds the page to a library
option(DUSK_PAGE "Build the web page into the program (needs Node)" ON)

function(dusk_web_page target)
  set(web "${CMAKE_SOURCE_DIR}/web")
  set(to "${CMAKE_BINARY_DIR}/web")
  set(pack "${to}/page.pack")
  if(NOT DUSK_PAGE)
    file(WRITE "${pack}" "")
    dusk_embed_binary(${target} page "${pack}")
    return()
  endif()
  find_program(NODE node REQUIRED)
  find_program(NPM npm REQUIRED)
  set(packages "${web}/node_modules/.package-lock.json")  # npm writes it last
  add_custom_command(
    OUTPUT "${packages}"
    COMMAND "${NPM}" ci --prefer-offline --no-audit --no-fund --loglevel=error
    COMMAND ${CMAKE_COMMAND} -E touch "${packages}"
    DEPENDS "${web}/package.json" "${web}/package-lock.json"
    WORKING_DIRECTORY "${web}" COMMENT "npm fetches what web/ is built with" VERBATIM)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${web}/src/*" "${web}/public/*")
  file(GLOB settings CONFIGURE_DEPENDS "${web}/*.html" "${web}/*.ts" "${web}/*.mjs" "${web}/*.js" "${web}/tsconfig*.json")
  add_custom_command(
    OUTPUT "${pack}"
    COMMAND "${NPM}" exec --no -- vite build --outDir "${to}/dist" --emptyOutDir --logLevel warn
    COMMAND "${NODE}" "${web}/pack.mjs" "${to}/dist" "${pack}"
    DEPENDS ${sources} ${settings} "${packages}"
    WORKING_DIRECTORY "${web}" COMMENT "Vite builds the web page" VERBATIM)
  dusk_embed_binary(${target} page "${pack}")
endfunction()
