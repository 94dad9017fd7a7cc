// A fungible token: balances of keys and contracts, allowances, and an issuer who makes new ones.
#include <dusk/contract.hpp>

using namespace dusk::contract;

namespace token {

struct Terms {
    String name;
    String symbol;
    uint8_t decimals = 0;
    Account issuer;
    uint64_t supply = 0;  // the issuer's at first
    DUSK_FIELDS(Terms, name, symbol, decimals, issuer, supply)
};

struct Moved {
    Account from;
    Account to;
    uint64_t amount = 0;
    DUSK_FIELDS(Moved, from, to, amount)
};

// Owner and spender, in this order.
struct Grant {
    Account owner;
    Account spender;
    bool operator<(const Grant& other) const {
        if (!(owner == other.owner)) return owner < other.owner;
        return spender < other.spender;
    }
};

struct Token {
    Terms terms;
    Map<Account, uint64_t> balances;
    Map<Grant, uint64_t> allowances;

    void init(Terms given) {
        terms = move(given);
        if (terms.supply > 0) balances.set(terms.issuer, terms.supply);
    }

    const String& name() const { return terms.name; }
    const String& symbol() const { return terms.symbol; }
    uint8_t decimals() const { return terms.decimals; }
    uint64_t total_supply() const { return terms.supply; }
    uint64_t balance_of(const Account& owner) const { return balances.get_or(owner, 0); }
    uint64_t allowance(const Account& owner, const Account& spender) const {
        return allowances.get_or({owner, spender}, 0);
    }

    void transfer(const Account& to, uint64_t amount) { move_tokens(require_sender(), to, amount); }
    // Replaces what was granted before. Lower it to 0 first: a spender may use the old grant before the new one.
    void approve(const Account& spender, uint64_t amount) {
        const Account owner = require_sender();
        if (amount == 0) {
            allowances.erase({owner, spender});
        } else {
            allowances.set({owner, spender}, amount);
        }
        emit("approve", Moved{owner, spender, amount});
    }
    void transfer_from(const Account& owner, const Account& to, uint64_t amount) {
        const Account spender = require_sender();
        const uint64_t granted = allowance(owner, spender);
        require(granted >= amount, "the allowance is ", granted, ", not ", amount);
        if (granted == amount) {
            allowances.erase({owner, spender});
        } else {
            allowances.set({owner, spender}, granted - amount);
        }
        move_tokens(owner, to, amount);
    }

    void mint(const Account& to, uint64_t amount) {
        require(require_sender() == terms.issuer, "only the issuer makes tokens");
        terms.supply = checked_add(terms.supply, amount);
        balances[to] += amount;  // at most the supply
        emit("mint", Moved{terms.issuer, to, amount});
    }
    void burn(uint64_t amount) {
        const Account owner = require_sender();
        take(owner, amount);
        terms.supply -= amount;
        emit("burn", Moved{owner, owner, amount});
    }

  private:
    void take(const Account& from, uint64_t amount) {
        const uint64_t balance = balance_of(from);
        require(balance >= amount, "the balance is ", balance, ", not ", amount);
        if (balance == amount) {
            balances.erase(from);  // an empty account costs no memory
        } else {
            balances.set(from, balance - amount);
        }
    }
    void move_tokens(const Account& from, const Account& to, uint64_t amount) {
        take(from, amount);
        if (amount > 0) balances[to] += amount;  // at most the supply
        emit("transfer", Moved{from, to, amount});
    }
};
DUSK_CONTRACT(Token, init, name, symbol, decimals, total_supply, balance_of, allowance, transfer, approve,
              transfer_from, mint, burn)
DUSK_EVENT(approve, Moved)
DUSK_EVENT(burn, Moved)
DUSK_EVENT(mint, Moved)
DUSK_EVENT(transfer, Moved)

}  // namespace token
