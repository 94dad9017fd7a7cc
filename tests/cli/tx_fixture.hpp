// What the tests of `dusk tx` and `dusk chain` start from: a wallet of two profiles in a folder of its own.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "program.hpp"

namespace dusk::cli {

namespace fs = std::filesystem;
using nlohmann::json;

inline std::string text_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}
inline void write(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

inline std::string hex_of(const std::string& bytes) {
    std::string out;
    for (const char c : bytes) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        out += kDigits[static_cast<unsigned char>(c) >> 4U];
        out += kDigits[static_cast<unsigned char>(c) & 15U];
    }
    return out;
}

// The hexadecimal digits of a base58 text of 96 bytes.
inline std::string hex_of_base58(const std::string& text) {
    constexpr std::string_view kAlphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    std::vector<unsigned> bytes(96, 0);
    for (const char c : text) {
        unsigned carry = static_cast<unsigned>(kAlphabet.find(c));
        for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
            carry += 58 * *byte;
            *byte = carry % 256;
            carry /= 256;
        }
    }
    return hex_of({bytes.begin(), bytes.end()});
}

class Tx : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "dusk-tx-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        write(folder / "password", "secret");
        const Finished made = dusk(
            "keys create wallet my.wallet --password-file password --kdf-memory 8 --kdf-passes 1"
            " --profiles 2 --json");
        ASSERT_EQ(made.exit, 0) << made.out;
        for (const auto& profile : made.json()["profiles"]) {
            accounts.push_back(profile["account"]);
            addresses.push_back(profile["address"]);
        }
    }
    void TearDown() override { fs::remove_all(folder); }

    // One blank between two words.
    [[nodiscard]] Finished dusk(const std::string& words) const {
        Start start{.arguments = {}, .folder = folder};
        std::istringstream stream(words);
        for (std::string word; stream >> word;) start.arguments.push_back(word);
        return run(start);
    }
    [[nodiscard]] json build(const std::string& words) const {
        const Finished made = dusk("tx build " + words + " --key my.wallet --password-file password --json");
        if (made.exit != 0) throw std::runtime_error(made.out);
        return made.json();
    }
    void transfer(int nonce, const std::string& out) const {
        (void)build("transfer --nonce " + std::to_string(nonce) + " --to " + accounts[1] +
                    " --value 12.5 --gas-limit 3000000 --out " + out);
    }
    void expect_error(const std::string& words, int exit, const std::string& code) const {
        const Finished done = dusk(words + " --json");
        EXPECT_EQ(done.exit, exit) << words << done.out;
        EXPECT_EQ(done.json()["error"]["code"], code) << words;
    }

    // A line of a file of blocks, made by the second profile.
    [[nodiscard]] json block(int height, const std::vector<std::string>& files) const {
        const std::string generator = hex_of_base58(accounts[1]);
        json out{{"height", height}, {"generator", generator}, {"transactions", json::array()}};
        if (height > 1) out["voters"] = json::array({json::array({generator, 128})});
        for (const std::string& file : files) out["transactions"].push_back(hex_of(text_of(folder / file)));
        return out;
    }
    void blocks(const std::vector<json>& lines) const {
        std::string text;
        for (const json& line : lines) text += line.dump() + "\n";
        write(folder / "blocks", text);
    }

    fs::path folder;
    std::vector<std::string> accounts;   // public
    std::vector<std::string> addresses;  // shielded
};

}  // namespace dusk::cli
