#include "vm/compile_effort.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "vm/wasm_reader.hpp"

namespace dusk::vm {
namespace {

constexpr std::uint8_t kCodeSection = 10;

enum class Immediate : std::uint8_t { none, index, two_indices, memory, s32, s64, f32, f64, unknown };
struct Operator {
    Immediate immediate = Immediate::unknown;
    int effect = 0;  // operands it adds
};

// Operators of one byte without a part in the control flow; what is not listed has no immediate and adds nothing.
constexpr std::array<Operator, 256> kOperators = [] {
    std::array<Operator, 256> all{};
    const auto set = [&all](int first, int last, Immediate immediate, int effect) {
        for (int code = first; code <= last; ++code) all[static_cast<std::size_t>(code)] = {immediate, effect};
    };
    set(0x00, 0x01, Immediate::none, 0);   // unreachable, nop
    set(0x1a, 0x1a, Immediate::none, -1);  // drop
    set(0x1b, 0x1b, Immediate::none, -2);  // select
    set(0x20, 0x20, Immediate::index, 1);  // local.get
    set(0x23, 0x23, Immediate::index, 1);  // global.get
    set(0x24, 0x24, Immediate::index, -1);
    set(0x25, 0x25, Immediate::index, 0);  // table.get
    set(0x26, 0x26, Immediate::index, -2);
    set(0x28, 0x35, Immediate::memory, 0);   // loads
    set(0x36, 0x3e, Immediate::memory, -2);  // stores
    set(0x3f, 0x3f, Immediate::index, 1);    // memory.size
    set(0x40, 0x40, Immediate::index, 0);
    set(0x41, 0x41, Immediate::s32, 1);
    set(0x42, 0x42, Immediate::s64, 1);
    set(0x43, 0x43, Immediate::f32, 1);
    set(0x44, 0x44, Immediate::f64, 1);
    set(0x45, 0xc4, Immediate::none, -1);  // of two operands, but for these:
    for (const auto& [first, last] :
         {std::pair{0x45, 0x45}, {0x50, 0x50}, {0x67, 0x69}, {0x79, 0x7b}, {0x8b, 0x91}, {0x99, 0x9f}, {0xa7, 0xc4}}) {
        set(first, last, Immediate::none, 0);
    }
    set(0xd0, 0xd0, Immediate::s64, 1);    // ref.null
    set(0xd1, 0xd1, Immediate::none, 0);   // ref.is_null
    set(0xd2, 0xd2, Immediate::index, 1);  // ref.func
    return all;
}();

// Operators that follow 0xfc, by their number.
constexpr std::array<Operator, 18> kMoreOperators = [] {
    std::array<Operator, 18> all{};
    for (std::size_t i = 0; i < 8; ++i) all.at(i) = {Immediate::none, 0};  // conversions
    all[8] = {Immediate::two_indices, -3};                                 // memory.init
    all[9] = {Immediate::index, 0};
    all[10] = {Immediate::two_indices, -3};
    all[11] = {Immediate::index, -3};
    all[12] = {Immediate::two_indices, -3};  // table.init
    all[13] = {Immediate::index, 0};
    all[14] = {Immediate::two_indices, -3};
    all[15] = {Immediate::index, -1};
    all[16] = {Immediate::index, 1};
    all[17] = {Immediate::index, -3};
    return all;
}();

class Walk {
  public:
    Walk(const WasmModule& module, WasmReader& in, CompileEffort& effort) : module_(module), in_(in), effort_(effort) {}

    bool function(const FunctionType& type) {
        const std::size_t size = in_.u32();
        if (!in_.ok() || size > in_.remaining()) return false;
        const std::size_t end = in_.position() + size;
        locals_ = type.parameters.size();
        const std::uint32_t groups = in_.u32();
        for (std::uint32_t i = 0; i < groups && in_.ok(); ++i) {
            locals_ += in_.u32();
            skip(in_.s64());
        }
        constexpr std::uint64_t kMostLocals = 65'536;  // the validator allows fewer
        if (!in_.ok() || locals_ > kMostLocals) return false;
        if (written_.size() < locals_) written_.resize(locals_);
        ++effort_.functions;
        effort_.locals += locals_;
        height_ = 0;
        open_block(type.results.size(), 0, type.results.size());
        while (!blocks_.empty() && in_.ok() && in_.position() < end) {
            if (!step(in_.u8())) return false;
        }
        return in_.ok() && blocks_.empty() && loops_.empty() && in_.position() == end;
    }

