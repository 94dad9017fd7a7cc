// A visitor of variants made of one function for each case: `std::visit(Cases{[](int) …, [](const auto&) …}, value)`.
#pragma once

namespace dusk {

template <class... F>
struct Cases : F... {
    using F::operator()...;
};

}  // namespace dusk
