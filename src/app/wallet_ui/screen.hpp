// What a person does at the full-screen wallet: keys in, requests out. No terminal, thread or clock.
#pragma once

#include <array>

#include "app/wallet_ui/form.hpp"
#include "app/wallet_ui/state.hpp"

namespace dusk::app::ui {

enum class Page : std::uint8_t { overview, history, pending, receive, contacts, help };
inline constexpr std::array<std::string_view, 6> kPageNames{"Overview", "History",  "Pending",
                                                            "Receive",  "Contacts", "Help"};

// What is asked for at the page "Receive".
struct ReceiveView {
    bool is_public = false;
    std::string amount{};
    std::string memo{};
};

class Screen {
  public:
    // What the key asks for, in order. `state` is what stands on the screen.
    [[nodiscard]] std::vector<Request> handle(const Key& key, const WalletState& state);
    // Takes notice of a job that has ended, and of lists that have become shorter.
    void follow(const WalletState& state);

    [[nodiscard]] Page page() const { return page_; }
    [[nodiscard]] std::uint8_t profile() const { return profile_; }
    // Of the rows of the page, as they stand there from top to bottom.
    [[nodiscard]] std::size_t selected() const { return selected_; }
    [[nodiscard]] bool shows_details() const { return details_; }
    [[nodiscard]] const std::optional<Form>& form() const { return form_; }
    [[nodiscard]] const ReceiveView& receive() const { return receive_; }
    // Stands below the page; an error is one.
    [[nodiscard]] const std::string& message() const { return message_; }
    [[nodiscard]] bool is_error() const { return is_error_; }
    // A name of the address book that is to be forgotten, once a person says so.
    [[nodiscard]] const std::string& forgets() const { return forgets_; }

  private:
    enum class Purpose : std::uint8_t { pay, receive, contact };

    [[nodiscard]] std::vector<Request> submit(const WalletState& state);
    [[nodiscard]] std::vector<Request> press(const std::string& letter, const WalletState& state);
    [[nodiscard]] std::vector<Request> press_on_page(const std::string& letter, const WalletState& state);
    [[nodiscard]] std::vector<Request> copy(const WalletState& state);
    [[nodiscard]] std::vector<Request> enter(const WalletState& state);
    [[nodiscard]] std::vector<Request> quit(const WalletState& state);
    [[nodiscard]] std::vector<Request> pay(const std::string& action, const WalletState& state);
    void open_payment(const std::string& action, std::vector<Field> fields);
    void move(const Key& key, const WalletState& state);
    void show(Page page);
    void say(std::string text, bool is_error = false);

    Page page_ = Page::overview;
    std::uint8_t profile_ = 0;
    std::size_t selected_ = 0;
    bool details_ = false;
    std::optional<Form> form_{};
    Purpose purpose_ = Purpose::pay;
    std::string action_{};  // of the form
    ReceiveView receive_{};
    std::string message_{};
    bool is_error_ = false;
    std::string forgets_{};
    bool is_warned_ = false;  // that something is under way
    std::uint64_t seen_job_ = 0;
};

// How many rows the page has that can be selected.
[[nodiscard]] std::size_t rows_of(Page page, const WalletState& state);
// The address, or the request for payment where something is asked for. Empty: there is no such profile, or the amount
// is none.
[[nodiscard]] std::string receive_text(const ReceiveView& view, const ProfileView& profile);
// The row of the history at this place from the newest on; null where there is none.
[[nodiscard]] const HistoryRow* history_at(const WalletState& state, std::size_t place);

}  // namespace dusk::app::ui
