#include "modules.hpp"

namespace dusk::compile_limits {
namespace {

enum Op : std::uint8_t {
    kBlock = 0x02,
    kLoop = 0x03,
    kEnd = 0x0b,
    kBranchIf = 0x0d,
    kBranchTable = 0x0e,
    kGet = 0x20,
    kSet = 0x21,
    kTee = 0x22,
    kI32Const = 0x41,
    kI32Add = 0x6a,
    kNop = 0x01,
    kNoValue = 0x40,
    kI32 = 0x7f,
};

void put_number(Bytes& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out.push_back(static_cast<std::uint8_t>(value | 0x80));
    out.push_back(static_cast<std::uint8_t>(value));
}
void put(Bytes& out, std::initializer_list<std::uint8_t> bytes) { out.insert(out.end(), bytes); }
void put_sized(Bytes& out, const Bytes& content) {
    put_number(out, content.size());
    append(out, content);
}
void put_section(Bytes& out, std::uint8_t id, const Bytes& content) {
    out.push_back(id);
    put_sized(out, content);
}

// Functions (i32) -> i32 with these bodies, each with its locals.
Bytes module_of(const std::vector<Bytes>& bodies) {
    Bytes out{0x00, 'a', 's', 'm', 1, 0, 0, 0};
    put_section(out, 1, {1, 0x60, 1, kI32, 1, kI32});
    Bytes types;
    put_number(types, bodies.size());
    types.resize(types.size() + bodies.size());
    put_section(out, 3, types);
    put_section(out, 5, {1, 0, 1});
    Bytes code;
    put_number(code, bodies.size());
    for (const Bytes& body : bodies) put_sized(code, body);
    put_section(out, 10, code);
    return out;
}

// local 0 plus a number, back into local 0, until the body has this many bytes.
Bytes straight_body(std::size_t bytes) {
    Bytes out{0};
    while (out.size() + 8 + 3 <= bytes) put(out, {kGet, 0, kI32Const, 0x2a, kI32Add, kSet, 0});
    while (out.size() + 3 < bytes) out.push_back(kNop);
    put(out, {kGet, 0, kEnd});
    return out;
}

Bytes locals_header(std::size_t locals) {
    Bytes out{1};
    put_number(out, locals);
    out.push_back(kI32);
    return out;
}
void raise_local(Bytes& out, std::size_t local) {
    out.push_back(kGet);
    put_number(out, local);
    put(out, {kI32Const, 1, kI32Add, kSet});
    put_number(out, local);
}

}  // namespace

Sample straight_line(std::size_t bytes) {
    constexpr std::size_t kBody = 127 * 1024;
    return {"straight-line code, " + std::to_string(bytes >> 20) + " MiB",
            module_of(std::vector<Bytes>(bytes / kBody, straight_body(kBody)))};
}

Sample one_function(std::size_t bytes) {
    return {"one function of " + std::to_string(bytes) + " bytes", module_of({straight_body(bytes)})};
}

Sample tiny_functions(std::size_t count) {
    return {std::to_string(count) + " tiny functions", module_of(std::vector<Bytes>(count, {0, kGet, 0, kEnd}))};
}

Sample jump_table(std::size_t targets) {
    constexpr std::size_t kBlocks = 100;
    Bytes body{0};
    for (std::size_t i = 0; i < kBlocks; ++i) put(body, {kBlock, kNoValue});
    put(body, {kGet, 0, kBranchTable});
    put_number(body, targets);
    for (std::size_t i = 0; i <= targets; ++i) body.push_back(static_cast<std::uint8_t>(i % kBlocks));
    for (std::size_t i = 0; i < kBlocks; ++i) {
        body.push_back(kEnd);
        raise_local(body, 0);
    }
    put(body, {kGet, 0, kEnd});
    return {"br_table with " + std::to_string(targets) + " targets", module_of({body})};
}

Sample nested_blocks(std::size_t depth) {
    Bytes body{0};
    for (std::size_t i = 0; i < depth; ++i) put(body, {kBlock, kNoValue});
    body.insert(body.end(), depth, kEnd);
    put(body, {kGet, 0, kEnd});
    return {std::to_string(depth) + " nested blocks", module_of({body})};
}

Sample nested_loops(std::size_t depth) {
    Bytes body{0};
    for (std::size_t i = 0; i < depth; ++i) put(body, {kLoop, kNoValue});
    body.insert(body.end(), depth, kEnd);
    put(body, {kGet, 0, kEnd});
    return {std::to_string(depth) + " nested loops", module_of({body})};
}

Sample many_locals(std::size_t locals) {
    Bytes body = locals_header(locals);
    for (std::size_t i = 0; i < locals && body.size() < 120'000; ++i) raise_local(body, i);
    put(body, {kGet, 0, kEnd});
    return {std::to_string(locals) + " locals", module_of({body})};
}

Sample locals_in_loops(std::size_t locals, std::size_t depth) {
    Bytes body = locals_header(locals);
    for (std::size_t i = 0; i < depth; ++i) put(body, {kLoop, kNoValue});
    for (std::size_t i = 1; i <= locals; ++i) raise_local(body, i);
    for (std::size_t i = 0; i < depth; ++i) put(body, {kGet, 1, kBranchIf, 0, kEnd});
    put(body, {kGet, 0, kEnd});
    return {std::to_string(locals) + " locals in " + std::to_string(depth) + " nested loops", module_of({body})};
}

}  // namespace dusk::compile_limits
