// Giving a finished file its name, unless somebody has that name already.
#pragma once

#include <cstdint>

namespace dusk::app {

enum class Naming : std::uint8_t {
    done,   // the file has its name, and the one it had before is free
    taken,  // nothing has changed
    // errno says why; nothing has changed. Where the file system lacks what the way needs, another way may do.
    failed,
};

// Three ways. None replaces a file, even one that appears at this very moment.
[[nodiscard]] Naming name_by_rename(const char* from, const char* to);  // RENAME_NOREPLACE: not on every NFS or FUSE
[[nodiscard]] Naming name_by_link(const char* from, const char* to);    // a second name, then one less: not on FAT
// Takes the name with an empty file first, and renames over it: everywhere. For a moment the file is empty.
[[nodiscard]] Naming name_by_reservation(const char* from, const char* to);

// The first of them that works.
[[nodiscard]] Naming give_free_name(const char* from, const char* to);

}  // namespace dusk::app