  private:
    struct Block {
        std::uint64_t label;  // values that a branch to it carries
        std::uint64_t base;   // operands below it
        std::uint64_t results;
        bool is_loop = false;
    };
    struct Signature {
        std::uint64_t parameters = 0;
        std::uint64_t results = 0;
    };

    static void skip(std::int64_t /*value*/) {}

    void add(std::int64_t operands) {
        height_ += operands;
        height_ = std::max(height_, static_cast<std::int64_t>(blocks_.empty() ? 0 : blocks_.back().base));
    }
    void note_flow() { effort_.live_values += locals_ + static_cast<std::uint64_t>(height_); }

    void open_block(std::uint64_t label, std::uint64_t parameters, std::uint64_t results) {
        add(-static_cast<std::int64_t>(parameters));
        blocks_.push_back({label, static_cast<std::uint64_t>(height_), results});
        add(static_cast<std::int64_t>(parameters));
        effort_.carried_values += parameters + results;
        note_flow();
    }

    void close_block() {
        const Block block = blocks_.back();
        blocks_.pop_back();
        if (block.is_loop) loops_.pop_back();
        height_ = static_cast<std::int64_t>(block.base + block.results);
        effort_.carried_values += block.results;
        note_flow();
    }

    bool branch(std::uint32_t depth) {
        if (depth >= blocks_.size()) return false;
        effort_.carried_values += blocks_[blocks_.size() - 1 - depth].label;
        note_flow();
        return true;
    }

    // Type -0x40 is empty, other negative ones are a value.
    std::optional<Signature> block_type() {
        const std::int64_t type = in_.s64();
        if (type < 0) return Signature{0, type == -0x40 ? 0U : 1U};
        return signature(static_cast<std::uint64_t>(type));
    }
    std::optional<Signature> signature(std::uint64_t type) const {
        if (type >= module_.types.size()) return std::nullopt;
        return Signature{module_.types[type].parameters.size(), module_.types[type].results.size()};
    }
    bool call(const std::optional<Signature>& callee) {
        if (!callee) return false;
        add(-static_cast<std::int64_t>(callee->parameters));
        add(static_cast<std::int64_t>(callee->results));
        effort_.carried_values += callee->parameters + callee->results;
        return true;
    }

    void write_local(std::uint32_t local) {
        // Loops that are open now and began after the last write have not seen one.
        const auto seen = std::ranges::upper_bound(loops_, written_[local]);
        effort_.loop_locals += static_cast<std::uint64_t>(loops_.end() - seen);
        written_[local] = begun_;
    }

    bool step(std::uint8_t code) {
        switch (code) {
            case 0x02:  // block
            case 0x03:  // loop
            case 0x04:  // if
                return enter(code);
            case 0x05:  // else
                height_ = static_cast<std::int64_t>(blocks_.back().base);
                note_flow();
                return true;
            case 0x0b:
                close_block();
                return true;
            case 0x0d:  // br_if
                add(-1);
                [[fallthrough]];
            case 0x0c:
                return branch(in_.u32());
            case 0x0e:
                return branch_table();
            case 0x0f:  // return
                return branch(static_cast<std::uint32_t>(blocks_.size() - 1));
            case 0x10: {
                const std::uint32_t function = in_.u32();
                return function < module_.functions.size() && call(signature(module_.functions[function]));
            }
            case 0x11: {  // call_indirect
                const std::uint32_t type = in_.u32();
                skip(in_.u32());
                add(-1);
                return call(signature(type));
            }
            case 0x1c:  // select with types
                for (std::uint32_t count = in_.count(); count > 0; --count) skip(in_.u8());
                add(-2);
                return true;
            case 0x21:  // local.set
            case 0x22: {
                const std::uint32_t local = in_.u32();
                if (local >= locals_) return false;
                write_local(local);
                add(code == 0x21 ? -1 : 0);
                return true;
            }
            case 0xfc: {
                const std::uint32_t number = in_.u32();
                return number < kMoreOperators.size() && plain(kMoreOperators.at(number));
            }
            case 0xfd:
                return vector_operator(in_.u32());
            default:
                return plain(kOperators.at(code));
        }
    }

