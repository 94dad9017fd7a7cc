#include "app/terminal_qr.hpp"

#include <qrencode.h>

#include <memory>

namespace dusk::app {
namespace {

constexpr int kMargin = 4;  // modules, as the standard asks

struct FreeQr {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

std::optional<std::vector<std::string>> qr_rows(const std::string& text) {
    const std::unique_ptr<QRcode, FreeQr> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M));
    if (!code) return {};
    const int width = code->width;
    const auto is_dark = [&](int x, int y) {
        if (x < 0 || y < 0 || x >= width || y >= width) return false;
        return (code->data[static_cast<std::ptrdiff_t>(y) * width + x] & 1U) != 0;
    };
    constexpr const char* kLight[] = {"\u2588", "\u2580", "\u2584", " "};  // of a pair: both light, upper, lower, none
    std::vector<std::string> out;
    for (int y = -kMargin; y < width + kMargin; y += 2) {
        std::string row;
        for (int x = -kMargin; x < width + kMargin; ++x) {
            const bool upper = is_dark(x, y);
            const bool lower = is_dark(x, y + 1);
            row += kLight[upper ? (lower ? 3 : 2) : (lower ? 1 : 0)];
        }
        out.push_back(std::move(row));
    }
    return out;
}

std::optional<std::string> terminal_qr(const std::string& text) {
    const auto rows = qr_rows(text);
    if (!rows) return {};
    std::string out;
    for (const std::string& row : *rows) out += "\x1b[97;40m" + row + "\x1b[0m\n";  // white blocks on black
    return out;
}

}  // namespace dusk::app
