//! Random scenarios for the contract VM with what the official VM does, one JSON object a line.
//!
//!     vm-interop-oracle --seed S --from I --count N --contracts DIR [--kind NAME]
//!
//! A scenario is `{"scenario": I, …}`, then `{"attempt": step}` before and `{"step": step}` after each step, then
//! `{"end": I, "status": …}`. Each runs in a process of its own: the official VM does not survive every input. The
//! status is "ok", "exit N" or "signal N"; 24 means that it computed, 14 that it waited for too long.
mod contracts;
mod play;
mod programs;
mod record;
mod smith;
mod table;

use std::io::Write;

pub struct Options {
    pub seed: u64,
    pub contracts: std::path::PathBuf,
    pub kind: Option<String>,
}

const MOST_CPU_SECONDS: u64 = 60;
const MOST_SECONDS: u32 = 900;

fn print(value: &serde_json::Value) {
    let mut line = value.to_string();
    line.push('\n');
    let mut out = std::io::stdout().lock();
    out.write_all(line.as_bytes()).and_then(|()| out.flush()).expect("standard output");
}

/// What became of a child that played one scenario in `folder`.
fn in_child(options: &Options, index: u64, folder: &std::path::Path) -> String {
    // The parent has one thread only, so that the child may do everything.
    match unsafe { libc::fork() } {
        0 => {
            let most = libc::rlimit { rlim_cur: MOST_CPU_SECONDS, rlim_max: MOST_CPU_SECONDS + 1 };
            unsafe { libc::setrlimit(libc::RLIMIT_CPU, &most) };
            unsafe { libc::alarm(MOST_SECONDS) };
            let done = std::panic::catch_unwind(|| play::scenario(options, index, folder));
            if let Err(payload) = &done {
                let fixed = payload.downcast_ref::<&str>().map(|text| text.to_string());
                let text = payload.downcast_ref::<String>().cloned().or(fixed).unwrap_or_default();
                eprintln!("scenario {index}: {text}");
            }
            unsafe { libc::_exit(if done.is_ok() { 0 } else { 3 }) }
        }
        -1 => panic!("fork"),
        child => {
            let mut status = 0;
            unsafe { libc::waitpid(child, &mut status, 0) };
            if libc::WIFSIGNALED(status) {
                format!("signal {}", libc::WTERMSIG(status))
            } else if libc::WEXITSTATUS(status) != 0 {
                format!("exit {}", libc::WEXITSTATUS(status))
            } else {
                "ok".into()
            }
        }
    }
}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let arguments: Vec<String> = std::env::args().collect();
    let option = |name: &str| arguments.iter().position(|a| a == name).and_then(|i| arguments.get(i + 1));
    let number = |name: &str, or: u64| option(name).map_or(or, |text| text.parse().expect(name));
    let options = Options {
        seed: number("--seed", 1),
        contracts: option("--contracts").expect("--contracts").into(),
        kind: option("--kind").cloned(),
    };
    let from = number("--from", 0);
    for index in from..from + number("--count", 1) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let status = in_child(&options, index, folder.path());
        print(&serde_json::json!({"end": index, "status": status}));
    }
}
