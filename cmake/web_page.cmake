# The web page (web/): npm builds it, web/pack.mjs packs it into one file, DUSK_PAGE_PACK, which the program carries.
#
#   dusk_web_page()   the rule that makes it, for targets of the calling folder; sets DUSK_PAGE_PACK there
option(DUSK_PAGE "Build the web page into the program (needs Node)" ON)

function(dusk_web_page)
  set(web "${CMAKE_SOURCE_DIR}/web")
  set(to "${CMAKE_BINARY_DIR}/web")
  set(pack "${to}/page.pack")
  set(DUSK_PAGE_PACK "${pack}" PARENT_SCOPE)
  if(NOT DUSK_PAGE)
    file(WRITE "${pack}" "")
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
endfunction()
