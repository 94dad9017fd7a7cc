#include "rpc/page_files.hpp"

#include <gtest/gtest.h>

#include "base/writer.hpp"

namespace dusk::rpc {
namespace {

struct Entry {
    std::string path, type, tag, plain, gzip, brotli;
};

Bytes pack_of(const std::vector<Entry>& entries) {
    Writer out;
    out.bytes(as_bytes("DUSKPAGE1"));
    out.le(static_cast<std::uint32_t>(entries.size()));
    for (const Entry& one : entries) {
        out.le(static_cast<std::uint16_t>(one.path.size()));
        out.bytes(as_bytes(one.path));
        for (const std::string& text : {one.type, one.tag}) {
            out.le(static_cast<std::uint8_t>(text.size()));
            out.bytes(as_bytes(text));
        }
        for (const std::string& form : {one.plain, one.gzip, one.brotli}) {
            out.le(static_cast<std::uint32_t>(form.size()));
            out.bytes(as_bytes(form));
        }
    }
    return std::move(out).finish();
}

const std::vector<Entry> kTwo{{"assets/a-1.js", "text/javascript", "t1", "alert(1)", "", "b"},
                              {"index.html", "text/html", "t2", "<p>", "", ""}};

TEST(PageFiles, FindsWhatIsThere) {
    const Bytes pack = pack_of(kTwo);
    const auto files = PageFiles::parse(pack);
    ASSERT_TRUE(files) << files.error();
    EXPECT_EQ(files->size(), 2U);
    const PageFile* const script = files->find("assets/a-1.js");
    ASSERT_NE(script, nullptr);
    EXPECT_EQ(script->type, "text/javascript");
    EXPECT_EQ(script->tag, "t1");
    EXPECT_EQ(to_vector(script->plain), to_vector(as_bytes("alert(1)")));
    EXPECT_TRUE(script->gzip.empty());
    EXPECT_EQ(to_vector(script->brotli), to_vector(as_bytes("b")));
    for (const std::string_view path : {"", "index", "/index.html", "assets/../index.html", "assets"}) {
        EXPECT_EQ(files->find(path), nullptr) << path;
    }
}

TEST(PageFiles, RefusesWhatIsNoPack) {
    const Bytes pack = pack_of(kTwo);
    for (std::size_t size = 0; size < pack.size(); ++size) {
        EXPECT_FALSE(PageFiles::parse(ByteView(pack).first(size))) << size;
    }
    Bytes longer = pack;
    longer.push_back(0);
    EXPECT_FALSE(PageFiles::parse(longer));
    Bytes other = pack;
    other[0] ^= 1;
    EXPECT_FALSE(PageFiles::parse(other));
    EXPECT_FALSE(PageFiles::parse(pack_of({kTwo[1], kTwo[1]})));
}

}  // namespace
}  // namespace dusk::rpc
