# The headers in precompiled.hpp are read once for all files, which takes a fifth off a build (DUSK_PRECOMPILED).
#
# The result lies outside the checkout, named by all that goes into it: the text of the headers, the flags and the
# compiler. So every checkout compiles with the same file and ccache knows its objects; and whatever changes makes another.
#
#   dusk_precompile(KIND RESULT TEXT FLAG...)   RESULT: the file for headers of this text, made where it is not there yet
function(dusk_precompile kind result text)
  set(flags ${ARGN})
  set(folder "${DUSK_CACHE}/precompiled")
  string(SHA256 header_hash "${text}")
  set(header "${folder}/${header_hash}.hpp")
  # Another build may be making the same files: each writes its own and moves it there.
  string(RANDOM LENGTH 12 name)
  if(NOT EXISTS "${header}")
    file(WRITE "${folder}/${name}.hpp" "${text}")
    file(RENAME "${folder}/${name}.hpp" "${header}")
  endif()
  execute_process(COMMAND "${CMAKE_CXX_COMPILER}" ${flags} -E -x c++-header "${header}"
                  OUTPUT_VARIABLE preprocessed COMMAND_ERROR_IS_FATAL ANY)
  string(SHA256 hash "${CMAKE_CXX_COMPILER_VERSION};${flags};${preprocessed}")
  set(file "${folder}/${kind}-${hash}.pch")
  if(NOT EXISTS "${file}")
    execute_process(COMMAND "${CMAKE_CXX_COMPILER}" ${flags} -x c++-header -Xclang -fno-pch-timestamp
                            -fpch-instantiate-templates "${header}" -o "${folder}/${name}" COMMAND_ERROR_IS_FATAL ANY)
    file(RENAME "${folder}/${name}" "${file}")
  endif()
  set(${result} "${file}" PARENT_SCOPE)
endfunction()

set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_CURRENT_LIST_DIR}/precompiled.hpp")
file(READ "${CMAKE_CURRENT_LIST_DIR}/precompiled.hpp" precompiled_text)

option(DUSK_PRECOMPILED "Read the headers of the standard library once for all files" OFF)
if(NOT DUSK_PRECOMPILED)
  return()
endif()

string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type)
get_directory_property(common_options COMPILE_OPTIONS)
separate_arguments(precompiled_flags UNIX_COMMAND "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${build_type}}")
list(APPEND precompiled_flags -std=c++2b ${common_options})

# Programs and libraries are compiled as different kinds of position-independent code.
dusk_precompile(library library_pch "${precompiled_text}" ${precompiled_flags} -fPIC)
dusk_precompile(program program_pch "${precompiled_text}" ${precompiled_flags} -fPIE)
# A target whose flags change the language (-fno-builtin) says so by the property DUSK_READS_HEADERS.
set(takes_pch $<AND:$<COMPILE_LANGUAGE:CXX>,$<NOT:$<BOOL:$<TARGET_PROPERTY:DUSK_READS_HEADERS>>>>)
set(is_program $<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>)
add_compile_options("$<${takes_pch}:SHELL:-include-pch $<IF:${is_program},${program_pch},${library_pch}>>")
