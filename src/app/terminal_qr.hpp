// QR codes in a terminal.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace dusk::app {

// Two rows of modules in each line of text, dark on light with a quiet margin whatever the colours of the terminal.
// Nothing where the text is too long for a QR code.
[[nodiscard]] std::optional<std::string> terminal_qr(const std::string& text);

// The same line by line, in blocks that are light where they have the foreground's colour.
[[nodiscard]] std::optional<std::vector<std::string>> qr_rows(const std::string& text);

}  // namespace dusk::app
