#include "app/wallet_ui/form.hpp"

#include <utility>

namespace dusk::app::ui {
namespace {

using Kind = Key::Kind;

bool goes_on(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80; }

// Where the character before or at a place begins and ends.
std::size_t before(const std::string& text, std::size_t at) {
    if (at == 0) return 0;
    --at;
    while (at > 0 && goes_on(text[at])) --at;
    return at;
}
std::size_t after(const std::string& text, std::size_t at) {
    if (at == text.size()) return at;
    ++at;
    while (at < text.size() && goes_on(text[at])) ++at;
    return at;
}

}  // namespace

Form::Form(std::string title, std::vector<Field> fields) : title_(std::move(title)), fields_(std::move(fields)) {
    for (Field& field : fields_) field.cursor = field.text.size();
    // The first field that is to be filled in.
    while (focus_ + 1 < fields_.size() && !fields_[focus_].text.empty()) ++focus_;
}

Form::Outcome Form::handle(const Key& key) {
    const std::size_t count = fields_.size();
    switch (key.kind) {
        case Kind::escape:
            return Outcome::left;
        case Kind::enter:
            if (focus_ + 1 == count) return Outcome::submitted;
            ++focus_;
            break;
        case Kind::tab:
        case Kind::down:
            focus_ = (focus_ + 1) % count;
            break;
        case Kind::back_tab:
        case Kind::up:
            focus_ = (focus_ + count - 1) % count;
            break;
        default:
            edit(fields_[focus_], key);
    }
    return Outcome::open;
}

void Form::edit(Field& field, const Key& key) const {
    std::string& text = field.text;
    switch (key.kind) {
        case Kind::text:
            if (text.size() + key.text.size() > Field::kMostBytes) break;
            text.insert(field.cursor, key.text);
            field.cursor += key.text.size();
            break;
        case Kind::backspace: {
            const std::size_t begin = before(text, field.cursor);
            text.erase(begin, field.cursor - begin);
            field.cursor = begin;
            break;
        }
        case Kind::erase:
            text.erase(field.cursor, after(text, field.cursor) - field.cursor);
            break;
        case Kind::clear:
            text.clear();
            field.cursor = 0;
            break;
        case Kind::left:
            field.cursor = before(text, field.cursor);
            break;
        case Kind::right:
            field.cursor = after(text, field.cursor);
            break;
        case Kind::home:
            field.cursor = 0;
            break;
        case Kind::end:
            field.cursor = text.size();
            break;
        default:
            break;
    }
}

}  // namespace dusk::app::ui
