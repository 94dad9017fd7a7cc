//! Copies the C headers of the bundled C libraries to the folder that CMake names, so that C++ includes
//! exactly the headers of the versions that are linked.
use std::{env, fs, path::PathBuf};

fn main() {
    println!("cargo:rerun-if-env-changed=DUSK_BRIDGE_INCLUDE");
    println!("cargo:rerun-if-changed=build.rs");
    let Some(target) = env::var_os("DUSK_BRIDGE_INCLUDE").map(PathBuf::from) else { return };
    let bindings = env::var_os("DEP_BLST_BINDINGS").map(PathBuf::from).expect("blst names its headers");
    fs::create_dir_all(&target).expect("the include folder can be made");
    for header in ["blst.h", "blst_aux.h"] {
        fs::copy(bindings.join(header), target.join(header)).expect("the header can be copied");
    }
}
