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

std::optional<std::string> terminal_qr(const std::string& text) {
    const std::unique_ptr<QRcode, FreeQr> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M));
    if (!code) return {};
    const int width = code->width;
    const auto is_dark = [&](int x, int y) {
        if (x < 0 || y < 0 || x >= width || y >= width) return false;
        return (code->data[static_cast<std::ptrdiff_t>(y) * width + x] & 1U) != 0;
    };
    constexpr const char* kLight[] = {"\u2588", "\u2580", "\u2584", " "};  // of a pair: both light, upper, lower, none
    std::string out;
    for (int y = -kMargin; y < width + kMargin; y += 2) {
        out += "\x1b[97;40m";  // white blocks on black
        for (int x = -kMargin; x < width + kMargin; ++x) {
            const bool upper = is_dark(x, y);
            const bool lower = is_dark(x, y + 1);
            out += kLight[upper ? (lower ? 3 : 2) : (lower ? 1 : 0)];
        }
        out += "\x1b[0m\n";
    }
    return out;
}

}  // namespace dusk::app
