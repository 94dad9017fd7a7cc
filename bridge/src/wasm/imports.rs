//! The functions that contracts import (spec/vm.md §3).

use std::ffi::c_void;

use dusk_wasmtime::{Caller, Linker, Result};

use super::instance::{Ended, Host};

/// `struct dusk_wasm_imports`.
#[repr(C)]
pub struct Imports {
    caller: extern "C" fn(*mut c_void, *mut i32) -> i32,
    callstack: extern "C" fn(*mut c_void, *mut i32) -> i32,
    c: extern "C" fn(*mut c_void, u64, u64, u32, u32, u64, *mut i32) -> i32,
    hq: extern "C" fn(*mut c_void, u64, u32, u32, *mut i32) -> i32,
    hd: extern "C" fn(*mut c_void, u64, u32, *mut i32) -> i32,
    emit: extern "C" fn(*mut c_void, u64, u32, u32) -> i32,
    feed: extern "C" fn(*mut c_void, u32) -> i32,
    limit: extern "C" fn(*mut c_void, *mut i64) -> i32,
    spent: extern "C" fn(*mut c_void, *mut i64) -> i32,
    panic: extern "C" fn(*mut c_void, u32) -> i32,
    owner: extern "C" fn(*mut c_void, u64, *mut i32) -> i32,
    self_id: extern "C" fn(*mut c_void) -> i32,
}

/// Runs an import of the instance that calls it; an answer other than 0 ends the call.
fn host<R: Default>(mut caller: Caller<'_, Host>, run: impl FnOnce(&Imports, *mut c_void, &mut R) -> i32) -> Result<R> {
    let mut result = R::default();
    match Host::while_running(&mut caller, |imports, context| run(imports, context, &mut result)) {
        Some(0) => Ok(result),
        _ => Err(Ended.into()),
    }
}

type H<'a> = Caller<'a, Host>;

/// Defines the import of one field for the width of the module's memory. False: no import has this name.
pub(super) fn define(linker: &mut Linker<Host>, is_64: bool, module: &str, name: &str) -> Result<bool> {
    if is_64 {
        define_with_addresses::<u64>(linker, module, name)
    } else {
        define_with_addresses::<u32>(linker, module, name)
    }
}

/// An address as modules pass it: `u32` or `u64`.
trait Address: dusk_wasmtime::WasmTy + Into<u64> {}
impl Address for u32 {}
impl Address for u64 {}

fn define_with_addresses<P: Address>(linker: &mut Linker<Host>, module: &str, name: &str) -> Result<bool> {
    let m = module;
    match name {
        "caller" => linker.func_wrap(m, name, |h: H| host(h, |f, x, r: &mut i32| (f.caller)(x, r)))?,
        "callstack" => linker.func_wrap(m, name, |h: H| host(h, |f, x, r: &mut i32| (f.callstack)(x, r)))?,
        "c" => linker.func_wrap(m, name, |h: H, id: P, at: P, size: u32, argument: u32, gas: u64| {
            host(h, |f, x, r: &mut i32| (f.c)(x, id.into(), at.into(), size, argument, gas, r))
        })?,
        "hq" => linker.func_wrap(m, name, |h: H, at: P, size: u32, argument: u32| {
            host(h, |f, x, r: &mut i32| (f.hq)(x, at.into(), size, argument, r))
        })?,
        "hd" => linker.func_wrap(m, name, |h: H, at: P, size: u32| {
            host(h, |f, x, r: &mut i32| (f.hd)(x, at.into(), size, r))
        })?,
        "emit" => linker.func_wrap(m, name, |h: H, at: P, size: u32, data: u32| {
            host(h, |f, x, _: &mut ()| (f.emit)(x, at.into(), size, data))
        })?,
        "feed" => linker.func_wrap(m, name, |h: H, size: u32| host(h, |f, x, _: &mut ()| (f.feed)(x, size)))?,
        "limit" => linker.func_wrap(m, name, |h: H| host(h, |f, x, r: &mut i64| (f.limit)(x, r)))?,
        "spent" => linker.func_wrap(m, name, |h: H| host(h, |f, x, r: &mut i64| (f.spent)(x, r)))?,
        "panic" => linker.func_wrap(m, name, |h: H, size: u32| host(h, |f, x, _: &mut ()| (f.panic)(x, size)))?,
        "owner" => {
            linker.func_wrap(m, name, |h: H, id: P| host(h, |f, x, r: &mut i32| (f.owner)(x, id.into(), r)))?
        }
        "self_id" => linker.func_wrap(m, name, |h: H| host(h, |f, x, _: &mut ()| (f.self_id)(x)))?,
        _ => return Ok(false),
    };
    Ok(true)
}
