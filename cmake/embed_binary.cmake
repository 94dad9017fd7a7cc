# Takes a file as it is into a library:
#
#   dusk_embed_binary(TARGET NAME FILE)   arrays dusk_NAME_begin and dusk_NAME_end, as src/app/embedded_binary.hpp tells
function(dusk_embed_binary target name file)
  set(source "${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cpp")
  file(CONFIGURE OUTPUT "${source}" CONTENT [[
__asm__(R"(
    .section .rodata.dusk_@name@, "a"
    .global dusk_@name@_begin
    .global dusk_@name@_end
dusk_@name@_begin:
    .incbin "@file@"
dusk_@name@_end:
    .byte 0
    .text
)");
]] @ONLY)
  set_source_files_properties("${source}" PROPERTIES OBJECT_DEPENDS "${file}")
  target_sources(${target} PRIVATE "${source}")
endfunction()
