// Text that is logged, and the text that says what is logged. Whatever is in a message, a line in JSON parses and holds
// it, and no line has a control character; texts are UTF-8 where another library says so.
#include <nlohmann/json.hpp>

#include "base/log.hpp"
#include "base/utf8.hpp"
#include "require.hpp"

namespace {

using namespace dusk;
using fuzz::require;

bool is_utf8_by_json(std::string_view text) {
    try {
        (void)nlohmann::json(text).dump();
        return true;
    } catch (const nlohmann::json::type_error&) {
        return false;
    }
}

void check_lines(std::string_view text) {
    const bool is_text = is_utf8(as_bytes(text));
    require(is_text == is_utf8_by_json(text));
    const LogField fields[] = {{text, text}, {"size", text.size()}};
    const LogRecord record{.time = {}, .level = LogLevel::info, .module = text, .message = text, .fields = fields};

    const std::string json = format_log(record, LogForm::json);
    const auto parsed = nlohmann::json::parse(json, nullptr, false);
    require(!parsed.is_discarded());
    if (is_text) {
        require(parsed["message"] == text && parsed["module"] == text);
        if (text != "size") require(parsed["fields"][std::string(text)] == text);
    }
    for (const std::string& line : {json, format_log(record, LogForm::plain)}) {
        require(is_utf8(as_bytes(line)));
        for (std::size_t i = 0; i < line.size(); ++i) {
            const auto byte = static_cast<std::uint8_t>(line[i]);
            require(byte >= 0x20 && byte != 0x7f);
            require(byte != 0xc2 || static_cast<std::uint8_t>(line[i + 1]) >= 0xa0);
        }
    }
}

// Read backwards, the last level that is named for a module, or for all others, is the one that counts.
void check_filter(std::string_view text) {
    const auto filter = parse_log_filter(text);
    if (!filter) {
        require(text.find(filter.error()) != std::string_view::npos);
        return;
    }
    const std::size_t comma = text.rfind(',');
    const std::string_view last = text.substr(comma == std::string_view::npos ? 0 : comma + 1);
    const std::size_t equals = last.find('=');
    if (equals != std::string_view::npos) {
        require(to_string(filter->level_of(last.substr(0, equals))) == last.substr(equals + 1));
    } else {
        require(to_string(filter->level_of("")) == last);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check_lines(text);
    check_filter(text);
    return 0;
}
