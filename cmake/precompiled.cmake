# The headers in precompiled.hpp are read once for all files, which takes a fifth off a build (DUSK_PRECOMPILED).
#
# The result lies outside the checkout, named by all that goes into it: the text of the headers, the flags and the
# compiler. So every checkout compiles with the same file and ccache knows its objects; and whatever changes makes another.
option(DUSK_PRECOMPILED "Read the headers of the standard library once for all files" OFF)
if(NOT DUSK_PRECOMPILED)
  return()
endif()

set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_CURRENT_LIST_DIR}/precompiled.hpp")
string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type)
get_directory_property(common_options COMPILE_OPTIONS)
separate_arguments(precompiled_flags UNIX_COMMAND "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${build_type}}")
list(APPEND precompiled_flags -std=c++2b ${common_options})

# Programs and libraries are compiled as different kinds of position-independent code.
function(dusk_precompile kind result)
  set(flags ${precompiled_flags} ${ARGN})
  file(SHA256 "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/precompiled.hpp" header_hash)
  set(folder "${DUSK_CACHE}/precompiled")
  set(header "${folder}/${header_hash}.hpp")
  configure_file("${CMAKE_CURRENT_FUNCTION_LIST_DIR}/precompiled.hpp" "${header}" COPYONLY)
  execute_process(COMMAND "${CMAKE_CXX_COMPILER}" ${flags} -E -x c++-header "${header}"
                  OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  string(SHA256 hash "${CMAKE_CXX_COMPILER_VERSION};${flags};${text}")
  set(file "${folder}/${kind}-${hash}.pch")
  if(NOT EXISTS "${file}")
    # Another build may be making the same file: each writes its own and moves it there.
    string(RANDOM LENGTH 12 name)
    execute_process(COMMAND "${CMAKE_CXX_COMPILER}" ${flags} -x c++-header -Xclang -fno-pch-timestamp
                            -fpch-instantiate-templates "${header}" -o "${folder}/${name}" COMMAND_ERROR_IS_FATAL ANY)
    file(RENAME "${folder}/${name}" "${file}")
  endif()
  set(${result} "${file}" PARENT_SCOPE)
endfunction()

dusk_precompile(library library_pch -fPIC)
dusk_precompile(program program_pch -fPIE)
# A target whose flags change the language (-fno-builtin) says so by the property DUSK_READS_HEADERS.
set(takes_pch $<AND:$<COMPILE_LANGUAGE:CXX>,$<NOT:$<BOOL:$<TARGET_PROPERTY:DUSK_READS_HEADERS>>>>)
set(is_program $<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>)
add_compile_options("$<${takes_pch}:SHELL:-include-pch $<IF:${is_program},${program_pch},${library_pch}>>")
