#include "node/bootstrap_names.hpp"

#include <fmt/core.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <system_error>
#include <thread>

#include "base/host_port.hpp"
#include "node/udp_socket.hpp"

namespace dusk::node {

bool is_node_name(std::string_view text) {
    const auto parts = split_host_port(text);
    if (!parts || parts->port == 0 || parts->host.empty() || parts->host.size() > 253) return false;
    if (parse_socket_address(text)) return true;
    return std::ranges::all_of(parts->host, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
               c == '_';
    });
}

Result<std::vector<SocketAddress>, std::string> look_up(const std::string& name) {
    if (const auto address = parse_socket_address(name)) return std::vector{*address};
    const auto parts = split_host_port(name);
    if (!parts) return fail(fmt::format("{} is no name with a port", name));
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_DGRAM;
    addrinfo* found = nullptr;
    const int error = ::getaddrinfo(std::string(parts->host).c_str(), nullptr, &wanted, &found);
    if (error != 0) return fail(fmt::format("{}: {}", name, ::gai_strerror(error)));
    std::vector<SocketAddress> out;
    for (const addrinfo* at = found; at != nullptr; at = at->ai_next) {
        if (at->ai_family == AF_INET) {
            sockaddr_in four{};
            std::memcpy(&four, at->ai_addr, sizeof(four));
            ByteArray<4> ip{};
            std::memcpy(ip.data(), &four.sin_addr, ip.size());
            out.push_back({.ip = ip, .port = parts->port});
        } else if (at->ai_family == AF_INET6) {
            sockaddr_in6 six{};
            std::memcpy(&six, at->ai_addr, sizeof(six));
            ByteArray<16> ip{};
            std::memcpy(ip.data(), &six.sin6_addr, ip.size());
            out.push_back({.ip = ip, .port = parts->port});
        }
    }
    ::freeaddrinfo(found);
    return out;
}

// Outlives its owner where the system has not answered yet: nobody can interrupt it.
struct BootstrapNames::Question {
    std::mutex mutex{};
    Found found{};
    std::function<void(Found)> then{};
    std::size_t open = 0;  // names without an answer
    bool ended = false;

    void answer(const Result<std::vector<SocketAddress>, std::string>& addresses) {
        const std::lock_guard lock(mutex);
        if (addresses) {
            found.addresses.insert(found.addresses.end(), addresses->begin(), addresses->end());
        } else {
            found.failures.push_back(addresses.error());
        }
        found.is_complete = --open == 0;
        if (!ended && (addresses || found.is_complete)) then(found);
    }
};

BootstrapNames::BootstrapNames(std::vector<std::string> names) : question_(std::make_shared<Question>()) {
    for (std::string& name : names) {
        if (const auto address = parse_socket_address(name)) {
            addresses_.push_back(*address);
        } else {
            names_.push_back(std::move(name));
        }
    }
}

BootstrapNames::~BootstrapNames() {
    const std::lock_guard lock(question_->mutex);
    question_->ended = true;
}

void BootstrapNames::ask(std::function<void(Found)> then) {
    {
        const std::lock_guard lock(question_->mutex);
        if (question_->open > 0 || names_.empty()) return;
        question_->found = {.addresses = addresses_};
        question_->then = std::move(then);
        question_->open = names_.size();
    }
    // One that takes long does not keep the others waiting.
    for (const std::string& name : names_) {
        try {
            std::thread([question = question_, name] { question->answer(look_up(name)); }).detach();
        } catch (const std::system_error& error) {  // no more threads
            question_->answer(fail(fmt::format("{}: {}", name, error.what())));
        }
    }
}

}  // namespace dusk::node
