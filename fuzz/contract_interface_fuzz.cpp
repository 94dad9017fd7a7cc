// What contracts say of their types, and archives read by it. The input: two bytes of length, a text of that length,
// and an archive.
#include "app/contract_interface.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using dusk::fuzz::require;
    if (size < 2) return 0;
    const std::size_t length = std::min<std::size_t>(dusk::load_le<std::uint16_t>(data), size - 2);
    const std::string_view text(reinterpret_cast<const char*>(data + 2), length);
    const dusk::ByteView archive(data + 2 + length, size - 2 - length);
    const auto contract = dusk::app::Interface::parse(text);
    if (!contract) {
        require(contract.error().line >= 1);
        require(!describe(contract.error()).empty());
        return 0;
    }
    const std::string written = contract->text();
    const auto again = dusk::app::Interface::parse(written);
    require(again.has_value() && again->text() == written);
    for (const auto& function : contract->functions()) {
        require(!contract->signature(function).empty());
        const auto value = read_value(*contract, function.argument, archive);
        if (value) require(!value->text.empty());
    }
    return 0;
}
