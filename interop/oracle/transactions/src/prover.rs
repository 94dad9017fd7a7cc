//! Proofs for devnet: another program makes them (interop/tx), or finds them among those that it made before.
use dusk_bytes::Serializable;
use dusk_core::transfer::phoenix::{Prove, SecretKey};
use dusk_core::Error;
use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

pub struct Prover {
    input: RefCell<ChildStdin>,
    output: RefCell<BufReader<ChildStdout>>,
    _child: Child,
}

impl Prover {
    /// `folder` holds the proofs.
    pub fn start(program: &Path, folder: &Path) -> Self {
        let mut child = Command::new(program)
            .args(["prove".as_ref(), "--cache".as_ref(), folder.as_os_str()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        Prover {
            input: RefCell::new(child.stdin.take().expect("a pipe")),
            output: RefCell::new(BufReader::new(child.stdout.take().expect("a pipe"))),
            _child: child,
        }
    }
}

/// For a transfer that this wallet pays.
pub struct ProverOf<'a> {
    pub prover: &'a Prover,
    pub wallet: &'a SecretKey,
}

impl Prove for ProverOf<'_> {
    fn prove(&self, request: &[u8]) -> Result<Vec<u8>, Error> {
        let mut input = self.prover.input.borrow_mut();
        writeln!(input, "{} {}", hex::encode(self.wallet.to_bytes()), hex::encode(request)).expect("it can be asked");
        input.flush().expect("it can be asked");
        let mut line = String::new();
        self.prover.output.borrow_mut().read_line(&mut line).expect("an answer");
        assert!(line.ends_with('\n'), "the prover ended");
        Ok(hex::decode(line.trim_end()).expect("a proof in hexadecimal"))
    }
}
