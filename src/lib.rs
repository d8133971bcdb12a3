//! The JavaScript boundary of Jisou: one class over an index, and a search over the index embedded in this module. With the feature
//! `pieces` it is another class, over an index in pieces.
//!
//! Nothing is decided here: arguments are converted, `jisou-core` answers, results are converted back. Errors are
//! JavaScript `Error`s with a stable `code` and a message that says what to do.

mod convert;
mod error;
#[cfg(feature = "pieces")]
mod pieces;
mod types;
#[cfg(not(feature = "pieces"))]
mod whole;

use error::Code;
use wasm_bindgen::JsValue;

#[cfg(feature = "pieces")]
pub use pieces::Engine;
#[cfg(not(feature = "pieces"))]
pub use whole::{Engine, search};

/// An allocator of 1 kB with constant time, in place of the standard one of 9 kB.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The error for options that cannot be used.
fn bad_option() -> JsValue {
    error::throw(Code::BadOption)
}
