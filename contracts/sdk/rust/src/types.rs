//! Identities and keys, as archives hold them.
use bytecheck::CheckBytes;
use rkyv::{Archive, Deserialize, Serialize};

/// Bytes that are archived as they stand.
macro_rules! opaque {
    ($(#[$about:meta])* $name:ident, $size:literal, $align:literal) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Archive, Serialize, Deserialize, CheckBytes)]
        #[archive(as = "Self")]
        #[repr(C, align($align))]
        pub struct $name(pub [u8; $size]);

        impl Default for $name {
            fn default() -> Self {
                Self([0; $size])
            }
        }
    };
}

opaque!(ContractId, 32, 1);
opaque!(
    /// A BLS key. Its last seven bytes mean nothing and are ignored where it becomes an `Account`.
    PublicKey, 200, 8
);
opaque!(Signature, 104, 8);
opaque!(MultisigSignature, 104, 8);
opaque!(
    /// Montgomery form, four little-endian words.
    BlsScalar, 32, 8
);
opaque!(
    /// A point in extended coordinates: one key has many forms, so never compare these.
    SchnorrPublicKey, 160, 8
);
opaque!(SchnorrSignature, 192, 8);

pub const TRANSFER_CONTRACT: ContractId = reserved_id(1);
pub const STAKE_CONTRACT: ContractId = reserved_id(2);

const fn reserved_id(number: u8) -> ContractId {
    let mut id = [0; 32];
    id[0] = number;
    ContractId(id)
}

impl PublicKey {
    const PADDING: usize = 7;

    /// The key with zeros where its bytes mean nothing: equal keys are equal bytes then.
    pub fn normal(mut self) -> Self {
        let end = self.0.len();
        self.0[end - Self::PADDING..].fill(0);
        self
    }
}

/// Who takes part: a key outside the chain, or a contract. Compare accounts only after `normal`; those of `sender` are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Archive, Serialize, Deserialize)]
#[archive_attr(derive(CheckBytes))]
pub enum Account {
    External(PublicKey),
    Contract(ContractId),
}

impl Account {
    pub fn normal(self) -> Self {
        match self {
            Self::External(key) => Self::External(key.normal()),
            contract => contract,
        }
    }
}

/// Why a call failed. What the callee did is undone and all gas it was given is lost (spec/vm.md §6.3).
#[derive(Clone, PartialEq, Eq, Debug, Archive, Serialize, Deserialize)]
#[archive_attr(derive(CheckBytes))]
pub enum ContractError {
    Panic(alloc::string::String),
    OutOfGas,
    DoesNotExist,
    Unknown,
}
