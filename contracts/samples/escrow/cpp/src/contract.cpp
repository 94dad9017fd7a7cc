// Tokens that wait for the buyer's word, the arbiter's, or the deadline.
#include <dusk/contract.hpp>

using namespace dusk::contract;

namespace escrow {

struct Deal {
    ContractId token;
    Account buyer;
    Account seller;
    Account arbiter;
    uint64_t amount = 0;
    uint64_t deadline = 0;  // after this block the buyer may take the tokens back
    DUSK_FIELDS(Deal, token, buyer, seller, arbiter, amount, deadline)
};

enum class Stage : uint8_t { open, funded, paid, refunded };
DUSK_ENUM(Stage, refunded)

struct Escrow {
    Deal deal;
    Stage stage = Stage::open;

    void init(Deal terms) {
        require(terms.amount > 0, "there is nothing to hold");
        deal = move(terms);
    }

    // Takes the tokens, which the buyer has approved for this contract.
    void fund() {
        expect(Stage::open);
        require(require_sender() == deal.buyer, "only the buyer funds the escrow");
        enter(Stage::funded);
        token_call("transfer_from", deal.buyer, Account(self_id()), deal.amount);
    }
    void release() {
        expect(Stage::funded);
        const Account sender = require_sender();
        require(sender == deal.buyer || sender == deal.arbiter, "only the buyer or the arbiter releases");
        enter(Stage::paid);
        token_call("transfer", deal.seller, deal.amount);
    }
    void refund() {
        expect(Stage::funded);
        const Account sender = require_sender();
        const bool late = block_height() > deal.deadline && sender == deal.buyer;
        require(late || sender == deal.seller || sender == deal.arbiter, "the sender may not refund");
        enter(Stage::refunded);
        token_call("transfer", deal.buyer, deal.amount);
    }
    Stage status() const { return stage; }
    const Deal& terms() const { return deal; }

  private:
    void expect(Stage wanted) const { require(stage == wanted, "not at this stage"); }
    // Before the token is called: what it calls back finds the new stage.
    void enter(Stage next) {
        stage = next;
        emit("stage", stage);
    }
    template <class... Arguments>
    void token_call(StringView function, const Arguments&... arguments) {
        const auto result = call<void>(deal.token, function, arguments...);
        require(result.has_value(), "the token refused: ", result ? StringView() : result.error().text.view());
    }
};
DUSK_CONTRACT(Escrow, init, fund, release, refund, status, terms)
DUSK_EVENT(stage, Stage)

}  // namespace escrow
