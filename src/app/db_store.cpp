#include "app/db_store.hpp"

#include <fmt/core.h>

namespace dusk::app {

Failure failure_of(const vm::StoreFailure& failure) {
    using enum vm::StoreError;
    const auto [exit, code] = [&]() -> std::pair<ExitCode, std::string_view> {
        switch (failure.kind) {
            case io:
                return {ExitCode::file, "file"};
            case no_space:
                return {ExitCode::file, "no_space"};
            case locked:
                return {ExitCode::file, "locked"};
            case not_a_store:
                return {ExitCode::bad_input, "not_a_store"};
            case unknown_version:
                return {ExitCode::bad_input, "unsupported_version"};
            case damaged_log:
            case damaged_page:
            case damaged_bytecode:
            case unknown_bytecode:
                return {ExitCode::bad_input, "damaged"};
            case unknown_commit:
                return {ExitCode::bad_input, "unknown_commit"};
            case bad_export:
                return {ExitCode::bad_input, "not_an_export"};
            case wrong_root:
                return {ExitCode::bad_input, "wrong_root"};
            case bad_change:
            case failed_before:
                break;
        }
        return {ExitCode::failure, "failure"};
    }();
    std::string message = describe(failure);
    if (failure.kind == locked) message += ": stop the node first";
    if (failure.kind == damaged_log) message += " (`dusk db repair` keeps what is whole)";
    return {.exit = exit, .code = std::string(code), .message = std::move(message)};
}

Result<void, Failure> require_store(const std::filesystem::path& folder) {
    std::error_code error;
    if (std::filesystem::exists(folder / "log", error) || std::filesystem::exists(folder / "pages.0", error)) return {};
    return fail(Failure{.exit = ExitCode::file,
                        .code = "file_missing",
                        .message = fmt::format("there is no state store in {}", folder.string())});
}

vm::StoreOptions db_options(Executor& executor) {
    return {.durability = vm::Durability::power_loss, .executor = &executor, .files = nullptr};
}

Result<std::unique_ptr<vm::Store>, Failure> open_store(const std::filesystem::path& folder, Executor& executor) {
    if (const auto there = require_store(folder); !there) return fail(there.error());
    auto store = vm::Store::open(folder, db_options(executor));
    if (!store) return fail(failure_of(store.error()));
    return {std::move(*store)};
}

vm::StoreProgress shown_on(ProgressLine& progress) {
    return [&progress](std::uint64_t done, std::uint64_t total) { progress.update(done, total); };
}

std::string size_text(std::uint64_t bytes) {
    return bytes < (1U << 20) ? fmt::format("{:.1f} KiB", static_cast<double>(bytes) / (1U << 10))
                              : fmt::format("{:.1f} MiB", static_cast<double>(bytes) / (1U << 20));
}

}  // namespace dusk::app
