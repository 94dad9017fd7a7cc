//! Contracts of known shape: random memory accesses, host calls, calls of each other, panics and traps that the
//! official VM survives. No address reaches 4 GiB and no table slot is empty.
//!
//! Every exported function is (length) -> length. It sums what it sees up in `ACC` and returns it.
use crate::table::imports;
use rand::{Rng, rngs::StdRng};
use wasm_encoder::{
    CodeSection, ConstExpr, DataCountSection, DataSection, ElementSection, Elements, ExportKind, ExportSection,
    Function, FunctionSection, GlobalSection, GlobalType, ImportSection, Instruction as Op, MemArg, MemorySection,
    MemoryType, Module, RefType, TableSection, TableType, TypeSection, ValType,
};

pub const FUNCTIONS: usize = 4;
const DATA: u32 = 1024; // where the active segment with ids and names lies
const PAGE: u64 = 65536;

const LENGTH: u32 = 0; // locals; the first is the parameter
const ACC: u32 = 1;
const BUDGET: u32 = 2; // calls that may follow
const COUNTERS: u32 = 3;
const DEEPEST: u32 = 3;

const CALLER: u32 = 0; // places in the table of imports
const CALLSTACK: u32 = 1;
const CALL: u32 = 2;
const QUERY: u32 = 3;
const METADATA: u32 = 4;
const EMIT: u32 = 5;
const FEED: u32 = 6;
const LIMIT: u32 = 7;
const SPENT: u32 = 8;
const PANIC: u32 = 9;
const OWNER: u32 = 10;
const SELF_ID: u32 = 11;
const IMPORTS: u32 = 12;
const RECURSION: u32 = IMPORTS; // internal functions follow the imports
const LEAVES: u32 = IMPORTS + 1;
const LEAF_COUNT: u32 = 4; // all in the table
const EXPORTED: u32 = LEAVES + LEAF_COUNT;

struct Builder<'a> {
    dice: &'a mut StdRng,
    wide: bool,
    buffer: u64,
    ids: &'a [[u8; 32]],
    data: Vec<u8>,
    code: Function,
    depth: u32,
}