    bool enter(std::uint8_t code) {
        if (code == 0x04) add(-1);
        const auto type = block_type();
        if (!type) return false;
        const bool is_loop = code == 0x03;
        open_block(is_loop ? type->parameters : type->results, type->parameters, type->results);
        if (!is_loop) return true;
        blocks_.back().is_loop = true;
        loops_.push_back(++begun_);
        effort_.loop_depths += loops_.size();
        return true;
    }

    bool branch_table() {
        add(-1);
        const std::uint32_t targets = in_.count();
        effort_.branch_targets += targets;
        for (std::uint32_t i = 0; i <= targets; ++i) {
            if (!branch(in_.u32())) return false;
        }
        return true;
    }

    void memory_immediate() {
        constexpr std::uint32_t kHasMemory = 0x40;
        if ((in_.u32() & kHasMemory) != 0) skip(in_.u32());
        skip(static_cast<std::int64_t>(in_.u64()));
    }

    bool plain(const Operator& op) {
        switch (op.immediate) {
            case Immediate::none:
                break;
            case Immediate::two_indices:
                skip(in_.u32());
                [[fallthrough]];
            case Immediate::index:
                skip(in_.u32());
                break;
            case Immediate::memory:
                memory_immediate();
                break;
            case Immediate::s32:
                skip(in_.s32());
                break;
            case Immediate::s64:
                skip(in_.s64());
                break;
            case Immediate::f32:
                (void)in_.bytes(4);
                break;
            case Immediate::f64:
                (void)in_.bytes(8);
                break;
            case Immediate::unknown:
                return false;
        }
        add(op.effect);
        return true;
    }

    // Counted as if most of them left their operands where they are: too many rather than too few.
    bool vector_operator(std::uint32_t number) {
        constexpr std::uint32_t kEnd = 0x114;
        if (number >= kEnd) return false;
        if (number <= 11 || number == 92 || number == 93) {
            memory_immediate();
        } else if (number <= 13) {
            (void)in_.bytes(16);  // a constant, a shuffle
            add(number == 12 ? 1 : 0);
        } else if (number >= 21 && number <= 34) {
            skip(in_.u8());  // lanes
        } else if (number >= 84 && number <= 91) {
            memory_immediate();
            skip(in_.u8());
        }
        return true;
    }

    const WasmModule& module_;
    WasmReader& in_;
    CompileEffort& effort_;
    std::uint64_t locals_ = 0;
    std::int64_t height_ = 0;
    std::vector<Block> blocks_;
    std::vector<std::uint64_t> loops_;    // open ones, by when they began
    std::vector<std::uint64_t> written_;  // for each local, how many loops had begun when it was written last
    std::uint64_t begun_ = 0;             // loops of all functions
};

}  // namespace

// Some twenty times what the largest contract of the network has, whose bytecode fills half a block.
bool CompileEffort::is_ordinary() const {
    return functions <= 20'000 && locals <= 200'000 && branch_targets <= 8'000 && loop_depths <= 100'000 &&
           loop_locals <= 32'000 && live_values <= 5'000'000 && carried_values <= 400'000;
}

std::optional<CompileEffort> compile_effort(ByteView bytecode) {
    const auto module = parse_wasm_module(bytecode);
    if (!module) return std::nullopt;
    CompileEffort effort;
    const auto code = std::ranges::find(module->sections, kCodeSection, &WasmSection::id);
    if (code == module->sections.end()) return effort;
    WasmReader in(bytecode, code->offset, code->offset + code->size);
    Walk walk(*module, in, effort);
    const std::uint32_t bodies = in.count();
    if (bodies > module->functions.size()) return std::nullopt;
    const std::size_t imported = module->functions.size() - bodies;
    for (std::uint32_t i = 0; i < bodies; ++i) {
        const std::uint32_t type = module->functions[imported + i];
        if (type >= module->types.size() || !walk.function(module->types[type])) return std::nullopt;
    }
    return effort;
}

}  // namespace dusk::vm
