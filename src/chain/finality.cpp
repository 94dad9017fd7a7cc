#include "chain/finality.hpp"

namespace dusk::chain {

using Kind = ledger::Label::Kind;

Finality advance_finality(ledger::Height height, std::uint8_t unshown_iterations, ledger::Height last_final,
                          std::span<const ledger::Label> labels) {
    if (unshown_iterations != 0) return {{Kind::accepted, 2ULL * unshown_iterations}, {}, last_final};
    // From the tip down: a block that waits for no more blocks than there are stable ones above it is confirmed.
    std::vector<ledger::Label> now(labels.begin(), labels.end());
    const auto above = [&](std::size_t i) { return now.size() - i; };  // how far the new block is above that one
    std::uint64_t stable = 1;
    for (std::size_t i = now.size(); i-- > 0;) {
        if (now[i].kind == Kind::accepted || now[i].kind == Kind::attested) {
            if (stable < now[i].value) break;
            now[i] = {Kind::confirmed, above(i)};
        } else if (now[i].kind != Kind::confirmed) {
            break;
        }
        ++stable;
    }
    // From the last final block up: what is confirmed without a gap is final.
    Finality out{{Kind::attested, 1}, {}, last_final};
    for (std::size_t i = 0; i < now.size() && now[i].kind == Kind::confirmed; ++i) {
        now[i] = {Kind::final, above(i)};
        ++out.last_final.value;
    }
    const std::uint64_t lowest = height.value - now.size();
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (now[i] != labels[i]) out.labels.push_back({{lowest + i}, now[i]});
    }
    return out;
}

}  // namespace dusk::chain
