#include "app/wallet_ui/wallet_ui.hpp"

#include <cstdlib>

#include "app/wallet_ui/background.hpp"
#include "app/wallet_ui/drawing.hpp"
#include "app/wallet_ui/node_watch.hpp"
#include "app/wallet_ui/terminal.hpp"
#include "app/wallet_ui/work.hpp"

namespace dusk::app {
namespace {

using std::chrono::milliseconds;

// Shows and listens until somebody leaves.
void converse(ui::Terminal& terminal, ui::Feed& feed, ui::Work& work, ui::Background& working,
              const ProgressScreen& progress) {
    ui::Screen screen;
    while (!terminal.has_ended()) {
        ui::WalletState state = feed.state();
        state.progress = progress.state();
        screen.follow(state);
        terminal.show(drawing_of(screen, state, terminal.size(), std::chrono::steady_clock::now()));
        for (const ui::Key& key : terminal.keys(milliseconds(100))) {
            for (ui::Request& request : screen.handle(key, state)) {
                if (std::holds_alternative<ui::Quit>(request)) return;
                if (std::holds_alternative<ui::Redraw>(request)) terminal.forget();
                if (std::holds_alternative<ui::Suspend>(request)) terminal.suspend();
                if (const auto* copy = std::get_if<ui::CopyText>(&request)) terminal.copy(copy->text);
                work.ask(std::move(request));
                working.wake();
            }
        }
    }
}

}  // namespace

CommandResult wallet_ui(const WalletUi& command, RandomSource& random, Executor& executor) {
    if (const auto good = ui::Terminal::check(); !good) return fail(good.error());
    auto folder = WalletFolder::open(command.wallet);
    if (!folder) return fail(folder.error());
    const std::string address = command.wallet.node.empty() ? folder->settings.node : command.wallet.node;
    auto node = WalletNode::at(address, command.wallet.authorities);
    if (!node) return fail(node.error());
    auto watched = WalletNode::at(address, command.wallet.authorities);
    if (!watched) return fail(watched.error());
    auto state = ui::Work::first_state(*folder, address);
    if (!state) return fail(state.error());
    std::optional<wallet::WalletSecret> secret;
    if (!folder->settings.watches) {
        auto opened = folder->open_secret(command.wallet);
        if (!opened) return fail(opened.error());
        secret.emplace(*std::move(opened));
    }
    auto terminal = ui::Terminal::open();
    if (!terminal) return fail(terminal.error());

    const ProgressScreen progress;
    ui::Feed feed(*std::move(state));
    ui::NodeWatch watch(*std::move(watched), feed);
    ui::Work work(
        {.folder = *std::move(folder), .secret = std::move(secret), .node = *std::move(node), .prover = command.prover},
        feed, random, executor);
    ui::Background watching([&] { return watch.look(); });
    ui::Background working([&] { return work.step(); });
    converse(**terminal, feed, work, working, progress);

    terminal->reset();
    watching.ask_to_stop();
    working.ask_to_stop();
    // A node that does not answer, a key of the prover that is being made: nobody waits for those. Files are replaced
    // as a whole, and what was sent is written down before it leaves.
    constexpr milliseconds kPatience{300};
    if (!watching.wait(kPatience) || !working.wait(kPatience)) std::_Exit(static_cast<int>(ExitCode::ok));
    return Outcome{.text = {}, .json = nlohmann::ordered_json::object()};
}

}  // namespace dusk::app
