#include "plonk/ceremony_error.hpp"

#include <fmt/core.h>

#include <string_view>

namespace dusk::plonk {
namespace {

std::string_view sentence(CeremonyFault fault) {
    switch (fault) {
        case CeremonyFault::not_a_ceremony:
            return "this is no ceremony file";
        case CeremonyFault::unknown_version:
            return "the version of this ceremony file is not known here";
        case CeremonyFault::short_input:
            return "the file ends before its last field does";
        case CeremonyFault::trailing_bytes:
            return "there are bytes after the last field";
        case CeremonyFault::bad_count:
            return "the number of powers is not 2^k + 10 for a k from 1 to 21";
        case CeremonyFault::too_many:
            return "there are more than 1024 contributions";
        case CeremonyFault::bad_name:
            return "the name is not 1 to 64 bytes of UTF-8 without control characters";
        case CeremonyFault::bad_point:
            return "a point is not the encoding of a point of the group";
        case CeremonyFault::identity:
            return "a point is the identity";
        case CeremonyFault::bad_scalar:
            return "the answer of the proof of knowledge is not below the modulus";
        case CeremonyFault::no_contributions:
            return "nobody has contributed yet: the secret is 1, which everybody knows";
        case CeremonyFault::broken_chain:
            return "the contribution was made for another file than the one it stands in";
        case CeremonyFault::no_change:
            return "the contribution changes nothing";
        case CeremonyFault::bad_knowledge:
            return "the contribution does not prove that its secret was known";
        case CeremonyFault::bad_pair:
            return "the points of the two groups do not hold the same secret";
        case CeremonyFault::wrong_generator:
            return "the first power is not the generator";
        case CeremonyFault::wrong_product:
            return "the second power is not the product of the contributions";
        case CeremonyFault::not_powers:
            return "the points are not the powers of the secret";
        case CeremonyFault::root_of_unity_secret:
            return "the secret is a root of unity, so that everything could be proven";
        case CeremonyFault::bad_randomness:
            return "the source of randomness gives no usable secret";
    }
    return "unknown error of a ceremony";
}

}  // namespace

std::string to_string(const CeremonyError& error) {
    if (!error.contribution) return std::string(sentence(error.fault));
    const std::string who = error.name.empty() ? "" : fmt::format(" of \"{}\"", error.name);
    return fmt::format("contribution {}{}: {}", *error.contribution + 1, who, sentence(error.fault));
}

}  // namespace dusk::plonk
