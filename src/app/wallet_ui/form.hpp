// Fields that a person fills in.
#pragma once

#include <string>
#include <vector>

#include "app/wallet_ui/keys.hpp"

namespace dusk::app::ui {

struct Field {
    std::string label{};
    std::string hint{};  // shown while the field is empty
    std::string text{};
    std::size_t cursor = 0;  // bytes before it

    static constexpr std::size_t kMostBytes = 4096;
};

class Form {
  public:
    enum class Outcome : std::uint8_t { open, submitted, left };

    Form(std::string title, std::vector<Field> fields);

    [[nodiscard]] const std::string& title() const { return title_; }
    [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }
    [[nodiscard]] std::size_t focus() const { return focus_; }
    [[nodiscard]] const std::string& text(std::size_t field) const { return fields_.at(field).text; }

    // Enter in the last field submits, Escape leaves.
    [[nodiscard]] Outcome handle(const Key& key);

  private:
    void edit(Field& field, const Key& key) const;

    std::string title_;
    std::vector<Field> fields_;
    std::size_t focus_ = 0;
};

}  // namespace dusk::app::ui
