#include "rpc/page_files.hpp"

#include "base/reader.hpp"

namespace dusk::rpc {
namespace {

constexpr std::string_view kMagic = "DUSKPAGE1";
constexpr std::size_t kMostFiles = 10'000;
constexpr std::size_t kLeastFile = 2 + 1 + 1 + 3 * 4;  // bytes of an entry

std::string_view as_text(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};  // NOLINT(*-reinterpret-cast)
}

}  // namespace

Result<PageFiles, std::string> PageFiles::parse(ByteView pack) {
    Reader in(pack);
    const bool is_pack = as_text(in.bytes(kMagic.size())) == kMagic;
    PageFiles out;
    const std::size_t count = is_pack ? in.count_le<std::uint32_t>(kMostFiles, kLeastFile) : 0;
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        const std::string_view path = as_text(in.bytes(in.le<std::uint16_t>()));
        PageFile file;
        file.type = as_text(in.bytes(in.u8()));
        file.tag = as_text(in.bytes(in.u8()));
        for (ByteView* form : {&file.plain, &file.gzip, &file.brotli}) *form = in.bytes(in.le<std::uint32_t>());
        out.files_.emplace(path, file);
    }
    if (!is_pack || !in.ok() || in.remaining() != 0 || out.files_.size() != count) {
        return std::unexpected(std::string("this is no pack of a web page"));
    }
    return out;
}

const PageFile* PageFiles::find(std::string_view path) const {
    const auto at = files_.find(path);
    return at == files_.end() ? nullptr : &at->second;
}

}  // namespace dusk::rpc
