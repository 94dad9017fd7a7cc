//! Modules of wasm-smith: as they are, for the verdict alone; or turned into contracts.
//!
//! A contract gets one exported memory, the global `A`, and an export `f0`, `f1`, … for each of some functions: it takes
//! their arguments out of the argument buffer and puts their results there, whatever their types are.
use crate::table::all_imports;
use arbitrary::{Arbitrary, Unstructured};
use rand::{Rng, RngCore, rngs::StdRng};
use wasm_encoder::{ConstExpr, Encode, ExportKind, Function, Instruction, MemArg, ValType};
use wasm_smith::{Config, MemoryOffsetChoices};
use wasmparser::{Parser, Payload};

pub struct Contract {
    pub code: Vec<u8>,
    pub functions: usize,
    pub may_trap: bool, // at addresses and table slots that the official VM does not survive
}

fn entropy(dice: &mut StdRng, most: usize) -> Vec<u8> {
    let mut bytes = vec![0; dice.gen_range(200..most)];
    dice.fill_bytes(&mut bytes);
    bytes
}

/// Any module at all; some are damaged afterwards.
pub fn any_module(dice: &mut StdRng) -> Vec<u8> {
    let bytes = entropy(dice, 12_000);
    let mut u = Unstructured::new(&bytes);
    let Ok(mut config) = Config::arbitrary(&mut u) else { return vec![] };
    config.max_funcs = config.max_funcs.min(30);
    config.max_imports = config.max_imports.min(3);
    config.max_instructions = config.max_instructions.min(200);
    config.max_tables = config.max_tables.min(8);
    config.max_memories = config.max_memories.min(6);
    config.max_table_elements = config.max_table_elements.min(20_000);
    if dice.gen_bool(0.7) {
        config.max_memory32_bytes = config.max_memory32_bytes.min(1 << 24);
        config.max_memory64_bytes = config.max_memory64_bytes.min(1 << 24);
    }
    if dice.gen_bool(0.6) {
        config.available_imports = Some(all_imports(ValType::I32));
    }
    // Each of them must be refused: rarely on, else nothing else is ever seen.
    for flag in [&mut config.threads_enabled, &mut config.gc_enabled, &mut config.tail_call_enabled,
                 &mut config.exceptions_enabled, &mut config.extended_const_enabled] {
        *flag = *flag && dice.gen_bool(0.12);
    }
    config.custom_page_sizes_enabled = dice.gen_bool(0.03);
    config.wide_arithmetic_enabled = dice.gen_bool(0.03);
    config.allow_invalid_funcs = dice.gen_bool(0.05);
    config.generate_custom_sections = dice.gen_bool(0.2);
    let Ok(module) = wasm_smith::Module::new(config, &mut u) else { return vec![] };
    let mut code = module.to_bytes();
    if dice.gen_bool(0.4) {
        for _ in 0..dice.gen_range(1..4) {
            let at = dice.gen_range(0..code.len());
            match dice.gen_range(0..4) {
                0 => code[at] ^= 1 << dice.gen_range(0..8),
                1 => code[at] = dice.r#gen(),
                2 => code.truncate(at.max(1)),
                _ => code.insert(at, dice.r#gen()),
            }
        }
    }
    code
}

fn config(dice: &mut StdRng, wide: bool, may_trap: bool, bytes: &[u8]) -> Option<Config> {
    let mut config = Config::arbitrary(&mut Unstructured::new(&bytes[..bytes.len().min(400)])).ok()?;
    config.available_imports = Some(all_imports(if wide { ValType::I64 } else { ValType::I32 }));
    config.min_funcs = 1;
    config.max_funcs = dice.gen_range(3..16);
    config.max_imports = dice.gen_range(0..8);
    config.max_globals = config.max_globals.min(10);
    config.max_data_segments = config.max_data_segments.min(6);
    config.max_element_segments = config.max_element_segments.min(6);
    config.max_elements = config.max_elements.min(20);
    config.max_tables = config.max_tables.min(4);
    config.max_table_elements = 200;
    config.max_instructions = [30, 100, 300, 800][dice.gen_range(0..4)];
    config.min_memories = 1;
    config.max_memories = if dice.gen_bool(0.15) { 3 } else { 1 };
    config.max_memory32_bytes = 40 << 16;
    config.max_memory64_bytes = 40 << 16;
    config.memory64_enabled = wide;
    config.max_type_size = 30;
    config.memory_offset_choices = MemoryOffsetChoices(90, 9, if may_trap { 1 } else { 0 });
    config.disallow_traps = !may_trap;
    config.allow_start_export = dice.gen_bool(0.03);
    config.threads_enabled = false;
    config.gc_enabled = false;
    config.tail_call_enabled = false;
    config.exceptions_enabled = false;
    config.extended_const_enabled = false;
    config.relaxed_simd_enabled = false; // depends on the CPU
    config.shared_everything_threads_enabled = false;
    if dice.gen_bool(0.5) {
        config.allowed_instructions = wasm_smith::InstructionKinds::all();
    }
    Some(config)
}

/// The sections of a module, in order.
struct Sections(Vec<(u8, Vec<u8>)>);

fn order(id: u8) -> u8 {
    match id {
        12 => 95,        // data count, before the code
        13 => 55,        // tags, after memories
        other => other * 10 - if other == 10 { 1 } else { 0 },
    }
}

impl Sections {
    fn of(code: &[u8]) -> Option<Self> {
        let mut out = vec![];
        for payload in Parser::new(0).parse_all(code) {
            if let Some((id, range)) = payload.ok()?.as_section() {
                if id != 0 {
                    out.push((id, code[range].to_vec()));
                }
            }
        }
        Some(Sections(out))
    }

    /// Adds an item to the list of a section.
    fn append(&mut self, id: u8, count: u32, items: &[u8]) {
        if !self.0.iter().any(|(other, _)| *other == id) {
            let at = self.0.iter().position(|(other, _)| order(*other) > order(id)).unwrap_or(self.0.len());
            self.0.insert(at, (id, vec![0]));
        }
        let (_, body) = self.0.iter_mut().find(|(other, _)| *other == id).expect("was added");
        let mut present = 0u64;
        let mut length = 0;
        for (i, byte) in body.iter().enumerate() {
            present |= u64::from(byte & 0x7f) << (7 * i);
            length = i + 1;
            if byte & 0x80 == 0 {
                break;
            }
        }
        let mut renewed = vec![];
        (present as u32 + count).encode(&mut renewed);
        renewed.extend(&body[length..]);
        renewed.extend(items);
        *body = renewed;
    }

    fn remove(&mut self, id: u8) {
        self.0.retain(|(other, _)| *other != id);
    }

    fn bytes(&self) -> Vec<u8> {
        let mut out = b"\0asm\x01\0\0\0".to_vec();
        for (id, body) in &self.0 {
            out.push(*id);
            body.as_slice().encode(&mut out);
        }
        out
    }
}

struct Shape {
    types: Vec<wasmparser::FuncType>,
    functions: Vec<u32>, // types, imported ones first
    imported: usize,
    globals: u32,
    memory64: Option<bool>,
}

fn shape(code: &[u8]) -> Option<Shape> {
    let mut out = Shape { types: vec![], functions: vec![], imported: 0, globals: 0, memory64: None };
    for payload in Parser::new(0).parse_all(code) {
        match payload.ok()? {
            Payload::TypeSection(reader) => {
                for item in reader.into_iter_err_on_gc_types() {
                    out.types.push(item.ok()?);
                }
            }
            Payload::ImportSection(reader) => {
                for import in reader {
                    if let wasmparser::TypeRef::Func(index) = import.ok()?.ty {
                        out.functions.push(index);
                        out.imported += 1;
                    }
                }
            }
            Payload::FunctionSection(reader) => {
                for index in reader {
                    out.functions.push(index.ok()?);
                }
            }
            Payload::GlobalSection(reader) => out.globals += reader.count(),
            Payload::MemorySection(reader) => {
                for memory in reader {
                    let wide = memory.ok()?.memory64;
                    out.memory64.get_or_insert(wide);
                }
            }
            _ => {}
        }
    }
    Some(out)
}

fn slot(wide: bool, base: u64, offset: u64) -> (Instruction<'static>, MemArg) {
    let address = if wide { Instruction::I64Const(base as i64) } else { Instruction::I32Const(base as i32) };
    (address, MemArg { offset, align: 0, memory_index: 0 })
}

/// (i32) -> i32 that calls a function with arguments of the buffer and leaves its results there.
fn wrapper(function: u32, ty: &wasmparser::FuncType, wide: bool, buffer: u64) -> Function {
    use wasmparser::ValType as V;
    let encoded = |ty: &V| match ty {
        V::I32 => ValType::I32,
        V::I64 => ValType::I64,
        V::F32 => ValType::F32,
        V::F64 => ValType::F64,
        V::V128 => ValType::V128,
        V::Ref(reference) if reference.is_func_ref() => ValType::FUNCREF,
        V::Ref(_) => ValType::EXTERNREF,
    };
    let mut out = Function::new(ty.results().iter().map(|ty| (1, encoded(ty))));
    for (i, ty) in ty.params().iter().enumerate() {
        let (address, at) = slot(wide, buffer, 16 * (i as u64 % 64));
        match encoded(ty) {
            ValType::I32 => out.instruction(&address).instruction(&Instruction::I32Load(at)),
            ValType::I64 => out.instruction(&address).instruction(&Instruction::I64Load(at)),
            ValType::F32 => out.instruction(&address).instruction(&Instruction::F32Load(at)),
            ValType::F64 => out.instruction(&address).instruction(&Instruction::F64Load(at)),
            ValType::V128 => out.instruction(&address).instruction(&Instruction::V128Load(at)),
            ValType::FUNCREF => out.instruction(&Instruction::RefNull(wasm_encoder::HeapType::FUNC)),
            ValType::Ref(_) => out.instruction(&Instruction::RefNull(wasm_encoder::HeapType::EXTERN)),
        };
    }
    out.instruction(&Instruction::Call(function));
    for i in (0..ty.results().len()).rev() {
        out.instruction(&Instruction::LocalSet(1 + i as u32));
    }
    for (i, ty) in ty.results().iter().enumerate() {
        let (address, at) = slot(wide, buffer, 16 * i as u64);
        out.instruction(&address).instruction(&Instruction::LocalGet(1 + i as u32));
        match encoded(ty) {
            ValType::I32 => out.instruction(&Instruction::I32Store(at)),
            ValType::I64 => out.instruction(&Instruction::I64Store(at)),
            ValType::F32 => out.instruction(&Instruction::F32Store(at)),
            ValType::F64 => out.instruction(&Instruction::F64Store(at)),
            ValType::V128 => out.instruction(&Instruction::V128Store(at)),
            ValType::Ref(_) => out.instruction(&Instruction::RefIsNull).instruction(&Instruction::I32Store(at)),
        };
    }
    out.instruction(&Instruction::I32Const(16 * ty.results().len() as i32)).instruction(&Instruction::End);
    out
}

fn item(value: &impl Encode) -> Vec<u8> {
    let mut out = vec![];
    value.encode(&mut out);
    out
}

/// None: wasm-smith ran out of its random bytes.
pub fn contract(dice: &mut StdRng) -> Option<Contract> {
    let may_trap = dice.gen_bool(0.3);
    let wide_wanted = dice.gen_bool(0.15);
    let bytes = entropy(dice, 9_000);
    let config = config(dice, wide_wanted, may_trap, &bytes)?;
    let module = wasm_smith::Module::new(config, &mut Unstructured::new(&bytes)).ok()?;
    let code = module.to_bytes();
    let shape = shape(&code)?;
    let mut sections = Sections::of(&code)?;
    let wide = match shape.memory64 {
        Some(wide) => wide,
        None => {
            sections.append(5, 1, &[0, 1]);
            false
        }
    };
    let buffer: u64 = match dice.gen_range(0..10) {
        0 => 0,
        1..=7 => 65536 * dice.gen_range(0..6),
        8 => dice.gen_range(0..1 << 20),
        _ => 0x7fff_0000,
    };
    let mut global = vec![if wide { 0x7e } else { 0x7f }, 0];
    global.extend(item(&if wide { ConstExpr::i64_const(buffer as i64) } else { ConstExpr::i32_const(buffer as i32) }));
    sections.append(6, 1, &global);
    let wrapper_type = shape.types.len() as u32;
    sections.append(1, 1, &[0x60, 1, 0x7f, 1, 0x7f]);
    if dice.gen_bool(0.95) {
        sections.remove(8); // a start function always fails
    }
    sections.remove(7);
    let mut exports = 0;
    let export = |sections: &mut Sections, name: &str, kind: ExportKind, index: u32| {
        let mut bytes = item(&name);
        kind.encode(&mut bytes);
        index.encode(&mut bytes);
        sections.append(7, 1, &bytes);
    };
    export(&mut sections, "memory", ExportKind::Memory, 0);
    export(&mut sections, "A", ExportKind::Global, shape.globals);
    for (i, ty) in shape.functions.iter().enumerate().skip(shape.imported).take(12) {
        let ty = shape.types.get(*ty as usize)?;
        sections.append(3, 1, &item(&wrapper_type));
        sections.append(10, 1, &item(&wrapper(i as u32, ty, wide, buffer)));
        let index = shape.functions.len() as u32 + exports;
        export(&mut sections, &format!("f{exports}"), ExportKind::Func, index);
        exports += 1;
    }
    Some(Contract { code: sections.bytes(), functions: exports as usize, may_trap })
}
