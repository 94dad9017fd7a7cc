// One type of encodings.json: its archive against our layout.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/archive_layout.hpp"
#include "crypto/blake3.hpp"
#include "crypto/phoenix.hpp"
#include "report.hpp"

namespace dusk::vectors {

// What a field of a value looks like inside the root object, by the name that the file gives it.
struct Mark {
    std::string_view name;
    Bytes bytes;
};
using Marks = std::vector<Mark>;

template <class T>
Mark mark(std::string_view name, const T& field) {
    return {name, archive_write(field)};
}

// Sizes, and that the marked fields stand where the file says: a layout with two fields exchanged would otherwise read
// and write the same bytes.
void check_places(const Node& c, ByteView archive, std::size_t root_size, std::size_t root_alignment,
                  const Marks& marks, Report& report);

// `value` is written as the file has it, and that reads as the same value.
template <class T>
void check_archive(const Node& c, const T& value, const Marks& marks, Report& report) {
    const Bytes written = archive_write(value);
    const std::string expected = c["rkyv"].text();
    if (expected.starts_with("blake3:")) {  // long ones
        const std::string digest = expected.substr(7);
        const Json hex = digest;
        Seen seen;
        report.expect_bytes(crypto::blake3(written), Node(hex, seen, c["rkyv"].path()));
    } else {
        report.expect_bytes(written, c["rkyv"]);
    }
    const auto read = archive_read<T>(written);
    report.expect(read.has_value() && archive_write(*read) == written, c["rkyv"], "reads as another value");
    check_places(c, written, Archived<T>::size, Archived<T>::alignment, marks, report);
}

// A type that has no other encoding.
template <class T>
T read_archive(const Node& c) {
    return required(archive_read<T>(c["rkyv"].hex()), c["rkyv"]);
}

// The types of the table in spec/transactions.md §13, by name.
void check_contract_type(const Node& c, const Node& keys, Report& report);

}  // namespace dusk::vectors
