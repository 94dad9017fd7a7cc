#include "chain/finality.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dusk::chain {
namespace {

using ledger::Label;
using Kind = Label::Kind;

// The labels of a chain from genesis on.
class LabelledChain {
  public:
    void accept(std::uint8_t unshown) {
        const auto made =
            advance_finality({labels_.size()}, unshown, {last_final_}, std::span(labels_).subspan(last_final_ + 1));
        for (const LabelChange& change : made.labels) labels_.at(change.height.value) = change.label;
        labels_.push_back(made.label);
        last_final_ = made.last_final.value;
    }
    [[nodiscard]] const std::vector<Label>& labels() const { return labels_; }
    [[nodiscard]] std::uint64_t last_final() const { return last_final_; }

  private:
    std::vector<Label> labels_{{Kind::final, 0}};
    std::uint64_t last_final_ = 0;
};

TEST(Finality, TheNextBlockMakesABlockFinal) {
    LabelledChain chain;
    for (int i = 0; i < 3; ++i) chain.accept(0);
    EXPECT_EQ(chain.labels(),
              (std::vector<Label>{{Kind::final, 0}, {Kind::final, 1}, {Kind::final, 1}, {Kind::attested, 1}}));
    EXPECT_EQ(chain.last_final(), 2U);
}

TEST(Finality, ABlockWithIterationsThatNothingShowsWaits) {
    LabelledChain chain;
    chain.accept(0);
    chain.accept(1);
    EXPECT_EQ(chain.labels()[1], (Label{Kind::attested, 1}));
    EXPECT_EQ(chain.labels()[2], (Label{Kind::accepted, 2}));
    // One block on it is not enough, and what is below waits for it.
    chain.accept(0);
    EXPECT_EQ(chain.last_final(), 0U);
    EXPECT_EQ(chain.labels()[2], (Label{Kind::accepted, 2}));
    chain.accept(0);
    EXPECT_EQ(chain.labels(),
              (std::vector<Label>{
                  {Kind::final, 0}, {Kind::final, 3}, {Kind::final, 2}, {Kind::final, 1}, {Kind::attested, 1}}));
}

TEST(Finality, ConfirmedBlocksStayAboveAGap) {
    LabelledChain chain;
    chain.accept(3);  // waits for six
    for (int i = 0; i < 4; ++i) chain.accept(0);
    EXPECT_EQ(chain.labels()[1], (Label{Kind::accepted, 6}));
    EXPECT_EQ(chain.labels()[2], (Label{Kind::confirmed, 1}));
    EXPECT_EQ(chain.last_final(), 0U);
    chain.accept(0);
    chain.accept(0);
    EXPECT_EQ(chain.labels()[1], (Label{Kind::final, 6}));
    EXPECT_EQ(chain.labels()[2], (Label{Kind::final, 5}));
    EXPECT_EQ(chain.last_final(), 6U);
}

// PNI wraps where a header names more failures than there were iterations.
TEST(Finality, AWrappedNumberIsALongWait) {
    LabelledChain chain;
    chain.accept(255);
    EXPECT_EQ(chain.labels()[1], (Label{Kind::accepted, 510}));
    for (int i = 0; i < 509; ++i) chain.accept(0);
    EXPECT_EQ(chain.last_final(), 0U);
    chain.accept(0);
    EXPECT_EQ(chain.last_final(), 510U);
}

RC_GTEST_PROP(FinalityProperty, FinalBlocksStayAndTheyAreTheLowest, (const std::vector<std::uint8_t>& unshown)) {
    LabelledChain chain;
    for (const std::uint8_t value : unshown) {
        const auto before = chain.labels();
        const std::uint64_t final_before = chain.last_final();
        chain.accept(value % 8 < 6 ? 0 : value % 8 - 5);
        RC_ASSERT(chain.last_final() >= final_before);
        for (std::size_t i = 0; i < chain.labels().size(); ++i) {
            RC_ASSERT((chain.labels()[i].kind == Kind::final) == (i <= chain.last_final()));
            if (i <= final_before) RC_ASSERT(chain.labels()[i] == before[i]);
        }
        RC_ASSERT(chain.last_final() < chain.labels().size() - 1 || chain.labels().size() == 1);
    }
}

}  // namespace
}  // namespace dusk::chain