impl Builder<'_> {
    fn op(&mut self, op: Op<'static>) {
        self.code.instruction(&op);
    }

    fn pointer(&mut self, address: u64) {
        self.op(if self.wide { Op::I64Const(address as i64) } else { Op::I32Const(address as u32 as i32) });
    }

    fn number(&mut self, value: u32) {
        self.op(Op::I32Const(value as i32));
    }

    /// Of an i32 count as the memory's own type.
    fn widened(&mut self) {
        if self.wide {
            self.op(Op::I64ExtendI32U);
        }
    }

    /// Puts bytes into the active segment.
    fn put(&mut self, bytes: &[u8]) -> (u64, u32) {
        let at = self.data.windows(bytes.len().max(1)).position(|window| window == bytes).unwrap_or_else(|| {
            self.data.extend(bytes);
            self.data.len() - bytes.len()
        });
        (u64::from(DATA) + at as u64, bytes.len() as u32)
    }

    fn text(&mut self, choices: &[&[u8]]) {
        let bytes = choices[self.dice.gen_range(0..choices.len())];
        let (at, length) = self.put(bytes);
        self.pointer(at);
        self.number(length);
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.dice.gen_range(0..choices.len())]
    }

    /// Somewhere with at least 16 bytes below 4 GiB; often the same few pages.
    fn place(&mut self) -> u64 {
        let page = match self.dice.gen_range(0..20) {
            0..=13 => self.dice.gen_range(2..12),
            14 | 15 => self.dice.gen_range(0..2),
            16 => self.dice.gen_range(12..60),
            17 => 1000,
            18 => 32768,
            _ => 65535,
        };
        let most = PAGE as u32 - 16;
        let inside = match self.dice.gen_range(0..6) {
            0 => 0,
            1 => 8,
            2 => 4096,
            3 => most,
            4 if page < 65535 => most + self.dice.gen_range(1..16), // may cross into the next page
            _ => self.dice.gen_range(0..most),
        };
        if page == 0 { 4096 + u64::from(inside) % 50_000 } else { page * PAGE + u64::from(inside) }
    }

    /// An address on the stack and the access's immediate; sometimes it depends on what was seen.
    fn address(&mut self) -> MemArg {
        let place = self.place();
        let offset = if place > 70_000 && self.dice.gen_bool(0.3) { self.dice.gen_range(0..60_000) } else { 0 };
        if place < 30 * PAGE && self.dice.gen_bool(0.2) {
            self.op(Op::LocalGet(ACC));
            let mask = self.one_of(&[0xff, 0x3_ffff]);
            self.op(Op::I64Const(mask));
            self.op(Op::I64And);
            self.op(Op::I64Const((place - offset) as i64));
            self.op(Op::I64Add);
            if !self.wide {
                self.op(Op::I32WrapI64);
            }
        } else {
            self.pointer(place - offset);
        }
        MemArg { offset, align: 0, memory_index: 0 }
    }

    /// Adds the i64 on the stack to what was seen.
    fn note(&mut self) {
        self.op(Op::LocalGet(ACC));
        self.op(Op::I64Const(7));
        self.op(Op::I64Rotl);
        let added = self.dice.gen_bool(0.5);
        self.op(if added { Op::I64Add } else { Op::I64Xor });
        self.op(Op::LocalSet(ACC));
    }

    fn note_number(&mut self) {
        self.op(Op::I64ExtendI32S);
        self.note();
    }

    fn load(&mut self) {
        let at = self.address();
        match self.dice.gen_range(0..8) {
            0 => self.op(Op::I64Load(at)),
            1 => self.op(Op::I64Load8U(at)),
            2 => self.op(Op::I64Load16S(at)),
            3 => self.op(Op::I64Load32U(at)),
            4 => {
                self.op(Op::I32Load(at));
                self.op(Op::I64ExtendI32U);
            }
            5 => {
                self.op(Op::F64Load(at));
                self.op(Op::F64Const(1.5.into()));
                self.op(Op::F64Mul);
                self.op(Op::I64ReinterpretF64);
            }
            6 => {
                self.op(Op::V128Load(at));
                self.op(Op::I64x2ExtractLane(1));
            }
            _ => {
                self.op(Op::I64Load8S(at));
                self.op(Op::Drop); // may be compiled away
                self.op(Op::I64Const(1));
            }
        }
        self.note();
    }

    fn store(&mut self) {
        let at = self.address();
        if self.dice.gen_bool(0.3) {
            self.op(Op::I64Const(0)); // what is there already, mostly
        } else {
            self.op(Op::LocalGet(ACC));
        }
        match self.dice.gen_range(0..6) {
            0 => self.op(Op::I64Store(at)),
            1 => self.op(Op::I64Store8(at)),
            2 => self.op(Op::I64Store16(at)),
            3 => {
                self.op(Op::I32WrapI64);
                self.op(Op::I32Store(at));
            }
            4 => {
                self.op(Op::F64ReinterpretI64);
                self.op(Op::F64Store(at));
            }
            _ => {
                self.op(Op::I64x2Splat);
                self.op(Op::V128Store(at));
            }
        }
    }

    fn bulk(&mut self) {
        let length = self.one_of(&[0, 1, 16, 1000, 65536, 70_000, 200_000]);
        let to = self.place();
        self.pointer(to);
        match self.dice.gen_range(0..3) {
            0 => {
                self.op(Op::LocalGet(LENGTH));
                self.number(length);
                self.widened();
                self.op(Op::MemoryFill(0));
            }
            1 => {
                let from = self.place();
                self.pointer(from);
                self.number(length);
                self.widened();
                self.op(Op::MemoryCopy { src_mem: 0, dst_mem: 0 });
            }
            _ => {
                let from = self.one_of(&[0, 0, 10, 900]);
                self.number(from);
                let count = self.one_of(&[0, 1, 100, 500, 1001]);
                self.number(count);
                self.op(Op::MemoryInit { mem: 0, data_index: 1 });
            }
        }
    }

    /// A call between contracts. The first byte of the argument is the callee's budget.
    fn call(&mut self) {
        self.op(Op::LocalGet(BUDGET));
        self.op(Op::If(wasm_encoder::BlockType::Empty));
        self.pointer(self.buffer);
        self.op(Op::LocalGet(BUDGET));
        self.number(1);
        self.op(Op::I32Sub);
        self.op(Op::I32Store8(MemArg { offset: 0, align: 0, memory_index: 0 }));
        let id = if self.dice.gen_bool(0.04) { [9; 32] } else { self.ids[self.dice.gen_range(0..self.ids.len())] };
        let (at, _) = self.put(&id);
        self.pointer(at);
        if self.dice.gen_bool(0.9) {
            self.text(&[b"f0", b"f1", b"f2", b"f3"]);
        } else {
            self.text(&[b"init", b"nope", b"", b"run", b"A", b"f\xff"]);
        }
        let length = if self.dice.gen_bool(0.01) { 65537 } else { self.one_of(&[1, 1, 1, 8, 100, 0, 65536]) };
        self.number(length);
        let gas = self.one_of(&[0i64, 0, 0, 0, 1, 300, 5000, 100_000, -1]);
        self.op(Op::I64Const(gas));
        self.op(Op::Call(CALL));
        self.note_number();
        self.pointer(self.buffer);
        self.op(Op::I64Load(MemArg { offset: 0, align: 0, memory_index: 0 }));
        self.note();
        self.op(Op::End);
    }

    /// A query whose argument is the archive of a list of `count` bytes or of elements of 32 bytes.
    fn query(&mut self) {
        let scalars = self.dice.gen_bool(0.1);
        let bytes = if scalars { self.dice.gen_range(1..4) * 32 } else { self.dice.gen_range(0..200u32) };
        let start = (bytes + 3) & !3;
        let count = if scalars { bytes / 32 } else { bytes };
        self.pointer(self.buffer);
        let odd: Option<u32> = self.dice.gen_bool(0.1).then(|| self.dice.r#gen());
        self.number(odd.unwrap_or(start.wrapping_neg()));
        self.op(Op::I32Store(MemArg { offset: start.into(), align: 0, memory_index: 0 }));
        self.pointer(self.buffer);
        self.number(count);
        self.op(Op::I32Store(MemArg { offset: (start + 4).into(), align: 0, memory_index: 0 }));
        if scalars {
            self.text(&[b"poseidon_hash"]);
        } else if self.dice.gen_bool(0.9) {
            self.text(&[b"keccak256", b"sha256", b"hash"]);
        } else {
            self.text(&[b"verify_bls", b"verify_schnorr", b"secp256k1_recover", b"verify_plonk", b"nothing", b"\xff",
                        b"verify_kzg_proof", b"verify_bls_multisig", b"verify_groth16_bn254"]);
        }
        let excess = u32::from(self.dice.gen_bool(0.05));
        self.number(start + 8 + excess);
        self.op(Op::Call(QUERY));
        self.note_number();
        self.pointer(self.buffer);
        self.op(Op::I64Load(MemArg { offset: 8, align: 0, memory_index: 0 }));
        self.note();
    }

    fn host(&mut self) {
        match self.dice.gen_range(0..14) {
            0 => {
                self.op(Op::Call(CALLER));
                self.note_number();
            }
            1 => {
                self.op(Op::Call(CALLSTACK));
                self.note_number();
            }
            2 => {
                self.op(Op::Call(LIMIT));
                self.note();
            }
            3 => {
                self.op(Op::Call(SPENT));
                self.note();
            }
            4 => self.op(Op::Call(SELF_ID)),
            5 => {
                let id = self.ids[self.dice.gen_range(0..self.ids.len())];
                let (at, _) = self.put(&id);
                let at = if self.dice.gen_bool(0.3) { 0 } else { at };
                self.pointer(at);
                self.op(Op::Call(OWNER));
                self.note_number();
            }
            6 => {
                self.text(&[b"chain_id", b"block_height", b"public_sender", b"x", b"", b"\xff"]);
                self.op(Op::Call(METADATA));
                self.note_number();
            }
            7..=9 => {
                let bad = self.dice.gen_bool(0.02);
                self.text(if bad { &[b"\xff\xfe"] } else { &[b"topic", b"", b"t\xc3\xa9"] });
                let length = if self.dice.gen_bool(0.02) { 65537 } else { self.one_of(&[0, 1, 32, 200]) };
                self.number(length);
                self.op(Op::Call(EMIT));
            }
            10 if self.dice.gen_bool(0.2) => {
                self.number(12);
                self.op(Op::Call(FEED));
            }
            _ => self.query(),
        }
    }

    /// What ends a function early, mostly behind a condition.
    fn ending(&mut self) {
        self.op(Op::LocalGet(ACC));
        let mask = self.one_of(&[1, 3, 7, 0]);
        self.op(Op::I64Const(mask));
        self.op(Op::I64And);
        self.op(Op::I64Eqz);
        self.op(Op::If(wasm_encoder::BlockType::Empty));
        match self.dice.gen_range(0..7) {
            0 | 1 => {
                // A text that is UTF-8, mostly
                self.pointer(self.buffer);
                let text = self.one_of(&[0x6f6e_6f6e_6f6e, 0x6f6e_6f6e_6f6e, 0x6f6e_6f6e_6f6e, 0xff]);
                self.op(Op::I64Const(text));
                self.op(Op::I64Store(MemArg { offset: 0, align: 0, memory_index: 0 }));
                let length = self.one_of(&[0, 1, 6, 6, 8]);
                self.number(length);
                self.op(Op::Call(PANIC));
            }
            2 => self.op(Op::Unreachable),
            3 => {
                self.op(Op::LocalGet(ACC));
                self.op(Op::LocalGet(ACC));
                self.op(Op::I64Const(1));
                self.op(Op::I64And);
                self.op(Op::I64DivS);
                self.note();
            }
            4 => {
                self.op(Op::LocalGet(ACC));
                self.op(Op::F64ReinterpretI64);
                self.op(Op::I32TruncF64S);
                self.note_number();
            }
            _ => {
                let length = self.one_of(&[0, 1, 40, 65536]);
                let odd = self.dice.gen_bool(0.05);
                self.number(if odd { u32::MAX } else { length });
                self.op(Op::Return);
            }
        }
        self.op(Op::End);
    }

    fn statement(&mut self) {
        match self.dice.gen_range(0..40) {
            0..=8 => self.load(),
            9..=15 => self.store(),
            16..=18 => self.bulk(),
            19 => {
                let pages = self.one_of(&[0u64, 1, 2, 5]);
                self.pointer(pages);
                self.op(Op::MemoryGrow(0));
                self.size_noted();
            }
            20 => {
                self.op(Op::MemorySize(0));
                self.size_noted();
            }
            21..=27 => self.call(),
            28..=32 => self.host(),
            33 => self.ending(),
            34 => {
                self.op(Op::GlobalGet(1));
                self.note();
                self.op(Op::GlobalGet(1));
                self.op(Op::I64Const(3));
                self.op(Op::I64Add);
                self.op(Op::GlobalSet(1));
            }
            35 => {
                self.op(Op::LocalGet(LENGTH));
                self.op(Op::LocalGet(ACC));
                self.op(Op::I32WrapI64);
                self.number(LEAF_COUNT - 1);
                self.op(Op::I32And);
                self.op(Op::CallIndirect { type_index: IMPORTS, table_index: 0 });
                self.note_number();
            }
            36 => {
                let levels = self.one_of(&[1, 10, 300]);
                self.number(levels);
                self.op(Op::Call(RECURSION));
                self.note_number();
            }
            37 if self.dice.gen_bool(0.1) => self.op(Op::DataDrop(1)),
            _ if self.depth < DEEPEST => self.repeat(),
            _ => self.load(),
        }
    }

    fn size_noted(&mut self) {
        if !self.wide {
            self.op(Op::I64ExtendI32S);
        }
        self.note();
    }

    fn repeat(&mut self) {
        let counter = COUNTERS + self.depth;
        self.depth += 1;
        let times = self.one_of(&[1, 2, 3, 10, 100]);
        self.number(times);
        self.op(Op::LocalSet(counter));
        self.op(Op::Loop(wasm_encoder::BlockType::Empty));
        for _ in 0..self.dice.gen_range(1..4) {
            self.statement();
        }
        self.op(Op::LocalGet(counter));
        self.number(1);
        self.op(Op::I32Sub);
        self.op(Op::LocalTee(counter));
        self.op(Op::BrIf(0));
        self.op(Op::End);
        self.depth -= 1;
    }

    /// A function for the table, which calls nothing.
    fn leaf(&mut self) -> Function {
        self.code = Function::new([(1, ValType::I64), (1 + DEEPEST, ValType::I32)]);
        for _ in 0..self.dice.gen_range(1..4) {
            match self.dice.gen_range(0..4) {
                0 | 1 => self.load(),
                2 => self.store(),
                _ => self.bulk(),
            }
        }
        self.op(Op::LocalGet(ACC));
        self.op(Op::I32WrapI64);
        self.op(Op::End);
        std::mem::replace(&mut self.code, Function::new([]))
    }

    fn exported(&mut self) -> Function {
        self.code = Function::new([(1, ValType::I64), (1 + DEEPEST, ValType::I32)]);
        self.op(Op::LocalGet(LENGTH));
        self.op(Op::If(wasm_encoder::BlockType::Empty));
        self.pointer(self.buffer);
        self.op(Op::I32Load8U(MemArg { offset: 0, align: 0, memory_index: 0 }));
        self.number(7);
        self.op(Op::I32And);
        self.op(Op::LocalSet(BUDGET));
        self.op(Op::End);
        for _ in 0..self.dice.gen_range(2..14) {
            self.statement();
        }
        self.pointer(self.buffer);
        self.op(Op::LocalGet(ACC));
        self.op(Op::I64Store(MemArg { offset: 0, align: 0, memory_index: 0 }));
        self.number(8);
        self.op(Op::End);
        std::mem::replace(&mut self.code, Function::new([]))
    }
}

