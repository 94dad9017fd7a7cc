#include "app/remote_contract.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "app/contract_values.hpp"
#include "base/hex.hpp"

namespace dusk::app {
namespace {

// A node that has too many questions says so, and that a second later it may have fewer (spec/interfaces.md §1.3).
constexpr unsigned kTooMany = 429;
constexpr int kMostTries = 8;
constexpr std::chrono::seconds kPause{1};

template <class Ask>
Result<client::HttpReply, std::string> ask_patiently(const Ask& ask) {
    auto reply = ask();
    for (int tries = 1; reply && reply->status == kTooMany && tries < kMostTries; ++tries) {
        std::this_thread::sleep_for(kPause);
        reply = ask();
    }
    return reply;
}

}  // namespace

std::unexpected<Failure> no_answer(std::string message) {
    return fail(Failure{.exit = ExitCode::no_answer, .code = "no_answer", .message = std::move(message)});
}

std::string RemoteContract::path_of(const std::string& function) const {
    return fmt::format("/on/contracts:{}/{}", to_hex(ByteView(contract_.bytes)), function);
}

std::unexpected<Failure> RemoteContract::refuses(const std::string& function, const client::HttpReply& reply) const {
    auto out = no_answer(fmt::format("the contract has no answer to \"{}\" (status {}): {}", function, reply.status,
                                     printable(reply.text().substr(0, 300))));
    if (reply.status == 413) out.error().code = kTooMuch;
    return out;
}

Result<Bytes, Failure> RemoteContract::call(const std::string& function, ByteView argument) {
    auto reply = ask_patiently([&] { return node_->post(path_of(function), argument); });
    if (!reply) return no_answer(reply.error());
    if (reply->status != 200) return refuses(function, *reply);
    return std::move(reply->body);
}

Result<void, Failure> RemoteContract::feed(const std::string& function, ByteView argument,
                                           const std::function<bool(ByteView)>& take) {
    const auto reply =
        ask_patiently([&] { return node_->post_streamed(path_of(function), argument, {{"Rusk-Feeder", "1"}}, take); });
    if (!reply) return no_answer(reply.error());
    if (reply->status != 200) return refuses(function, *reply);
    return {};
}

Result<std::vector<crypto::Fq>, Failure> RemoteTransfer::spent(const std::vector<crypto::Fq>& nullifiers) {
    constexpr std::size_t kAtOnce = 2000;
    std::vector<crypto::Fq> out;
    for (std::size_t begin = 0; begin < nullifiers.size(); begin += kAtOnce) {
        const auto first = nullifiers.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto count = static_cast<std::ptrdiff_t>(std::min(kAtOnce, nullifiers.size() - begin));
        const std::vector<crypto::Fq> part(first, first + count);
        const auto answer = contract_.ask<std::vector<crypto::Fq>>("existing_nullifiers", archive_write(part));
        if (!answer) return fail(answer.error());
        out.insert(out.end(), answer->begin(), answer->end());
    }
    return out;
}

}  // namespace dusk::app
