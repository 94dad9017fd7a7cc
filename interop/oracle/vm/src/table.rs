//! The imports that contracts may have, and the kinds of value in their signatures.
use wasm_encoder::{EntityType, ImportSection, Module, TypeSection, ValType};

const I: ValType = ValType::I32;
const L: ValType = ValType::I64;

/// Name, parameters, results; pointers have the type of the memory's addresses.
pub fn imports(pointer: ValType) -> Vec<(&'static str, Vec<ValType>, Vec<ValType>)> {
    let p = pointer;
    vec![
        ("caller", vec![], vec![I]),
        ("callstack", vec![], vec![I]),
        ("c", vec![p, p, I, I, L], vec![I]),
        ("hq", vec![p, I, I], vec![I]),
        ("hd", vec![p, I], vec![I]),
        ("emit", vec![p, I, I], vec![]),
        ("feed", vec![I], vec![]),
        ("limit", vec![], vec![L]),
        ("spent", vec![], vec![L]),
        ("panic", vec![I], vec![]),
        ("owner", vec![p], vec![I]),
        ("self_id", vec![], vec![]),
    ]
}

/// A module that imports all of them, which is how wasm-smith is told what it may import.
pub fn all_imports(pointer: ValType) -> Vec<u8> {
    let mut types = TypeSection::new();
    let mut section = ImportSection::new();
    for (i, (name, parameters, results)) in imports(pointer).into_iter().enumerate() {
        types.ty().function(parameters, results);
        section.import("env", name, EntityType::Function(i as u32));
    }
    let mut module = Module::new();
    module.section(&types).section(&section);
    module.finish()
}
