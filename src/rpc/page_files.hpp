// The files of the web page, as the build packs them (web/pack.mjs), in the program itself.
//
// A pack, all numbers little-endian:
//
//     "DUSKPAGE1"
//     u32 count, then of each file:
//         u16 size, path      below the page: "index.html", "assets/app-1a2b.js"
//         u8 size, type       "text/html; charset=utf-8"
//         u8 size, tag        names the content, without quotation marks
//         three times u32 size, content: as it is, by gzip, by Brotli; size 0: not in this form
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace dusk::rpc {

struct PageFile {
    std::string_view type{};
    std::string_view tag{};
    ByteView plain{};
    ByteView gzip{};
    ByteView brotli{};
};

class PageFiles {
  public:
    // Points into `pack`, which outlives it. The error is a sentence. Linear in the number of files.
    [[nodiscard]] static Result<PageFiles, std::string> parse(ByteView pack);

    // Null: there is none.
    [[nodiscard]] const PageFile* find(std::string_view path) const;
    [[nodiscard]] std::size_t size() const { return files_.size(); }

  private:
    std::map<std::string_view, PageFile> files_;
};

}  // namespace dusk::rpc