/// (n) -> i32: calls itself n times, with a store on the way back.
fn recursion(wide: bool) -> Function {
    let mut code = Function::new([]);
    code.instruction(&Op::LocalGet(0));
    code.instruction(&Op::If(wasm_encoder::BlockType::Result(ValType::I32)));
    code.instruction(if wide { &Op::I64Const(3 << 16) } else { &Op::I32Const(3 << 16) });
    code.instruction(&Op::LocalGet(0)).instruction(&Op::I32Const(1)).instruction(&Op::I32Sub);
    code.instruction(&Op::Call(RECURSION)).instruction(&Op::I32Const(1)).instruction(&Op::I32Add);
    code.instruction(&Op::I32Store(MemArg { offset: 8, align: 2, memory_index: 0 }));
    code.instruction(&Op::LocalGet(0));
    code.instruction(&Op::Else).instruction(&Op::I32Const(0)).instruction(&Op::End).instruction(&Op::End);
    code
}

/// A contract that calls those of `ids`, by names f0 … f3.
pub fn contract(dice: &mut StdRng, ids: &[[u8; 32]]) -> Vec<u8> {
    let wide = dice.gen_bool(0.15);
    let pointer = if wide { ValType::I64 } else { ValType::I32 };
    let buffer = match dice.gen_range(0..8) {
        0 => 0x10_0000,
        1 => 65536 + 4 * dice.gen_range(1..1000),
        2 => 65536 + dice.gen_range(1..1000),
        _ => 65536,
    };
    let with_init = dice.gen_bool(0.3);
    let segment: Vec<u8> = (0..1000).map(|_| dice.r#gen()).collect();
    let mut builder = Builder { dice, wide, buffer, ids, data: vec![0], code: Function::new([]), depth: 0 };
    let mut code = CodeSection::new();
    code.function(&recursion(wide));
    for _ in 0..LEAF_COUNT {
        code.function(&builder.leaf());
    }
    for _ in 0..FUNCTIONS + usize::from(with_init) {
        code.function(&builder.exported());
    }
    let data = std::mem::take(&mut builder.data);

    let mut types = TypeSection::new();
    let mut import_section = ImportSection::new();
    for (i, (name, parameters, results)) in imports(pointer).into_iter().enumerate() {
        types.ty().function(parameters, results);
        import_section.import("env", name, wasm_encoder::EntityType::Function(i as u32));
    }
    types.ty().function([ValType::I32], [ValType::I32]);
    let mut functions = FunctionSection::new();
    for _ in 0..1 + LEAF_COUNT as usize + FUNCTIONS + usize::from(with_init) {
        functions.function(IMPORTS);
    }
    let mut tables = TableSection::new();
    tables.table(TableType { element_type: RefType::FUNCREF, table64: false, minimum: LEAF_COUNT.into(), maximum: None,
                             shared: false });
    let mut memories = MemorySection::new();
    let minimum = builder.dice.gen_range(1..6);
    let maximum = if builder.dice.gen_bool(0.3) { Some(6) } else { None };
    memories.memory(MemoryType { minimum, maximum, memory64: wide, shared: false, page_size_log2: None });
    let mut globals = GlobalSection::new();
    let constant = |at: i64| if wide { ConstExpr::i64_const(at) } else { ConstExpr::i32_const(at as i32) };
    globals.global(GlobalType { val_type: pointer, mutable: false, shared: false }, &constant(buffer as i64));
    globals.global(GlobalType { val_type: ValType::I64, mutable: true, shared: false }, &ConstExpr::i64_const(1));
    let mut exports = ExportSection::new();
    exports.export("memory", ExportKind::Memory, 0).export("A", ExportKind::Global, 0);
    for i in 0..FUNCTIONS as u32 {
        exports.export(&format!("f{i}"), ExportKind::Func, EXPORTED + i);
    }
    if with_init {
        exports.export("init", ExportKind::Func, EXPORTED + FUNCTIONS as u32);
    }
    let mut elements = ElementSection::new();
    let slots: Vec<u32> = (LEAVES..LEAVES + LEAF_COUNT).collect();
    elements.active(None, &ConstExpr::i32_const(0), Elements::Functions(slots.into()));
    let mut segments = DataSection::new();
    segments.active(0, &constant(DATA.into()), data);
    segments.passive(segment);
    let mut module = Module::new();
    module.section(&types).section(&import_section).section(&functions).section(&tables).section(&memories);
    module.section(&globals).section(&exports).section(&elements).section(&DataCountSection { count: 2 });
    module.section(&code).section(&segments);
    module.finish()
}
