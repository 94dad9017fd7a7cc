#include "vector_file.hpp"

#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "base/hex.hpp"

namespace dusk::genesis {
namespace {

std::string file_text(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(path.string() + " cannot be read");
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string unpacked(const std::filesystem::path& path) {
    gzFile file = gzopen(path.c_str(), "rb");
    if (file == nullptr) throw std::runtime_error(path.string() + " cannot be read");
    std::string out;
    std::string buffer(1 << 16, '\0');
    int got = 0;
    while ((got = gzread(file, buffer.data(), static_cast<unsigned>(buffer.size()))) > 0) {
        out.append(buffer, 0, static_cast<std::size_t>(got));
    }
    gzclose(file);
    if (got < 0) throw std::runtime_error(path.string() + " is damaged");
    return out;
}

}  // namespace

nlohmann::json vector_file(const std::string& name) {
    return nlohmann::json::parse(unpacked(std::filesystem::path(DUSK_TRANSACTION_VECTORS) / (name + ".json.gz")));
}

Bytes hex_bytes(const nlohmann::json& value) { return from_hex(text(value)).value(); }

std::uint64_t number(const nlohmann::json& value) { return std::stoull(text(value)); }

std::string official_snapshot(const std::string& network) {
    return file_text(std::filesystem::path(DUSK_OFFICIAL_CONTRACTS) / (network + ".toml"));
}

}  // namespace dusk::genesis
