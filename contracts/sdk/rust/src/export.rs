//! From a struct with methods to the exported functions of a contract.
use core::cell::UnsafeCell;

/// The state of a contract: one value for all calls.
pub struct State<T>(UnsafeCell<T>);

// SAFETY: a contract has one thread.
unsafe impl<T> Sync for State<T> {}

impl<T> State<T> {
    pub const fn new(value: T) -> Self {
        Self(UnsafeCell::new(value))
    }
    pub fn get(&self) -> *mut T {
        self.0.get()
    }
}

/// `contract!(Counter { fn init(start: u64); fn read(); fn add(amount: u64) } events { "counted": u64 })` exports methods
/// of `Counter`. The state is `Counter::new()`, a const function. Several parameters arrive as a tuple, none as nothing.
/// The events say what tools show of them; they may be left out.
///
/// With the cfg `dusk_test` the functions are not exported, but their description, and the tests (`tests!`).
#[macro_export]
macro_rules! contract {
    (
        $state:ty { $(fn $name:ident($($argument:ident: $type:ty),*));* $(;)? }
        $(events { $($topic:literal: $data:ty),* $(,)? })?
    ) => {
        #[cfg(not(dusk_test))]
        static DUSK_STATE: $crate::State<$state> = $crate::State::new(<$state>::new());
        $(
            #[cfg(not(dusk_test))]
            #[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
            pub extern "C" fn $name(size: u32) -> u32 {
                // SAFETY: one thread. A call that comes back while another of this contract runs makes a second
                // reference: finish with the state before calling a contract that may do that.
                let state = unsafe { &mut *DUSK_STATE.get() };
                $crate::contract!(@enter state, size, $name, $($argument: $type),*)
            }
        )*
        #[cfg(dusk_test)]
        #[unsafe(no_mangle)]
        pub extern "C" fn dusk_describe(_: u32) -> u32 {
            use $crate::describe::{Named as _, Unnamed as _};
            let mut to = $crate::describe::Description::default();
            $({
                let argument = (&$crate::describe::Probe::<($($type),*)>::new()).text(&mut to);
                #[allow(unused_parens)]
                let answer = $crate::describe::result_of(|state: &mut $state, ($($argument),*): ($($type),*)| {
                    state.$name($($argument),*)
                });
                let answer = (&answer).text(&mut to);
                $crate::describe::add_function(&mut to, stringify!($name), &argument, &answer);
            })*
            $($({
                let data = (&$crate::describe::Probe::<$data>::new()).text(&mut to);
                $crate::describe::add_event(&mut to, $topic, &data);
            })*)?
            to.finish()
        }
    };
    (@enter $state:ident, $size:ident, $name:ident,) => {{
        let _ = $size;
        $crate::enter::<(), _>(0, |()| $state.$name())
    }};
    (@enter $state:ident, $size:ident, $name:ident, $argument:ident: $type:ty) => {
        $crate::enter::<$type, _>($size, |$argument| $state.$name($argument))
    };
    (@enter $state:ident, $size:ident, $name:ident, $($argument:ident: $type:ty),+) => {
        $crate::enter::<($($type),+), _>($size, |($($argument),+)| $state.$name($($argument),+))
    };
}
